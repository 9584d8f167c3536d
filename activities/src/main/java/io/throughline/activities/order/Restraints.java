package io.throughline.activities.order;

import io.throughline.activities.call.Steps;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.WorkHold;
import io.throughline.domain.fulfillment.WorkHolds;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderSource.ChannelOrder;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.payment.Dispute;
import io.throughline.domain.payment.Disputes;
import io.throughline.domain.policy.OnDispute;
import io.throughline.domain.policy.Policies;
import io.throughline.workflows.call.StepResult;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a channel says, beside the order itself, that makes us stop: a payment is disputed, or a work item is held there. Taken in with each
 * reading of the order; work is held by that, and goes on once its cause has gone or a person says so.
 */
public final class Restraints {
    private static final String DISPUTE = "order.dispute";

    private final Accounts accounts;
    private final Disputes disputes;
    private final WorkHolds holds;
    private final Policies policies;
    private final Steps steps;

    public Restraints(Accounts accounts, Disputes disputes, WorkHolds holds, Policies policies, Steps steps) {
        this.accounts = accounts;
        this.disputes = disputes;
        this.holds = holds;
        this.policies = policies;
        this.steps = steps;
    }

    void heed(OrderView known, ChannelOrder read) {
        boolean live = accounts.get(known.key().account()).isLive();
        for (Dispute dispute : read.disputes()) {
            disputes.heard(known.id(), dispute);
            if (dispute.won()) {
                holds.end(known.id(), WorkHold.Source.DISPUTE, dispute.id(), "the dispute is won");
            } else if (live) {
                hold(known, dispute, read.order().paid());
            }
        }
        if (live && !known.status().ended()) {
            heedChannel(known.id(), read);
        }
    }

    /**
     * Where nothing is open that could be held, or the policy lets it go on, a person is told all the same, once. What is still to come of an
     * order that has not ended is held, too.
     */
    private void hold(OrderView known, Dispute dispute, Money paid) {
        boolean stops =
                !known.status().ended() && holds(policies.of(known.rules()).onDispute(), dispute, paid);
        if (!(stops && isOpen(known)) && !holds.isKnown(known.id(), WorkHold.Source.DISPUTE, dispute.id())) {
            steps.leaveBehind(
                    new Steps.Step(known.id(), known.key().account(), DISPUTE, dispute.id()),
                    FailureCode.PAYMENT_DISPUTED,
                    dispute.words() + " (" + dispute.amountWords() + " of " + paid + "); no work is held");
        }
        if (!stops && !known.status().ended() && dispute.partial(paid)) {
            holds.end(known.id(), WorkHold.Source.DISPUTE, dispute.id(), "only a part of its payment is disputed");
        }
        if (stops) {
            holds.place(
                    known.id(),
                    new WorkHold(
                            WorkHold.Source.DISPUTE,
                            dispute.id(),
                            "its payment is disputed by the customer: " + dispute.amountWords()));
        }
    }

    private static boolean holds(OnDispute policy, Dispute dispute, Money paid) {
        return switch (policy) {
            case HOLD -> true;
            case HOLD_WHOLE -> !dispute.partial(paid);
            case GO_ON -> false;
        };
    }

    private static boolean isOpen(OrderView known) {
        return known.fulfillmentOrders().isEmpty() || !known.openWork().isEmpty();
    }

    private void heedChannel(OrderId order, ChannelOrder read) {
        List<WorkHold> standing = standing(order, WorkHold.Source.CHANNEL);
        read.heldWork()
                .forEach((work, why) -> holds.place(
                        order, new WorkHold(WorkHold.Source.CHANNEL, work, "it is on hold at the channel: " + why)));
        standing.stream()
                .filter(hold -> !read.heldWork().containsKey(hold.reference()))
                .forEach(hold ->
                        holds.end(order, WorkHold.Source.CHANNEL, hold.reference(), "its channel holds it no more"));
    }

    /** Whether a dispute is known to stand so. */
    boolean isKnown(OrderId order, String standing) {
        return disputes.of(order).stream().map(Dispute::standing).anyMatch(standing::equals);
    }

    /** Asks, as long as a dispute holds work, what becomes of it. DONE: it goes on. */
    StepResult review(OrderView view, Steps.Step step) {
        StepResult result = steps.take(step, () -> disputed(view.id()).isEmpty(), decision -> {
            List<WorkHold> held = disputed(view.id());
            if (held.isEmpty()) {
                return Reply.done("no dispute holds it");
            }
            Map<String, String> amounts =
                    disputes.of(view.id()).stream().collect(Collectors.toMap(Dispute::id, Dispute::amountWords));
            Reply.Refused question = new Reply.Refused(
                    FailureCode.PAYMENT_DISPUTED,
                    "its work is held because of "
                            + held.stream()
                                    .map(hold -> "dispute " + hold.reference() + " about "
                                            + amounts.getOrDefault(hold.reference(), "an amount that is not told"))
                                    .collect(Collectors.joining(", ")));
            return steps.answered(step, question.code(), words -> isAbout(words, held), Action.RELEASE_HOLD)
                    ? Reply.done("let go")
                    : question;
        });
        if (result.verdict() == StepResult.Verdict.DONE) {
            disputed(view.id())
                    .forEach(hold ->
                            holds.end(view.id(), WorkHold.Source.DISPUTE, hold.reference(), "somebody has decided so"));
        }
        return result;
    }

    /** How much is disputed may have been told since that was asked; of another dispute nobody has said anything. */
    private static boolean isAbout(String words, List<WorkHold> held) {
        List<String> named = List.of(words.split("[ ,]+", -1));
        return held.stream().map(WorkHold::reference).allMatch(named::contains);
    }

    private List<WorkHold> disputed(OrderId order) {
        return standing(order, WorkHold.Source.DISPUTE);
    }

    private List<WorkHold> standing(OrderId order, WorkHold.Source source) {
        return holds.standing(order).stream()
                .filter(hold -> hold.source() == source)
                .toList();
    }

    /** Why money of the order must not go back without a person's word; in the same words as long as that is so. */
    public Optional<Reply.Refused> objectionToRefund(OrderId order) {
        List<Dispute> known = disputes.of(order);
        Optional<String> words = known.stream()
                .filter(Dispute::lost)
                .findFirst()
                .map(lost -> lost.words() + ", was decided for the customer, who has got that money from the bank")
                .or(() -> known.stream()
                        .filter(Dispute::open)
                        .findFirst()
                        .map(open -> open.words() + ", is open: the money may go back by that"));
        return words.map(why -> new Reply.Refused(FailureCode.REFUND_DISPUTED, why));
    }
}
