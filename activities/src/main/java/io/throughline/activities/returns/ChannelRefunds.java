package io.throughline.activities.returns;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.activities.order.ChannelReading;
import io.throughline.activities.order.ForeignRefundCases;
import io.throughline.activities.order.Restraints;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.FollowedChange;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundGateway;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnReckoning;
import io.throughline.domain.returns.Returns;
import io.throughline.workflows.call.StepResult;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The money of returns at the channel: it is given back once, by us or by whoever has done so there, and followed until it was. A refund that
 * somebody has made there is recognised before we make one, and again when the channel refuses ours.
 */
public final class ChannelRefunds {
    private static final String REFUND = "refund";
    private static final String ONCE = "once";

    /** A provider may take some days; what takes longer was mostly lost. */
    private static final Duration LONGEST_UNDER_WAY = Duration.ofDays(3);

    /** They offer to cancel an order, which a return is not. */
    private static final Set<FailureCode> OF_ORDERS = Set.of(FailureCode.CHANNEL_REFUSED, FailureCode.ORDER_UNREADABLE);

    private final Effects effects;
    private final OutsideWorld world;
    private final Orders orders;
    private final Returns returns;
    private final ChannelReading reading;
    private final Restraints restraints;
    private final ForeignRefundCases cases;
    private final PassedOnRefunds passing;
    private final Clock clock;

    public ChannelRefunds(
            Effects effects,
            OutsideWorld world,
            Orders orders,
            Returns returns,
            ChannelReading reading,
            Restraints restraints,
            Steps steps,
            PassedOnRefunds passing,
            Clock clock) {
        this.effects = effects;
        this.world = world;
        this.orders = orders;
        this.returns = returns;
        this.reading = reading;
        this.restraints = restraints;
        this.cases = new ForeignRefundCases(steps);
        this.passing = passing;
        this.clock = clock;
    }

    boolean isIssued(ReturnId id) {
        return find(id).repayment().flatMap(Return.Repayment::issued).isPresent();
    }

    boolean isConfirmed(ReturnId id) {
        return find(id).repayment().filter(Return.Repayment::confirmed).isPresent();
    }

    /** What the channel would give back for the same goods must be what we do, before what is kept. */
    Reply compare(ReturnId id) {
        return asOfReturn(() -> comparison(id));
    }

    private Reply comparison(ReturnId id) {
        Return returned = find(id);
        Return.Repayment repayment = returned.repayment().orElseThrow();
        Order order = newest(returned);
        if (!gateway(returned).suggests()
                || repayment.earlier().refunds() > 0
                || wasTried(returned)
                || madeElsewhere(returned, order).isMadeOfThese()) {
            return Reply.done("there is nothing left to compare");
        }
        Money ours = ReturnReckoning.beforeFees(repayment.refund()).min(left(order));
        Money suggested = gateway(returned).suggest(ReturnReckoning.claim(returned, repayment, order));
        return suggested.equals(ours)
                ? Reply.done("the channel comes to the same")
                : Reply.refused(
                        FailureCode.REFUND_DIFFERS,
                        "for the goods and the delivery of " + id + " the channel would give " + suggested
                                + " back, we come to " + ours);
    }

    /** No channel gives more than it has still. */
    private static Money left(Order order) {
        Money left = order.paid()
                .minus(Money.sum(
                        order.currency(),
                        order.tenders().stream()
                                .filter(Tender::mayGiveBack)
                                .map(refund -> refund.amount().shop())
                                .toList()));
        return left.isNegative() ? Money.zero(order.currency()) : left;
    }

    /** {@code borne} says of an objection whether somebody wants the money to go back all the same. */
    Reply refund(ReturnId id, Optional<Decision> decision, Predicate<Reply.Refused> borne) {
        return asOfReturn(() -> givenBack(id, decision, borne));
    }

