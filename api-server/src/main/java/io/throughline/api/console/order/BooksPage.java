package io.throughline.api.console.order;

import io.throughline.api.console.Badge;
import io.throughline.api.console.JournalTable;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;
import java.util.Optional;

/** The books of one order: what its channel took and gave back, what the ERP is to have booked, and whether these agree. */
public record BooksPage(
        String id,
        String name,
        String orderAddress,
        Badge posting,
        Optional<String> currency,
        List<TenderRow> tenders,
        List<Tie> ties,
        List<JournalTable> journals)
        implements Page {
    /** One money movement at the channel. */
    public record TenderRow(
            String kind, Badge status, String gateway, String amount, String shown, String id, Moment at) {}

    /** What has to be the same on both sides. */
    public record Tie(String what, String channel, String books, String difference, Badge state) {}

    @Override
    public String template() {
        return "books";
    }

    @Override
    public String title() {
        return "Books of " + (name.isBlank() ? id : name);
    }

    @Override
    public Section section() {
        return Section.ORDERS;
    }
}
