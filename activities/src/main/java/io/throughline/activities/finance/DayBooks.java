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
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.sale.DaySummary;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.sale.StoreDays;
import java.util.Optional;

/**
 * A summary of a store's day in the ERP's books: per currency an invoice and a payment per tender, which are settled against each other and
 * compared. Each journal is stored before the ERP hears of it.
 */
public final class DayBooks {
    private final Effects effects;
    private final OutsideWorld world;
    private final StoreDays days;
    private final Facilities facilities;
    private final Journals journals;

    public DayBooks(Effects effects, OutsideWorld world, StoreDays days, Facilities facilities, Journals journals) {
        this.effects = effects;
        this.world = world;
        this.days = days;
        this.facilities = facilities;
        this.journals = journals;
    }

    /** In whose books the day is posted. */
    public AccountId company(StoreDayId day) {
        return world.accounts().erpOf(facilities.get(day.facility()).workAccount());
    }

    /** Refused by the first document that the ERP does not take; those before it stay. */
    public Reply post(StoreDayId day, int number, Optional<Decision> decision) {
        Facility store = facilities.get(day.facility());
        AccountId company = company(day);
        ClosedPeriods closedPeriods = days.find(day).orElseThrow().closedPeriods();
        for (DaySummary.Part part : new DaySummary(day, number, store).of(days.entries(day, number))) {
            SettledDocuments documents =
                    new SettledDocuments(effects, world, journals, company, day, closedPeriods, decision);
            Reply posted = book(documents, part);
            if (posted instanceof Reply.Refused(FailureCode code, String detail)) {
                return Reply.refused(asOfDay(code), detail);
            }
        }
        if (world.accounts().get(company).isLive()) {
            journals.confirmed(day);
        }
        return Reply.done("summary " + number + " is in the books");
    }

    /** An order that the ERP rejects can be cancelled; what a store has sold can't. */
    private static FailureCode asOfDay(FailureCode code) {
        return code == FailureCode.ERP_REJECTED ? FailureCode.STORE_DAY_REJECTED : code;
    }

    private static Reply book(SettledDocuments documents, DaySummary.Part part) {
        if (part.invoice().isPresent()) {
            SalesInvoice invoice = part.invoice().get();
            Reply posted = documents.post(Journal.of(invoice), invoice, "invoice", invoice.reference());
            if (posted instanceof Reply.Refused) {
                return posted;
            }
        }
        for (CustomerPayment payment : part.payments()) {
            Reply posted = documents.pay(payment, payment.isRefund() ? "refund" : "payment");
            if (posted instanceof Reply.Refused) {
                return posted;
            }
        }
        return documents.settle();
    }
}
