package io.throughline.activities.finance;

import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.finance.ClosedPeriods;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.finance.SalesInvoice;
import io.throughline.domain.intervention.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Documents of one currency that are booked one after the other, and then settled against each other. */
final class SettledDocuments {
    private final Effects effects;
    private final OutsideWorld world;
    private final Journals journals;
    private final AccountId company;
    private final PostingSubject subject;
    private final ClosedPeriods closedPeriods;
    private final Optional<Decision> decision;
    private final List<Journal> booked = new ArrayList<>();

    SettledDocuments(
            Effects effects,
            OutsideWorld world,
            Journals journals,
            AccountId company,
            PostingSubject subject,
            ClosedPeriods closedPeriods,
            Optional<Decision> decision) {
        this.effects = effects;
        this.world = world;
        this.journals = journals;
        this.company = company;
        this.subject = subject;
        this.closedPeriods = closedPeriods;
        this.decision = decision;
    }

    /** {@code journal} is what {@code expected} must come to. */
    Reply post(Journal journal, SalesInvoice expected, String operation, String instance) {
        SalesInvoice invoice = Amended.of(expected, decision).under(closedPeriods);
        return carryOut(
                journal,
                Effects.Intent.of(company, subject.value(), operation, instance)
                        .asking(invoice.asked())
                        .foundBy(() -> world.erp().findInvoice(company, invoice))
                        .doneBy(key -> world.erp().postInvoice(company, invoice)));
    }

    Reply pay(CustomerPayment expected, String operation) {
        CustomerPayment payment = Amended.of(expected, decision).under(closedPeriods);
        return carryOut(
                Journal.of(expected),
                Effects.Intent.of(company, subject.value(), operation, payment.reference())
                        .asking(payment.reference() + " " + payment.amount())
                        .foundBy(() -> world.erp().findPayment(company, payment))
                        .doneBy(key -> world.erp().bookPayment(company, payment)));
    }

    private Reply carryOut(Journal journal, Effects.Intent intent) {
        journals.expect(journal);
        booked.add(journal);
        Reply reply = effects.carryOut(intent, decision);
        if (reply instanceof Reply.Done(Receipt receipt) && receipt.sent()) {
            journals.posted(journal.reference(), receipt.reference());
        }
        return reply;
    }

    /** Refused where the books are not what the journals say. */
    Reply settle() {
        return booked.isEmpty()
                ? Reply.done("nothing is to be booked")
                : new Settling(effects, world)
                        .settle(company, subject, "settle", booked.getFirst().reference(), booked, decision);
    }
}
