package io.throughline.worker.inbox;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.Inbox.Handling;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnDebts;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.Returns;
import java.util.List;
import java.util.Optional;

/** News of returns: what people tell of them, what their channel tells of their orders, and that a case was decided. */
public final class ReturnDesk implements InboxDesk {
    private static final String RETURN = "return";

    /** What was read of an order at its channel tells of the refund of a return, whoever has read it. */
    private static final String REFUND_TOLD = "throughline/refund-told";

    private final Returns returns;
    private final ReturnDebts debts;
    private final Cases cases;
    private final ReturnProcesses processes;

    public ReturnDesk(Returns returns, ReturnDebts debts, Cases cases, ReturnProcesses processes) {
        this.returns = returns;
        this.debts = debts;
        this.cases = cases;
        this.processes = processes;
    }

    @Override
    public Optional<Handling> handle(List<InboxMessage> messages) {
        return ReturnId.about(messages.getFirst().subject()).map(id -> {
            if (messages.stream().allMatch(ReturnDesk::tellsOfRefund)) {
                wakeIfRefundIsAwaited(id);
            } else {
                wake(id, RETURN);
            }
            return new Handling.Done();
        });
    }

    private static boolean tellsOfRefund(InboxMessage message) {
        return message.topic().equals(REFUND_TOLD);
    }

    /** Where its own process has read the news it goes on by itself, and has mostly done so by now. */
    private void wakeIfRefundIsAwaited(ReturnId id) {
        returns.find(id).filter(this::goesByTheChannel).ifPresent(one -> processes.wakeOrStart(one, RETURN));
    }

    /** Its refund is awaited, or the channel came to another one, and may come to the same by now. */
    private boolean goesByTheChannel(Return one) {
        return one.money() == MoneyStatus.ISSUED
                || (one.money() == MoneyStatus.APPROVED
                        && cases.unclosed(List.of(one.id().value())).stream()
                                .anyMatch(open -> open.code() == FailureCode.REFUND_DIFFERS));
    }

    @Override
    public void heardOf(OrderKey order) {
        returns.ofOrder(OrderId.of(order)).stream()
                .filter(this::goesByTheChannel)
                .forEach(one -> processes.wakeOrStart(one, RETURN));
    }

    /** For goods that nobody had expected, and parcels and labels that went astray, no process waits, and none for anything once the return has ended. */
    @Override
    public boolean resolve(Case decided) {
        Optional<ReturnId> id = ReturnId.about(decided.subject());
        id.ifPresent(one -> {
            wake(one, decided.id().value());
            if (decided.code() == FailureCode.ADVANCE_OWED) {
                settleDebt(one, decided);
            } else if (isWaitedForByNobody(decided.code()) && decided.status() == CaseStatus.DECIDED) {
                cases.close(decided.id(), "somebody has seen to it");
            } else if (decided.status() == CaseStatus.DECIDED && hasEnded(one)) {
                cases.close(decided.id(), "decided when the return had ended");
            }
        });
        return id.isPresent();
    }

    /** It is kept before its case is closed, so that one of two tries does it. */
    private void settleDebt(ReturnId id, Case decided) {
        decided.decision()
                .filter(made -> decided.status() == CaseStatus.DECIDED)
                .ifPresent(decision -> {
                    ReturnDebts.Outcome outcome = decision.action() == Action.RELEASE_HOLD
                            ? ReturnDebts.Outcome.KEPT
                            : ReturnDebts.Outcome.WAIVED;
                    debts.decide(id, outcome, decision.actor());
                    cases.close(decided.id(), "what was given first is " + outcome);
                });
    }

    private static boolean isWaitedForByNobody(FailureCode code) {
        return switch (code) {
            case RETURN_UNEXPECTED, PARCEL_ASTRAY, LABEL_NOT_VOIDED -> true;
            default -> false;
        };
    }

    private boolean hasEnded(ReturnId id) {
        return returns.find(id).flatMap(Return::closedAt).isPresent();
    }

    /** A return that was closed waits for nothing; one that was refused still has to end. */
    private void wake(ReturnId id, String about) {
        returns.find(id)
                .filter(open -> open.closedAt().isEmpty())
                .ifPresent(open -> processes.wakeOrStart(open, about));
    }
}