    private Reply givenBack(ReturnId id, Optional<Decision> decision, Predicate<Reply.Refused> borne) {
        Return returned = find(id);
        if (wasGivenElsewhere(returned)) {
            return Reply.done("somebody has given it back at the channel");
        }
        if (!wasTried(returned)) {
            Optional<Reply> elsewhere = found(returned);
            if (elsewhere.isPresent()) {
                return elsewhere.get();
            }
            // As the order was just read.
            Optional<Reply.Refused> objection =
                    restraints.objectionToRefund(id.order()).filter(borne.negate());
            if (objection.isPresent()) {
                return objection.get();
            }
        }
        Reply reply = carryOut(returned, orders.find(id.order()).orElseThrow(), decision, borne);
        return switch (reply) {
            case Reply.Done(Receipt receipt) -> {
                returns.issued(
                        id,
                        new Return.Issued(
                                receipt.reference(), RefundGateway.transactions(receipt), true, clock.instant()));
                leaveOthersBehind(id);
                follow(id, ChannelRefunds::unasked);
                yield reply;
            }
            case Reply.Refused refused -> found(returned).orElse(refused);
        };
    }

    /** What was taken for its own is nobody else's any more, and so is not found again by whoever comes here a second time. */
    private static boolean wasGivenElsewhere(Return returned) {
        return returned.repayment()
                .flatMap(Return.Repayment::issued)
                .filter(issued -> !issued.ours())
                .isPresent();
    }

    private Reply carryOut(Return returned, Order order, Optional<Decision> decision, Predicate<Reply.Refused> borne) {
        RefundGateway gateway = gateway(returned);
        RefundGateway.Claim claim =
                ReturnReckoning.claim(returned, returned.repayment().orElseThrow(), order);
        Optional<Reply.Refused> refused = passing.giveBack(returned, claim, decision, borne);
        if (refused.isPresent()) {
            return refused.get();
        }
        return effects.carryOut(
                Effects.Intent.of(returned.order().account(), returned.id().value(), REFUND, purpose(returned))
                        .asking(claim.asked())
                        .foundBy(() -> gateway.findRefund(claim))
                        .doneBy(key -> gateway.refund(claim, key)),
                decision);
    }

    /** What somebody has given back for these goods at the channel; empty: we are to do it. */
    private Optional<Reply> found(Return returned) {
        Order order = newest(returned);
        RefundsElsewhere elsewhere = madeElsewhere(returned, order);
        if (elsewhere.isWhatWeOwe()) {
            returns.issued(returned.id(), elsewhere.asIssued(clock.instant()));
            follow(returned.id(), ChannelRefunds::unasked);
            return Optional.of(Reply.done("somebody has given it back at the channel"));
        }
        if (elsewhere.tookTheUnits()) {
            return Optional.of(Reply.refused(
                    FailureCode.REFUND_REFUSED,
                    "somebody has taken these goods off the order at the channel and gave " + elsewhere.total()
                            + " back, we come to " + elsewhere.owed()));
        }
        if (elsewhere.isMadeOfThese()) {
            return Optional.of(Reply.refused(
                    FailureCode.REFUND_REFUSED,
                    "somebody has given " + elsewhere.total()
                            + " back at the channel, to other payments or in other parts than we would"));
        }
        leaveBehind(returned, order, elsewhere);
        return Optional.empty();
    }

    /** What came up while ours was made, and was explained by that then. */
    private void leaveOthersBehind(ReturnId id) {
        Return returned = find(id);
        Order order = orders.find(id.order()).orElseThrow();
        leaveBehind(returned, order, madeElsewhere(returned, order));
    }

    private void leaveBehind(Return returned, Order order, RefundsElsewhere others) {
        if (!others.total().isZero()) {
            cases.leaveBehind(
                    order, others.tenders(), "was given back at the channel, which is not for " + returned.id());
        }
    }

