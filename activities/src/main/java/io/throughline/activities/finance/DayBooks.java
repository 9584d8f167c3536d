package io.throughline.activities.finance;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Receipt;
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
import java.util.ArrayList;
import java.util.List;
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
    private final Settling settling;

    public DayBooks(Effects effects, OutsideWorld world, StoreDays days, Facilities facilities, Journals journals) {
        this.effects = effects;
        this.world = world;
        this.days = days;
        this.facilities = facilities;
        this.journals = journals;
        this.settling = new Settling(effects, world);
    }

    /** In whose books the day is posted. */
    public AccountId company(StoreDayId day) {
        return world.accounts().erpOf(facilities.get(day.facility()).workAccount());
    }

    /** Refused by the first document that the ERP does not take; those before it stay. */
    public Reply post(StoreDayId day, int number, Optional<Decision> decision) {
        Facility store = facilities.get(day.facility());
        Posting posting = new Posting(day, company(day), decision);
        for (DaySummary.Part part : new DaySummary(day, number, store).of(days.entries(day, number))) {
            Reply posted = posting.post(part);
            if (posted instanceof Reply.Refused(FailureCode code, String detail)) {
                return Reply.refused(asOfDay(code), detail);
            }
        }
        if (settling.isLive(posting.company)) {
            journals.confirmed(day);
        }
        return Reply.done("summary " + number + " is in the books");
    }

    /** An order that the ERP rejects can be cancelled; what a store has sold can't. */
    private static FailureCode asOfDay(FailureCode code) {
        return code == FailureCode.ERP_REJECTED ? FailureCode.STORE_DAY_REJECTED : code;
    }

    /** The documents of one step. */
    private final class Posting {
        private final StoreDayId day;
        private final AccountId company;
        private final Optional<Decision> decision;
        private final ClosedPeriods closedPeriods;

        Posting(StoreDayId day, AccountId company, Optional<Decision> decision) {
            this.day = day;
            this.company = company;
            this.decision = decision;
            this.closedPeriods = days.find(day).orElseThrow().closedPeriods();
        }

        Reply post(DaySummary.Part part) {
            List<Journal> booked = new ArrayList<>();
            if (part.invoice().isPresent()) {
                Reply posted = post(part.invoice().get(), booked);
                if (posted instanceof Reply.Refused) {
                    return posted;
                }
            }
            for (CustomerPayment payment : part.payments()) {
                Reply posted = post(payment, booked);
                if (posted instanceof Reply.Refused) {
                    return posted;
                }
            }
            return booked.isEmpty()
                    ? Reply.done("nothing is to be booked")
                    : settling.settle(company, day, "settle", booked.getFirst().reference(), booked, decision);
        }

        private Reply post(SalesInvoice expected, List<Journal> booked) {
            SalesInvoice invoice = decision.flatMap(Decision::postingDate)
                    .map(expected::postedOn)
                    .orElse(expected)
                    .under(closedPeriods);
            return carryOut(
                    Journal.of(expected),
                    booked,
                    Effects.Intent.of(company, day.value(), "invoice", invoice.reference())
                            .asking(invoice.asked())
                            .foundBy(() -> world.erp().findInvoice(company, invoice))
                            .doneBy(key -> world.erp().postInvoice(company, invoice)));
        }

        private Reply post(CustomerPayment expected, List<Journal> booked) {
            CustomerPayment payment = decision.flatMap(Decision::postingDate)
                    .map(expected::postedOn)
                    .orElse(expected)
                    .under(closedPeriods);
            return carryOut(
                    Journal.of(expected),
                    booked,
                    Effects.Intent.of(
                                    company,
                                    day.value(),
                                    payment.isRefund() ? "refund" : "payment",
                                    payment.reference())
                            .asking(payment.reference() + " " + payment.amount())
                            .foundBy(() -> world.erp().findPayment(company, payment))
                            .doneBy(key -> world.erp().bookPayment(company, payment)));
        }

        private Reply carryOut(Journal journal, List<Journal> booked, Effects.Intent intent) {
            journals.expect(journal);
            booked.add(journal);
            Reply reply = effects.carryOut(intent, decision);
            if (reply instanceof Reply.Done(Receipt receipt) && receipt.sent()) {
                journals.posted(journal.reference(), receipt.reference());
            }
            return reply;
        }
    }
}
