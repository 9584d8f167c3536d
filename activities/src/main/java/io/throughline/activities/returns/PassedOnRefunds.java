package io.throughline.activities.returns;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.order.Restraints;
import io.throughline.activities.payment.MoneyBesideReturns;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.PassedOn;
import io.throughline.domain.returns.PassedOnMoney;
import io.throughline.domain.returns.RefundGateway;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.Returns;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Goods that were taken in exchange come back: what a credit had paid for them goes back to the payments that the credit was made of, at the channels of their orders, the
 * first sale first. Each order of a chain is one refund of its channel, without units.
 */
public final class PassedOnRefunds {
    private static final String PASS_ON = "pass-on";

    private final Effects effects;
    private final OutsideWorld world;
    private final Orders orders;
    private final Returns returns;
    private final PassedOnMoney money;
    private final Restraints restraints;
    private final MoneyBesideReturns beside;
    private final Clock clock;

    public PassedOnRefunds(
            Effects effects,
            OutsideWorld world,
            Orders orders,
            Returns returns,
            PassedOnMoney money,
            Restraints restraints,
            MoneyBesideReturns beside,
            Clock clock) {
        this.effects = effects;
        this.world = world;
        this.orders = orders;
        this.returns = returns;
        this.money = money;
        this.restraints = restraints;
        this.beside = beside;
        this.clock = clock;
    }

    /** The orders whose money a credit has carried to an order, the first sale first. */
    List<OrderId> origins(OrderId order) {
        return money.origins(order);
    }

    /**
     * Gives back what of a claim goes to a credit, and nothing where none does. Empty: it is given. {@code borne} says of an objection whether somebody wants it to be given
     * all the same.
     */
    Optional<Reply.Refused> giveBack(
            Return returned, RefundGateway.Claim claim, Optional<Decision> decision, Predicate<Reply.Refused> borne) {
        Money amount = Money.sum(
                claim.delivery().shop().currency(),
                claim.tenders().stream()
                        .filter(PassedOn::isOfCredit)
                        .map(part -> part.amount().shop())
                        .toList());
        if (!amount.isPositive()) {
            return Optional.empty();
        }
        List<PassedOn> open = money.divide(returned.id(), claim.reference(), amount).stream()
                .filter(PassedOn::isUnderWay)
                .toList();
        for (ReturnId of : open.stream().map(PassedOn::of).distinct().toList().reversed()) {
            List<PassedOn> parts =
                    open.stream().filter(part -> part.of().equals(of)).toList();
            Optional<Reply.Refused> refused = giveBack(returned, parts, decision, borne);
            if (refused.isPresent()) {
                return refused;
            }
        }
        lookAgain(returned.id());
        return Optional.empty();
    }

    /** {@code parts} are of one credit. */
    private Optional<Reply.Refused> giveBack(
            Return returned, List<PassedOn> parts, Optional<Decision> decision, Predicate<Reply.Refused> borne) {
        Return credit = returns.find(parts.getFirst().of()).orElseThrow();
        String reference = parts.getFirst().reference();
        requireSettled(credit);
        AccountId account = credit.order().account();
        String purpose = reference + " of " + credit.id();
        if (!effects.mayBeThere(account, returned.id().value(), PASS_ON, purpose)) {
            Optional<Reply.Refused> objection =
                    restraints.objectionToRefund(credit.id().order()).filter(borne.negate());
            if (objection.isPresent()) {
                return objection;
            }
        }
        RefundGateway gateway = world.refunds(account);
        RefundGateway.Claim claim = claim(credit, reference, parts);
        Reply reply = effects.carryOut(
                Effects.Intent.of(account, returned.id().value(), PASS_ON, purpose)
                        .asking(claim.asked())
                        .foundBy(() -> gateway.findRefund(claim))
                        .doneBy(key -> gateway.refund(claim, key)),
                decision);
        return switch (reply) {
            case Reply.Done(Receipt receipt) -> {
                money.passed(
                        credit.id(), returned.id(), reference, RefundGateway.transactions(receipt), clock.instant());
                yield Optional.empty();
            }
            case Reply.Refused refused -> Optional.of(refused);
        };
    }

    /** What the credit's own return gives back in money would be taken for this, and this for that. */
    private static void requireSettled(Return credit) {
        if (credit.money() == MoneyStatus.APPROVED) {
            throw SystemFailure.withoutEffect(
                    FailureCode.EFFECT_IN_FLIGHT, "the refund of " + credit.id() + " is being made", null);
        }
    }

    private RefundGateway.Claim claim(Return credit, String reference, List<PassedOn> parts) {
        Order order = orders.find(credit.id().order()).orElseThrow();
        return new RefundGateway.Claim(
                credit.order(),
                reference,
                List.of(),
                new MoneyBag(Money.zero(order.currency()), Money.zero(order.presentmentCurrency())),
                parts.stream().map(PassedOn::part).toList());
    }

    /** Somebody bears that it is not given so. */
    void giveUp(ReturnId id) {
        money.giveUp(id);
        lookAgain(id);
    }

    /** While it was under way, whatever was given back at those orders might have been this: what was not is told now. */
    private void lookAgain(ReturnId id) {
        money.by(id).stream().map(part -> part.of().order()).distinct().forEach(beside::lookAgainAtClosed);
    }
}
