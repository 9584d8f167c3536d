package io.throughline.api.console.returns;

import io.throughline.api.console.Badge;
import io.throughline.api.console.JournalTable;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import io.throughline.api.console.cases.CaseRow;
import io.throughline.api.console.returns.ReturnForms.Inspecting;
import io.throughline.api.console.returns.ReturnForms.Placing;
import io.throughline.api.console.returns.ReturnForms.Receiving;
import io.throughline.api.console.returns.ReturnForms.Regrading;
import java.util.List;
import java.util.Optional;

/** One return: what comes back, what is given for it and why, and what somebody may still decide. */
public record ReturnPage(
        ReturnRow row,
        String customer,
        String policy,
        String sequence,
        List<Fact> facts,
        String askedBy,
        Optional<Moment> closed,
        Optional<Refusal> refusal,
        List<LineRow> lines,
        List<String> unexpected,
        Optional<Money> money,
        List<CaseRow> cases,
        List<JournalTable> journals,
        boolean mayApprove,
        boolean mayRefuse,
        boolean choosesGoods,
        Optional<Receiving> receiving,
        List<Inspecting> inspecting,
        Optional<Regrading> regrading,
        List<Placing> placing,
        Optional<String> owed,
        boolean forStore)
        implements Page {
    /** Whether whoever looks at it has anything to tell. */
    public boolean asks() {
        return mayApprove
                || mayRefuse
                || receiving.isPresent()
                || !inspecting.isEmpty()
                || regrading.isPresent()
                || !placing.isEmpty();
    }

    /** Something that is told of its cause. */
    public record Fact(String name, String value) {}

    /** The words are there for support. */
    public record Refusal(Moment at, String by, Optional<String> reason) {}

    public record LineRow(
            String sku,
            String address,
            String reason,
            String claimed,
            int authorised,
            int received,
            int missing,
            List<InspectionRow> inspections) {}

    public record InspectionRow(
            int quantity,
            String grade,
            String disposition,
            String facility,
            Moment at,
            Badge booked,
            List<String> photos) {}

    /** What is given back, step by step. {@code shown}: in the currency that the customer was shown, where that is another one than the shop's. */
    public record Money(
            String currency,
            String total,
            Optional<Shown> shown,
            List<Entry> entries,
            List<Tender> tenders,
            boolean needsSecondPerson,
            Optional<String> approvedBy,
            Optional<String> reference,
            boolean madeElsewhere) {}

    public record Entry(String words, String amount) {}

    /** The same money as the customer was shown it. */
    public record Shown(String currency, String total) {}

    /** {@code shown} is in the customer's currency; {@code rate}, how many of its units were paid for one of the shop's, is empty where no payment tells it. */
    public record Tender(String gateway, String payment, String amount, String shown, String rate) {}

    @Override
    public String template() {
        return "return";
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
