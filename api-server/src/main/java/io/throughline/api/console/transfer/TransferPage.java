package io.throughline.api.console.transfer;

import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import io.throughline.api.console.TraceRow;
import io.throughline.api.console.cases.CaseRow;
import java.util.List;
import java.util.Optional;

/** One transfer, and what whoever looks at it may tell of it. */
public record TransferPage(
        TransferRow row,
        boolean differs,
        List<Line> lines,
        String rule,
        String requestedBy,
        Optional<ForWork> forWork,
        Moment requested,
        List<CaseRow> cases,
        boolean mayBeSent,
        boolean mayBeReceived,
        boolean mayBeCancelled,
        List<TraceRow> trace,
        boolean intact)
        implements Page {
    /** The work of an order whose customer collects it at the receiver; {@code address} is the order's page. */
    public record ForWork(String work, String address) {}

    /** Units of one SKU; {@code toSend} and {@code toReceive} are what the fields say before somebody changes them. */
    public record Line(
            int number,
            String sku,
            String address,
            int requested,
            int sent,
            int received,
            String field,
            int toSend,
            int toReceive) {}

    @Override
    public String template() {
        return "transfer";
    }

    @Override
    public String title() {
        return "Transfer " + row.id();
    }

    @Override
    public Section section() {
        return Section.STOCK;
    }
}
