package io.throughline.worker.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.CounterReturns;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import java.util.List;
import java.util.Optional;

/** News of returns over counters: what people tell of them, that a till's system tells of refunds, and that a case was decided. */
public final class CounterReturnDesk implements InboxDesk {
    private static final String RETURN = "return";

    private final CounterReturns returns;
    private final Cases cases;
    private final CounterReturnProcesses processes;

    public CounterReturnDesk(CounterReturns returns, Cases cases, CounterReturnProcesses processes) {
        this.returns = returns;
        this.cases = cases;
        this.processes = processes;
    }

    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        return CounterReturnId.about(messages.getFirst().subject()).map(id -> {
            wake(id, RETURN);
            return new Handling.Done();
        });
    }

    /** A till's system tells of a refund by an order that it has made of it, which nobody else knows. */
    @Override
    public void heardOfRefund(AccountId account) {
        returns.onTheirWay().forEach(one -> processes.wakeOrStart(one, RETURN));
    }

    /** For what was paid twice no process waits, and none for anything once the return has ended. */
    @Override
    public boolean resolve(Case decided) {
        Optional<CounterReturnId> id = CounterReturnId.about(decided.subject());
        id.ifPresent(one -> {
            wake(one, decided.id().value());
            if (decided.code() == FailureCode.REFUNDED_TWICE && decided.status() == CaseStatus.DECIDED) {
                cases.close(decided.id(), "somebody has seen to what was paid twice");
            } else if (decided.status() == CaseStatus.DECIDED && hasEnded(one)) {
                cases.close(decided.id(), "decided when the return had ended");
            }
        });
        return id.isPresent();
    }

    private boolean hasEnded(CounterReturnId id) {
        return returns.find(id).filter(one -> one.closedAt().isPresent()).isPresent();
    }

    /** A return that was closed waits for nothing; one that was refused still has to end. */
    private void wake(CounterReturnId id, String about) {
        returns.find(id)
                .filter(open -> open.closedAt().isEmpty())
                .ifPresent(open -> processes.wakeOrStart(open, about));
    }
}
