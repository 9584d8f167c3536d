package io.throughline.domain.returns;

import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ClientRefund.Standing;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What clients were asked to give back, in memory. Whoever tells what became of it wakes nobody. */
public final class TestingClientRefunds implements ClientRefunds {
    private final List<Asked> asked = new ArrayList<>();
    private final Clock clock;

    public TestingClientRefunds(Clock clock) {
        this.clock = clock;
    }

    @Override
    public synchronized void ask(OrderKey key, ClientRefund refund) {
        OrderId order = OrderId.of(key);
        if (of(order).stream().noneMatch(known -> known.reference().equals(refund.reference()))) {
            asked.add(new Asked(order, refund));
        }
    }

    @Override
    public synchronized List<ClientRefund> of(OrderId order) {
        return asked.stream()
                .filter(one -> one.order().equals(order))
                .map(Asked::refund)
                .toList();
    }

    @Override
    public synchronized List<Asked> by(ReturnId id) {
        return asked.stream()
                .filter(one -> one.refund().reference().equals(id.value())
                        || one.refund().reference().startsWith(id + "/"))
                .toList();
    }

    @Override
    public ReturnIntake.Outcome tell(ReturnIntake.Submission submission, ReturnId id, Told told) {
        tell(told.order(), told.payment(), told.given());
        return new ReturnIntake.Outcome.Stored(id);
    }

    /** Of the last that was asked for of a payment. */
    public synchronized void tell(OrderId order, String payment, boolean given) {
        for (int at = asked.size() - 1; at >= 0; at--) {
            Asked one = asked.get(at);
            if (one.order().equals(order)
                    && one.refund().parts().stream()
                            .anyMatch(part -> part.payment().equals(payment))) {
                asked.set(at, new Asked(order, told(one.refund(), payment, given ? Standing.GIVEN : Standing.FAILED)));
                return;
            }
        }
        throw new IllegalStateException("nothing is asked for of payment " + payment + " of " + order);
    }

    private ClientRefund told(ClientRefund refund, String payment, Standing standing) {
        return new ClientRefund(
                refund.reference(),
                refund.units(),
                refund.parts().stream()
                        .map(part -> part.payment().equals(payment)
                                ? new ClientRefund.Part(part.to(), standing, Optional.of(clock.instant()))
                                : part)
                        .toList(),
                refund.askedAt());
    }
}
