package io.throughline.api.console.counter;

import io.throughline.api.console.JournalTable;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import io.throughline.api.console.TraceRow;
import io.throughline.api.console.cases.CaseRow;
import java.util.List;
import java.util.Optional;

/**
 * One return over a counter: what came back in which condition, what it is worth step by step, and who has given which part of that. Without a receipt also
 * what speaks for and against it; {@code undecided}: a second person has still to say. {@code customer}: what the customer is told.
 */
public record CounterPage(
        CounterRow row,
        String customer,
        Optional<Blind> blind,
        boolean undecided,
        String policy,
        String refundTo,
        String askedBy,
        Optional<String> approvedBy,
        Optional<Moment> refused,
        Optional<Moment> closed,
        List<LineRow> lines,
        String currency,
        List<Entry> entries,
        List<PartRow> parts,
        List<CaseRow> cases,
        List<String> days,
        List<JournalTable> journals,
        List<TraceRow> trace,
        boolean intact,
        boolean mayApprove,
        boolean mayRefuse,
        boolean mayPayOut)
        implements Page {
    /** What was judged without a receipt. {@code secondPerson} tells why somebody else has to look at it. */
    public record Blind(int points, List<ReasonRow> reasons, List<String> secondPerson) {}

    /** A signal of the policy that was seen. */
    public record ReasonRow(String signal, int points, String words) {}

    public record LineRow(
            String sku,
            String address,
            int quantity,
            String reason,
            String grade,
            String disposition,
            Optional<String> serial) {}

    /** A step of the refund. */
    public record Entry(String words, String amount) {}

    /** A part of the money. {@code given} is empty until somebody has. */
    public record PartRow(String gateway, String amount, String by, Optional<Given> given) {}

    public record Given(String reference, String by, Moment at, boolean atTill, boolean through) {}

    @Override
    public String template() {
        return "counter";
    }

    @Override
    public String title() {
        return "Return " + row.id();
    }

    @Override
    public Section section() {
        return Section.RETURNS;
    }
}
