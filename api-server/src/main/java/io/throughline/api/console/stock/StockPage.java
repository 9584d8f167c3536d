package io.throughline.api.console.stock;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Bar;
import io.throughline.api.console.Choice;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import io.throughline.api.console.cases.CaseRow;
import java.util.List;
import java.util.Optional;

/** Where a SKU lies and how many can be sold; without a SKU, those that can be chosen. */
public record StockPage(
        String sku,
        Optional<String> name,
        boolean unknown,
        String policy,
        List<Place> places,
        List<ChannelRow> channels,
        List<TransferUnits> transfers,
        List<CaseRow> cases,
        List<Known> products,
        String askAddress,
        List<Choice> republishable,
        List<PendingRow> pending)
        implements Page {
    /** Where a transfer of it is asked for; empty for somebody who may not. */
    public boolean mayAsk() {
        return !askAddress.isEmpty();
    }

    /** A facility with its quantities; {@code bars} share out what is on hand, of the greatest stock of all places. */
    public record Place(
            String facility,
            String name,
            int onHand,
            int reserved,
            int safety,
            int held,
            int damaged,
            int inTransit,
            int shortfall,
            int available,
            Badge source,
            String system,
            Optional<Moment> heard,
            String lastWordBy,
            Optional<Moment> lastWord,
            List<Bar> bars) {}

    public record ChannelRow(String channel, int available, int threshold, int unrouted) {}

    /** Units of the SKU that go from one facility to another. */
    public record TransferUnits(
            String id,
            String address,
            String from,
            String to,
            Badge status,
            int requested,
            int sent,
            int received,
            Moment expected) {}

    /** Where a system is to show the ledger's number again, and has not been told yet. */
    public record PendingRow(String facility, String account, String askedBy, Moment since) {}

    public record Known(String sku, String title, String address) {}

    @Override
    public String template() {
        return "stock";
    }

    @Override
    public String title() {
        return sku.isEmpty() ? "Stock" : "Stock of " + sku;
    }

    @Override
    public Section section() {
        return Section.STOCK;
    }
}
