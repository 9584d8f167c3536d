package io.throughline.activities.order;

import io.throughline.activities.call.Steps;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.GivenBackStep;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Tender;
import java.util.List;

/**
 * Cases about money that a channel gave back and that no return of ours knows of. Nobody waits for them, and a person may have them booked. Each of the channel's transactions is
 * told once, whoever has come upon it.
 */
public final class ForeignRefundCases {
    private final Steps steps;

    public ForeignRefundCases(Steps steps) {
        this.steps = steps;
    }

    /** {@code why} follows the amount. */
    public void leaveBehind(Order order, List<Tender> refunds, String why) {
        List<Tender> untold =
                refunds.stream().filter(refund -> !wasTold(order, refund)).toList();
        if (!untold.isEmpty()) {
            steps.leaveBehind(
                    step(order, untold, ""), FailureCode.CHANGED_AFTER_SHIPMENT, sum(order, untold) + " " + why);
        }
    }

    private boolean wasTold(Order order, Tender refund) {
        return steps.wasToldAt(
                order.id(),
                step -> GivenBackStep.of(step)
                        .filter(told -> told.transactions().contains(refund.id()))
                        .isPresent());
    }

    /** {@code change} tells two changes about the same refunds apart. */
    static Steps.Step step(Order order, List<Tender> refunds, String change) {
        return new Steps.Step(
                order.id(),
                order.key().account(),
                GivenBackStep.NAME,
                GivenBackStep.about(refunds.stream().map(Tender::id).toList(), change)
                        .about());
    }

    private static Money sum(Order order, List<Tender> refunds) {
        return Money.sum(
                order.currency(),
                refunds.stream().map(refund -> refund.amount().shop()).toList());
    }
}
