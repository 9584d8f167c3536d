package io.throughline.activities.finance;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.Postings;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Tender;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What a channel took from a customer and gave back, told to the ERP. */
final class CustomerMoney {
    private static final String PAYMENT = "payment";
    private static final String REFUND = "refund";

    private final Effects effects;
    private final OutsideWorld world;
    private final ToldToErp told;
    private final Journals journals;
    private final PostingRules rules;

    CustomerMoney(Effects effects, OutsideWorld world, ToldToErp told, Journals journals, PostingRules rules) {
        this.effects = effects;
        this.world = world;
        this.told = told;
        this.journals = journals;
        this.rules = rules;
    }

    /** Whether the ERP was, or may have been, told of any payment of this order. */
    boolean isInTheBooks(Order order) {
        return payments(order).stream().anyMatch(tender -> told.isInTheBooks(order, PAYMENT, tender.id()));
    }

    /** Money that the channel has taken and the ERP has not been told of. */
    Reply bookPayments(Order order, Optional<Decision> decision) {
        List<Tender> payments = payments(order);
        return payments.isEmpty() ? Reply.done("nothing is paid yet") : new Booking(order, decision).payments(payments);
    }

    /** The same without what the ERP has booked already, which is not so much as asked about. */
    Reply bookNewPayments(Order order, Optional<Decision> decision) {
        Set<String> booked = journals.of(order.id()).stream()
                .filter(posting -> posting.documentNumber().isPresent())
                .map(posting -> posting.journal().reference())
                .collect(Collectors.toSet());
        List<Tender> fresh = payments(order).stream()
                .filter(tender -> !booked.contains(Postings.paymentReference(order, tender)))
                .toList();
        return fresh.isEmpty() ? Reply.done("all payments are booked") : new Booking(order, decision).payments(fresh);
    }

    /** What was given back of payments that are in the books. */
    Reply bookRefunds(Order order, Optional<Decision> decision) {
        return new Booking(order, decision).refunds();
    }

    /** These of them. */
    Reply bookRefunds(Order order, List<Tender> refunds, Optional<Decision> decision) {
        return new Booking(order, decision).refunds(refunds);
    }

    /** Whether the ERP was, or may have been, told of a refund. */
    boolean isRefundInTheBooks(Order order, String refund) {
        return told.isInTheBooks(order, REFUND, refund);
    }

    Reply bookPaymentsAndRefunds(Order order, Optional<Decision> decision) {
        Booking booking = new Booking(order, decision);
        Reply paid = booking.payments(payments(order));
        return paid instanceof Reply.Refused ? paid : booking.refunds();
    }

    /** The documents of one step. */
    private final class Booking {
        private final Order order;
        private final Optional<Decision> decision;
        private final Postings postings;
        private final PostingRules.ForOrder rule;

        Booking(Order order, Optional<Decision> decision) {
            this.order = order;
            this.decision = decision;
            this.postings = new Postings(order);
            this.rule = rules.of(order);
        }

        Reply payments(List<Tender> payments) {
            for (Tender tender : payments) {
                Reply booked = book(PAYMENT, tender, postings.payment(tender, rule.dayOf(tender.at())));
                if (booked instanceof Reply.Refused) {
                    return booked;
                }
            }
            return Reply.done("payments are booked");
        }

        Reply refunds() {
            return refunds(order.tenders());
        }

        Reply refunds(List<Tender> wanted) {
            for (Tender payment : CustomerMoney.payments(order)) {
                for (Tender refund : refundsOf(order, payment)) {
                    if (!wanted.contains(refund)) {
                        continue;
                    }
                    Reply booked = book(REFUND, refund, postings.refund(refund, payment, rule.dayOf(refund.at())));
                    if (booked instanceof Reply.Refused) {
                        return booked;
                    }
                }
            }
            return Reply.done("refunds are booked");
        }

        private Reply book(String operation, Tender tender, CustomerPayment taken) {
            AccountId company = told.company(order);
            journals.expect(Journal.of(taken));
            CustomerPayment payment = Amended.of(taken, decision).under(rule.closedPeriods());
            Reply booked = effects.carryOut(
                    Effects.Intent.of(company, order.id().value(), operation, tender.id())
                            .asking(payment.reference() + " " + payment.amount())
                            .foundBy(() -> world.erp().findPayment(company, payment))
                            .doneBy(key -> world.erp().bookPayment(company, payment)),
                    decision);
            if (booked instanceof Reply.Done(Receipt receipt) && receipt.sent()) {
                journals.posted(payment.reference(), receipt.reference());
            }
            return booked;
        }
    }

    private static List<Tender> payments(Order order) {
        return order.tenders().stream().filter(Tender::isPayment).toList();
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
                payments(order).stream()
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
}
