package io.throughline.activities.payment;

import io.throughline.activities.call.Steps;
import io.throughline.activities.order.ChannelReading;
import io.throughline.activities.payment.AuthorisationTerms.Due;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.workflows.call.StepResult;
import java.util.Optional;
import java.util.function.Function;

/**
 * Sees to authorised money in its time: it is taken of what is picked, or a person is asked; when it is over, nobody goes on with the order's work until
 * there is money, or a person says so.
 */
final class Authorisations {
    private final AuthorisationTerms terms;
    private final Orders orders;
    private final Steps steps;
    private final ChannelReading reading;

    Authorisations(AuthorisationTerms terms, Orders orders, Steps steps, ChannelReading reading) {
        this.terms = terms;
        this.orders = orders;
        this.steps = steps;
        this.reading = reading;
    }

    /** Takes the money with {@code capture}, or asks a person. DONE: nothing is to be done now. */
    StepResult review(OrderView view, Function<Optional<Decision>, Reply> capture) {
        Steps.Step step = AuthorisationTerms.step(view);
        return steps.take(step, () -> isSettled(view.id()), decision -> {
            // Somebody may have taken it by hand, or the customer may have paid otherwise.
            reading.refresh(view);
            OrderView read = orders.view(view.id()).orElseThrow();
            Optional<Due> due = terms.dueNow(read);
            if (due.isEmpty()) {
                terms.letGo(read.id(), AuthorisationTerms.THERE_IS_MONEY);
                return Reply.done("its money is there, or was taken");
            }
            return terms.isOver(due.get())
                    ? expired(read, step, due.get())
                    : atRisk(read, step, due.get(), decision, capture);
        });
    }

    /** Whether the question that is open has answered itself, or has become another. */
    private boolean isSettled(OrderId id) {
        OrderView view = orders.view(id).orElseThrow();
        return terms.dueNow(view)
                .map(due -> terms.isOver(due)
                        ? !steps.asked(id, FailureCode.AUTHORISATION_EXPIRED)
                        : isPicked(view) && !steps.asked(id, FailureCode.CAPTURE_DECLINED))
                .orElse(true);
    }

    private Reply atRisk(
            OrderView view,
            Steps.Step step,
            Due due,
            Optional<Decision> decision,
            Function<Optional<Decision>, Reply> capture) {
        Reply.Refused question = new Reply.Refused(
                FailureCode.AUTHORISATION_AT_RISK,
                "its payment is authorised until " + due.words() + ", and nothing of it is picked yet");
        return isPicked(view) || steps.answered(step, question, Action.RELEASE_HOLD)
                ? capture.apply(decision)
                : question;
    }

    private static boolean isPicked(OrderView view) {
        return view.fulfillmentOrders().stream().anyMatch(one -> one.status().reached(FulfillmentStatus.PACKED));
    }

    private Reply expired(OrderView view, Steps.Step step, Due due) {
        terms.hold(view.id(), due);
        Reply.Refused question = new Reply.Refused(FailureCode.AUTHORISATION_EXPIRED, AuthorisationTerms.expired(due));
        if (!steps.answered(step, question, Action.RELEASE_HOLD)) {
            return question;
        }
        terms.letGo(view.id(), "somebody has decided so");
        return Reply.done("it goes on without");
    }
}
