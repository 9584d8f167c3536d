package io.throughline.activities.finance;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.ClosedPeriods;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Orders;
import io.throughline.domain.policy.Policies;
import io.throughline.domain.returns.PassedOnMoney;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnPostings;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A return in the ERP's books: a credit note and a payment out of it per tender, which are settled against each other and compared. Each journal
 * is stored before the ERP hears of it.
 */
public final class ReturnBooks {
    private final Effects effects;
    private final OutsideWorld world;
    private final Orders orders;
    private final FulfillmentOrders work;
    private final Facilities facilities;
    private final Journals journals;
    private final PassedOnMoney passedOn;
    private final PostingRules rules;

    public ReturnBooks(
            Effects effects,
            OutsideWorld world,
            Orders orders,
            FulfillmentOrders work,
            Facilities facilities,
            Journals journals,
            PassedOnMoney passedOn,
            Policies policies) {
        this.effects = effects;
        this.world = world;
        this.orders = orders;
        this.work = work;
        this.facilities = facilities;
        this.journals = journals;
        this.passedOn = passedOn;
        this.rules = new PostingRules(work, facilities, orders, policies);
    }

    /** In whose books it is posted. */
    public AccountId company(Return returned) {
        return world.accounts().erpOf(returned.order().account());
    }

    /** Refused by the first document that the ERP does not take; those before it stay. */
    public Reply post(Return returned, Optional<Decision> decision) {
        Return.Repayment repayment = returned.repayment().orElseThrow();
        Order order = orders.find(returned.id().order()).orElseThrow();
        FacilityId place = placeOf(returned);
        Instant issuedAt = repayment.issued().orElseThrow().at();
        LocalDate day = expectedDay(returned)
                .orElseGet(() ->
                        LocalDate.ofInstant(issuedAt, facilities.get(place).zone()));
        ReturnPostings postings = new ReturnPostings(returned, repayment.refund(), order);
        AccountId company = company(returned);
        ClosedPeriods closedPeriods = rules.of(order).closedPeriods();
        SettledDocuments documents =
                new SettledDocuments(effects, world, journals, company, returned.id(), closedPeriods, decision);
        SalesInvoice note = postings.creditNote(place, day);
        Reply posted = note.lines().isEmpty()
                ? documents.settle()
                : book(documents, note, postings.payments(repayment.booked(passedOn.by(returned.id())), day));
        if (posted instanceof Reply.Refused(FailureCode code, String detail)) {
            return Reply.refused(asOfReturn(code), detail);
        }
        if (world.accounts().get(company).isLive()) {
            journals.confirmed(returned.id());
        }
        return Reply.done("return " + returned.id() + " is in the books");
    }

    /** What is expected of the books stays as it was first told, though the goods have come to a place with another day since. */
    private Optional<LocalDate> expectedDay(Return returned) {
        return journals.of(returned.id()).stream()
                .map(posting -> posting.journal().businessDate())
                .findFirst();
    }

    /**
     * Where nobody has said where the goods are, they count as come back to where they left: the work that had their parcel, else that which
     * handed units of its lines over. What has no goods is told of where the order's first ones left.
     */
    private FacilityId placeOf(Return returned) {
        return returned.facility().orElseGet(() -> {
            List<FulfillmentOrder> all = work.ofOrder(returned.id().order());
            return all.stream()
                    .filter(one -> one.status().handedOver())
                    .max(Comparator.comparingInt(one -> fitness(returned, one)))
                    .orElseGet(all::getFirst)
                    .facility();
        });
    }

    /** How many units of the return it handed over at most; the work of the return's parcel is beyond doubt. */
    private static int fitness(Return returned, FulfillmentOrder work) {
        Optional<String> parcel = returned.cause().carriersNumber();
        if (parcel.isPresent() && parcel.equals(work.tracking().map(Tracking::number))) {
            return Integer.MAX_VALUE;
        }
        return work.lines().stream()
                .mapToInt(part -> returned.lines().stream()
                        .filter(line -> line.lineId().equals(part.lineId()))
                        .mapToInt(line -> Math.min(line.authorised(), part.quantity()))
                        .sum())
                .sum();
    }

    /** An order that the ERP rejects can be cancelled; what was given back can't. */
    private static FailureCode asOfReturn(FailureCode code) {
        return code == FailureCode.ERP_REJECTED ? FailureCode.CREDIT_REJECTED : code;
    }

    private static Reply book(SettledDocuments documents, SalesInvoice note, List<CustomerPayment> payments) {
        Reply posted = documents.post(Journal.ofCreditNote(note), note, "credit", ToldToErp.ONCE);
        for (CustomerPayment payment : payments) {
            if (posted instanceof Reply.Done) {
                posted = documents.pay(payment, "refund");
            }
        }
        return posted instanceof Reply.Refused ? posted : documents.settle();
    }
}
