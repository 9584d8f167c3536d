package io.throughline.api.console.counter;

import io.throughline.api.access.Caller;
import io.throughline.api.console.JournalTable;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.TraceRow;
import io.throughline.api.console.Words;
import io.throughline.api.console.cases.CaseRows;
import io.throughline.api.console.counter.CounterPage.Blind;
import io.throughline.api.console.counter.CounterPage.Entry;
import io.throughline.api.console.counter.CounterPage.Given;
import io.throughline.api.console.counter.CounterPage.LineRow;
import io.throughline.api.console.counter.CounterPage.PartRow;
import io.throughline.api.console.counter.CounterPage.ReasonRow;
import io.throughline.api.http.Links;
import io.throughline.api.trace.TraceProcesses;
import io.throughline.api.trace.TraceView;
import io.throughline.domain.access.Role;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.Origin;
import io.throughline.domain.counter.SerialNumber;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.sale.StoreSales;
import io.throughline.domain.trace.Trace;
import java.util.List;
import java.util.stream.Stream;

/** Reads what the page of a return over a counter shows. */
public final class CounterPages {
    private final Cases cases;
    private final CaseRows rows;
    private final StoreSales sales;
    private final Journals journals;
    private final Trace trace;
    private final Links links;

    public CounterPages(Cases cases, CaseRows rows, StoreSales sales, Journals journals, Trace trace, Links links) {
        this.cases = cases;
        this.rows = rows;
        this.sales = sales;
        this.journals = journals;
        this.trace = trace;
        this.links = links;
    }

    CounterPage read(CounterReturn returned, Caller caller, Moments moments) {
        List<StoreSales.Share> shares = sales.find(
                        returned.store(), returned.id().value())
                .map(StoreSales.Standing::entries)
                .orElse(List.of());
        TraceView line = TraceView.of(returned.id().value(), trace, TraceProcesses.of(links));
        return new CounterPage(
                CounterRow.of(returned, moments),
                Words.of(returned.customerStatus()),
                returned.unreceipted().map(CounterPages::blind),
                isUnapproved(returned),
                returned.policyVersion(),
                Words.of(returned.refundTo()),
                returned.askedBy(),
                returned.approvedBy(),
                moments.of(returned.refusedAt()),
                moments.of(returned.closedAt()),
                returned.lines().stream().map(CounterPages::line).toList(),
                returned.refund().currency().code(),
                returned.refund().entries().stream()
                        .map(entry -> new Entry(
                                entry.words(), entry.amount().toDecimal().toPlainString()))
                        .toList(),
                returned.parts().stream()
                        .map(part -> part(returned, part, moments))
                        .toList(),
                cases.unclosed(List.of(returned.id().value(), returned.id().workflowId())).stream()
                        .map(one -> rows.of(one, moments))
                        .toList(),
                shares.stream()
                        .map(share -> share.postedWith().date().toString())
                        .distinct()
                        .toList(),
                shares.stream()
                        .flatMap(this::postings)
                        .distinct()
                        .map(JournalTable::of)
                        .toList(),
                line.entries().reversed().stream()
                        .map(entry -> TraceRow.of(entry, moments))
                        .toList(),
                line.intact(),
                isUnapproved(returned) && caller.hasAny(Role.FINANCE),
                isUnapproved(returned) && caller.hasAny(Role.SUPPORT, Role.FINANCE),
                returned.stage() == CounterReturn.Stage.TO_PAY_OUT && caller.hasAny(Role.SUPPORT));
    }

    private static boolean isUnapproved(CounterReturn returned) {
        return returned.stage() == CounterReturn.Stage.UNAPPROVED;
    }

    private static Blind blind(Origin.Unreceipted blind) {
        return new Blind(
                blind.score().points(),
                blind.score().reasons().stream()
                        .map(reason -> new ReasonRow(reason.signal(), reason.points(), reason.words()))
                        .toList(),
                blind.secondPerson());
    }

    private static LineRow line(CounterReturn.Line line) {
        return new LineRow(
                line.sku().value(),
                Subjects.stock(line.sku().value()),
                line.quantity(),
                Words.of(line.reason()),
                Words.of(line.grade().name()),
                Words.of(line.disposition()),
                line.serial().map(SerialNumber::value));
    }

    private static PartRow part(CounterReturn returned, CounterReturn.Part part, Moments moments) {
        return new PartRow(
                part.gateway(),
                part.amount().toDecimal().toPlainString(),
                switch (part.way()) {
                    case SYSTEM -> returned.unreceipted().isPresent() ? "The shop" : "The till's system";
                    case COUNTER -> "The store's counter";
                },
                part.given()
                        .map(given -> new Given(
                                given.reference(),
                                given.by(),
                                moments.of(given.at()),
                                !given.ours(),
                                part.confirmed())));
    }

    /** Those of the summary that it is in, which has other sales in it. */
    private Stream<Posting> postings(StoreSales.Share share) {
        return share.summary().stream().flatMap(number -> {
            String prefix = share.postedWith() + "/" + number + "/";
            return journals.of(share.postedWith()).stream()
                    .filter(posting -> posting.journal().reference().startsWith(prefix));
        });
    }
}
