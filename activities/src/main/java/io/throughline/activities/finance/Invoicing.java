package io.throughline.activities.finance;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.finance.Postings;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Orders;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The invoice of what one facility has handed over; what is given away needs none. Its journal is stored before the ERP hears of it, and says
 * what it is from then on: what becomes of the order later changes nothing about what has left.
 */
final class Invoicing {
    private static final String INVOICE = "invoice";

    private final Effects effects;
    private final OutsideWorld world;
    private final ToldToErp told;
    private final Orders orders;
    private final FulfillmentOrders work;
    private final SoldOrders sold;
    private final Journals journals;
    private final PostingRules rules;
    private final Clock clock;

    Invoicing(
            Effects effects,
            OutsideWorld world,
            ToldToErp told,
            Orders orders,
            FulfillmentOrders work,
            SoldOrders sold,
            Journals journals,
            PostingRules rules,
            Clock clock) {
        this.effects = effects;
        this.world = world;
        this.told = told;
        this.orders = orders;
        this.work = work;
        this.sold = sold;
        this.journals = journals;
        this.rules = rules;
        this.clock = clock;
    }

    Reply post(Order order, FulfillmentOrderId id, Optional<Decision> decision) {
        Optional<Reply> earlier = told.earlier(order, id.value(), INVOICE);
        if (earlier.isPresent()) {
            return keep(order, id, earlier.get());
        }
        return expect(order, work.get(id), decision)
                .map(invoice -> keep(order, id, postNow(order, id, invoice, decision)))
                .orElseGet(() -> Reply.done("nothing is to be paid for it"));
    }

    /** Writes down what came of it. */
    private Reply keep(Order order, FulfillmentOrderId id, Reply posted) {
        switch (posted) {
            case Reply.Done(Receipt receipt)
            when receipt.sent() -> {
                journals.posted(Postings.invoiceReference(id), receipt.reference());
                orders.posting(order.id(), PostingStatus.POSTED);
            }
            case Reply.Done onlyComputed -> {}
            case Reply.Refused(FailureCode code, String detail) -> orders.posting(order.id(), refusedFor(code));
        }
        return posted;
    }

    private Reply postNow(Order order, FulfillmentOrderId id, SalesInvoice invoice, Optional<Decision> decision) {
        AccountId company = told.company(order);
        return effects.carryOut(
                Effects.Intent.of(company, id.value(), INVOICE, ToldToErp.ONCE)
                        .asking(invoice.asked())
                        .foundBy(() -> world.erp().findInvoice(company, invoice))
                        .doneBy(key -> world.erp().postInvoice(company, invoice)),
                decision);
    }

    private Optional<SalesInvoice> expect(Order order, FulfillmentOrder handedOver, Optional<Decision> decision) {
        PostingRules.ForOrder rule = rules.of(order);
        LocalDate today = rule.dayOf(clock.instant());
        return journals.expectInvoice(
                        order.id(),
                        Postings.invoiceReference(handedOver.id()),
                        earlier -> journal(order, handedOver, fulfillmentOrders(earlier), today))
                .map(expected -> asExpected(order, handedOver, expected))
                .map(invoice -> Amended.of(invoice, decision).under(rule.closedPeriods()));
    }

    private Optional<Journal> journal(
            Order order, FulfillmentOrder handedOver, List<FulfillmentOrder> before, LocalDate today) {
        Postings postings = new Postings(sold(order));
        SalesInvoice invoice = postings.invoice(handedOver, before, today);
        return invoice.isOfNothing() && postings.givesAway(handedOver)
                ? Optional.empty()
                : Optional.of(Journal.of(invoice));
    }

    private Order sold(Order order) {
        return sold.of(order, work.ofOrder(order.id()));
    }

    /**
     * The order may be another by now: then its newest version counts that comes to what the journal says. If none does, it is made as it was at first,
     * line by line where no version has all of it, and the comparison of the books will tell.
     */
    private SalesInvoice asExpected(Order order, FulfillmentOrder handedOver, Journals.ExpectedInvoice expected) {
        List<FulfillmentOrder> before = fulfillmentOrders(expected.before());
        Journal journal = expected.journal();
        return comingTo(journal, List.of(order), handedOver, before)
                .or(() -> comingTo(journal, orders.versions(order.id()), handedOver, before))
                .orElseGet(() -> new Postings(sold(order)).invoice(handedOver, before, journal.businessDate()));
    }

    private static Optional<SalesInvoice> comingTo(
            Journal journal, List<Order> versions, FulfillmentOrder handedOver, List<FulfillmentOrder> before) {
        return versions.stream()
                .map(Postings::new)
                .filter(postings -> postings.cover(handedOver, before))
                .map(postings -> postings.invoice(handedOver, before, journal.businessDate()))
                .filter(invoice -> Journal.of(invoice).equals(journal))
                .findFirst();
    }

    private List<FulfillmentOrder> fulfillmentOrders(List<String> invoiceReferences) {
        return invoiceReferences.stream()
                .map(reference -> work.get(new FulfillmentOrderId(reference.substring(0, reference.indexOf('/')))))
                .toList();
    }

    private static PostingStatus refusedFor(FailureCode code) {
        return code == FailureCode.ERP_PERIOD_CLOSED ? PostingStatus.BLOCKED_PERIOD : PostingStatus.REJECTED;
    }
}
