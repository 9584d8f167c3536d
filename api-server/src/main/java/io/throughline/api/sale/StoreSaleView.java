package io.throughline.api.sale;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.order.JournalView;
import io.throughline.api.trace.TraceView;
import io.throughline.domain.finance.Journals.Posting;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.StoreSales.Share;
import io.throughline.domain.sale.StoreSales.Standing;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** A sale as it stands: what was sold, by how it was paid, and with which days it is in the books. */
@Schema(name = "StoreSale")
public record StoreSaleView(
        String facility,
        String saleId,
        long version,
        String register,
        Instant soldAt,

        @Schema(description = "The business date on which it was sold")
        LocalDate businessDate,

        @Schema(example = "USD") String currency,
        @Schema(example = "53.13") String total,
        List<Line> lines,

        @Schema(description = "Service charges, tips and rounding")
        List<Charge> charges,

        List<Tender> tenders,

        @Schema(description = "What was entered with days: each version, and what a correction took back")
        List<Entry> entries,

        Optional<TraceView> trace) {
    /** {@code postings} gives those of a day. */
    static StoreSaleView of(Standing found, Function<StoreDayId, List<Posting>> postings, Optional<TraceView> trace) {
        StoreSale sale = found.sale();
        Map<StoreDayId, List<Posting>> read = new HashMap<>();
        return new StoreSaleView(
                sale.facility().value(),
                sale.id(),
                sale.version(),
                sale.register(),
                sale.soldAt(),
                found.soldOn().date(),
                sale.currency().code(),
                sale.total().toDecimal().toPlainString(),
                sale.lines().stream().map(Line::of).toList(),
                sale.charges().stream().map(Charge::of).toList(),
                sale.tenders().stream().map(Tender::of).toList(),
                found.entries().stream()
                        .map(entry -> Entry.of(entry, day -> read.computeIfAbsent(day, postings)))
                        .toList(),
                trace);
    }

    @Schema(name = "StoreSaleLine")
    public record Line(
            String sku,

            @Schema(description = "Negative: came back") int quantity,

            String total) {
        static Line of(StoreSale.Line line) {
            return new Line(
                    line.sku().value(),
                    line.quantity(),
                    line.total().toDecimal().toPlainString());
        }
    }

    @Schema(name = "StoreSaleCharge")
    public record Charge(
            StoreSale.Charge.Kind kind,
            String title,

            @Schema(description = "Negative: given back, or rounded down")
            String total) {
        static Charge of(StoreSale.Charge charge) {
            return new Charge(
                    charge.kind(), charge.title(), charge.total().toDecimal().toPlainString());
        }
    }

    @Schema(name = "StoreSaleTender")
    public record Tender(
            String kind,

            @Schema(description = "Negative: given back") String amount) {
        static Tender of(StoreSale.Tender tender) {
            return new Tender(tender.kind(), tender.amount().toDecimal().toPlainString());
        }
    }

    @Schema(name = "StoreSaleEntry")
    public record Entry(
            long version,
            boolean takenBack,
            LocalDate postedWith,

            @Schema(description = "The number of the day's summary; absent while it waits for one")
            Optional<Integer> summary,

            @Schema(description = "Those of the summary, which has other sales in it")
            List<JournalView> journals) {
        static Entry of(Share entry, Function<StoreDayId, List<Posting>> postings) {
            StoreDayId day = entry.postedWith();
            return new Entry(
                    entry.version(),
                    entry.takenBack(),
                    day.date(),
                    entry.summary(),
                    entry.summary()
                            .map(number -> StoreDayView.PostedSummary.journals(day, number, postings.apply(day)))
                            .orElse(List.of()));
        }
    }
}