    /**
     * Somebody bears that the channel does not give it back as we would. Where that has given something for just these goods, it is what the return gives; what
     * else was given is told by itself. False: nothing was.
     */
    boolean takeAsGiven(ReturnId id) {
        Return returned = find(id);
        Return.Repayment repayment = returned.repayment().orElseThrow();
        Order order = orders.find(id.order()).orElseThrow();
        RefundsElsewhere elsewhere = madeElsewhere(returned, order);
        Optional<Refund> given =
                repayment.earlier().refunds() == 0 && repayment.exchanged().isEmpty()
                        ? elsewhere.inPlaceOf(repayment.refund())
                        : Optional.empty();
        if (given.isEmpty()) {
            passing.giveUp(id);
        }
        given.ifPresentOrElse(
                refund -> returns.takenAsGiven(id, refund, elsewhere.asIssued(clock.instant())),
                () -> leaveBehind(returned, order, elsewhere));
        return given.isPresent();
    }

    /**
     * What became of the transactions of the refund, as the channel tells it now. What failed is given again where {@code decided} says of
     * that very failure that a known person wants it: what was decided about an outage says nothing of money.
     */
    Steps.Taken confirm(ReturnId id, Predicate<Reply.Refused> decided) {
        if (!isIssued(id)) {
            return new Steps.Taken(Reply.done("it is to be given back by another refund"));
        }
        try {
            return follow(id, decided);
        } catch (SystemFailure failure) {
            return new Steps.Taken(asOfReturn(failure));
        }
    }

    private Steps.Taken follow(ReturnId id, Predicate<Reply.Refused> decided) {
        Return returned = find(id);
        Return.Issued issued =
                returned.repayment().flatMap(Return.Repayment::issued).orElseThrow();
        Collection<String> ids = issued.transactions().values();
        Order told = newest(returned);
        List<Tender> failed = told.tenders().stream()
                .filter(tender -> ids.contains(tender.id()) && tender.status() == Tender.Status.FAILURE)
                .toList();
        if (!failed.isEmpty()) {
            Reply.Refused failure = failure(id, issued);
            if (!decided.test(failure)) {
                return new Steps.Taken(failure);
            }
            returns.failed(id, failed.stream().map(Tender::id).toList(), true);
            return new Steps.Taken(Reply.done("it is to be given back by another refund"));
        }
        if (!isThrough(issued, told) && isSent(returned)) {
            return underWay(id, issued);
        }
        returns.confirmed(id);
        return new Steps.Taken(Reply.done("it was given back"));
    }

    /** Asked about once: whoever has answered waits on. */
    private Steps.Taken underWay(ReturnId id, Return.Issued issued) {
        boolean late = issued.at().plus(LONGEST_UNDER_WAY).isBefore(clock.instant());
        return late
                ? new Steps.Taken(Reply.refused(
                        FailureCode.REFUND_MISSING,
                        "the refund " + issued.reference() + " of " + id + " is on its way at the channel since "
                                + issued.at().truncatedTo(ChronoUnit.MINUTES) + ", and has not come"))
                : new Steps.Taken(Reply.done("it is on its way"), StepResult.waiting());
    }

    private static boolean isThrough(Return.Issued issued, Order told) {
        return issued.transactions().values().stream()
                .allMatch(id ->
                        told.tenders().stream().anyMatch(tender -> tender.id().equals(id) && tender.isRefund()));
    }

    private static Reply.Refused failure(ReturnId id, Return.Issued issued) {
        return new Reply.Refused(
                FailureCode.REFUND_MISSING,
                "the refund " + issued.reference() + " of " + id + " has failed at the channel");
    }

    /**
     * Somebody gives back otherwise what has failed at the channel, as it told last, if that very failure is {@code borne}: who only wanted to wait on has
     * said nothing of it. False: nothing has failed, or nobody bears it, so that it may still come.
     */
    boolean leaveToOthers(ReturnId id, Predicate<Reply.Refused> borne) {
        Return.Repayment repayment = find(id).repayment().orElseThrow();
        Collection<String> ids = repayment.transactions().values();
        List<String> failed = orders.find(id.order()).orElseThrow().tenders().stream()
                .filter(tender -> tender.status() == Tender.Status.FAILURE && ids.contains(tender.id()))
                .map(Tender::id)
                .toList();
        boolean left =
                !failed.isEmpty() && borne.test(failure(id, repayment.issued().orElseThrow()));
        if (left) {
            returns.failed(id, failed, false);
        }
        return left;
    }

