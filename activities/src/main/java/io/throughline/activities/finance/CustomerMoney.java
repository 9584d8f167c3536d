package io.throughline.activities.finance;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.Postings;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Tender;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What a channel took from a customer and gave back, told to the ERP. */
final class CustomerMoney {
    /** What was never told, refused, or only computed beside the systems in charge is in no books. */
    private static final Set<EffectLedger.State> NOT_IN_THE_BOOKS =
            Set.of(EffectLedger.State.PENDING, EffectLedger.State.REFUSED, EffectLedger.State.SHADOWED);

    private final Effects effects;
    private final OutsideWorld world;
    private final Journals journals;
    private final BusinessDays days;
    private final PeriodRules periods;

    CustomerMoney(Effects effects, OutsideWorld world, Journals journals, BusinessDays days, PeriodRules periods) {
        this.effects = effects;
        this.world = world;
        this.journals = journals;
        this.days = days;
        this.periods = periods;
    }

    /** Whether the ERP was, or may have been, told of any payment of this order. */
    boolean isInTheBooks(Order order) {
        return order.tenders().stream()
                .filter(Tender::isPayment)
                .flatMap(tender -> effects.find(company(order), order.id().value(), "payment", tender.id()).stream())
                .anyMatch(effect -> !NOT_IN_THE_BOOKS.contains(effect.state()));
    }

    /** Money that the channel has taken and the ERP has not been told of. */
    Reply bookPayments(Order order, Optional<Decision> decision) {
        Postings postings = new Postings(order);
        for (Tender tender : order.tenders().stream().filter(Tender::isPayment).toList()) {
            Reply booked = book(
                    order, "payment", tender.id(), postings.payment(tender, days.of(tender.at(), order)), decision);
            if (booked instanceof Reply.Refused) {
                return booked;
            }
        }
        return Reply.done("payments are booked");
    }

    private Reply book(
            Order order, String operation, String tender, CustomerPayment taken, Optional<Decision> decision) {
        journals.expect(new Postings(order).journal(taken));
        CustomerPayment payment = decision.flatMap(Decision::postingDate)
                .map(taken::postedOn)
                .orElse(taken)
                .under(periods.of(order.id()));
        Reply booked = effects.carryOut(
                Effects.Intent.of(company(order), order.id().value(), operation, tender)
                        .asking(payment.reference() + " " + payment.amount())
                        .foundBy(() -> world.erp().findPayment(company(order), payment))
                        .doneBy(key -> world.erp().bookPayment(company(order), payment)),
                decision);
        if (booked instanceof Reply.Done(Receipt receipt) && receipt.sent()) {
            journals.posted(payment.reference(), receipt.reference());
        }
        return booked;
    }

    Reply bookPaymentsAndRefunds(Order order, Optional<Decision> decision) {
        Reply booked = bookPayments(order, decision);
        return booked instanceof Reply.Refused ? booked : bookRefunds(order, decision);
    }

    private Reply bookRefunds(Order order, Optional<Decision> decision) {
        Postings postings = new Postings(order);
        for (Tender payment : order.tenders().stream().filter(Tender::isPayment).toList()) {
            for (Tender refund : refundsOf(order, payment)) {
                Reply booked = book(
                        order,
                        "refund",
                        refund.id(),
                        postings.refund(refund, payment, days.of(refund.at(), order)),
                        decision);
                if (booked instanceof Reply.Refused) {
                    return booked;
                }
            }
        }
        return Reply.done("refunds are booked");
    }

    private static List<Tender> refundsOf(Order order, Tender payment) {
        return order.tenders().stream()
                .filter(tender -> tender.isRefund() && tender.refunds(payment))
                .toList();
    }

    /** What the channel still has to give back. */
    static Optional<Reply> outstanding(Order order) {
        boolean underWay = order.tenders().stream()
                .anyMatch(tender -> tender.kind() == Tender.Kind.REFUND && tender.status() == Tender.Status.PENDING);
        Money givenBack = Money.sum(
                order.currency(),
                order.tenders().stream()
                        .filter(Tender::isPayment)
                        .flatMap(payment -> refundsOf(order, payment).stream())
                        .map(refund -> refund.amount().shop())
                        .toList());
        Money kept = order.paid().minus(givenBack);
        if (kept.isPositive() && underWay) {
            throw SystemFailure.withoutEffect(
                    FailureCode.EFFECT_IN_FLIGHT, "the channel is giving " + kept + " back", null);
        }
        return kept.isPositive()
                ? Optional.of(Reply.refused(
                        FailureCode.REFUND_MISSING, order.paid() + " was paid and " + givenBack + " was given back"))
                : Optional.empty();
    }

    private AccountId company(Order order) {
        return world.accounts().erpOf(order.key().account());
    }
}