    /** Where nothing is sent, nobody will tell of it. */
    private boolean isSent(Return returned) {
        return world.accounts().get(returned.order().account()).isLive();
    }

    /** Each refund has a key of its own: the channel would answer an old one with what it did then. */
    private static String purpose(Return returned) {
        int earlier = returned.repayment()
                .map(repayment -> repayment.earlier().refunds())
                .orElse(0);
        return earlier == 0 ? ONCE : "refund " + (earlier + 1);
    }

    /** What was, or may have been, asked of the channel is looked for there under its own name. */
    private boolean wasTried(Return returned) {
        return effects.mayBeThere(returned.order().account(), returned.id().value(), REFUND, purpose(returned));
    }

    /** {@code now} was read before the returns are: what it tells of their refunds was tried by then. */
    private RefundsElsewhere madeElsewhere(Return returned, Order now) {
        List<Return> ofOrder = returns.ofOrder(returned.id().order());
        RefundsElsewhere elsewhere = RefundsElsewhere.since(
                returned, now, orders.versions(returned.id().order()), ofOrder);
        if (!elsewhere.tenders().isEmpty()) {
            requireNoneUnderWay(returned, ofOrder);
        }
        return elsewhere;
    }

    /** The transactions of a refund are known once its reply is stored. Until then they may be what looks like somebody else's. */
    private void requireNoneUnderWay(Return returned, List<Return> ofOrder) {
        ofOrder.stream().filter(FollowedChange::isPassingOn).findFirst().ifPresent(credit -> {
            throw SystemFailure.withoutEffect(
                    FailureCode.EFFECT_IN_FLIGHT,
                    "what was given back at the channel may be for what was taken in exchange for " + credit.id(),
                    null);
        });
        ofOrder.stream()
                .filter(other -> !other.id().equals(returned.id()))
                .filter(other -> other.money() == MoneyStatus.APPROVED && wasTried(other))
                .findFirst()
                .ifPresent(other -> {
                    throw SystemFailure.withoutEffect(
                            FailureCode.EFFECT_IN_FLIGHT,
                            "what was given back at the channel may be for " + other.id()
                                    + ", whose refund is being made",
                            null);
                });
    }

    /** Whether somebody has given its money back at the channel, as far as we have heard: nothing is asked of the channel for it. */
    boolean isGivenElsewhere(ReturnId id) {
        return madeElsewhere(find(id), orders.find(id.order()).orElseThrow()).isMadeOfThese();
    }

    private static Reply asOfReturn(Supplier<Reply> work) {
        try {
            Reply reply = work.get();
            return reply instanceof Reply.Refused(FailureCode code, String detail) && OF_ORDERS.contains(code)
                    ? Reply.refused(FailureCode.REFUND_REFUSED, detail)
                    : reply;
        } catch (SystemFailure failure) {
            return asOfReturn(failure);
        }
    }

    private static Reply asOfReturn(SystemFailure failure) {
        if (!OF_ORDERS.contains(failure.code())) {
            throw failure;
        }
        return Reply.refused(FailureCode.REFUND_REFUSED, failure.getMessage());
    }

    /** What goes back to a credit stands as it does at the channels of the orders that it came from: they are read first. */
    private Order newest(Return returned) {
        passing.origins(returned.id().order())
                .forEach(origin -> orders.view(origin).ifPresent(reading::refresh));
        return orders.view(returned.id().order()).flatMap(reading::refresh).orElseThrow();
    }

    private RefundGateway gateway(Return returned) {
        return world.refunds(returned.order().account());
    }

    private Return find(ReturnId id) {
        return returns.find(id).orElseThrow();
    }

    /** Nobody was asked about it yet. */
    private static boolean unasked(Reply.Refused question) {
        return false;
    }
}
