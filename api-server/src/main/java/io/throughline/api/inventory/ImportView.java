package io.throughline.api.inventory;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.inventory.StockImport;
import io.throughline.domain.inventory.StockImport.Progress;
import io.throughline.domain.inventory.WarehouseFeed;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** An import as clients see it. */
public record ImportView(
        String importId,
        String facility,
        String account,
        String feed,
        long sequence,
        WarehouseFeed.Mode mode,
        Optional<Instant> asOf,
        Optional<WarehouseFeed.Unnamed> unnamed,
        @Schema(description = "BOOKING or DONE") String status,
        Rows rows,

        @Schema(description = "How many rows are taken in a second")
        double rate,

        Instant receivedAt,
        Optional<Instant> beganAt,
        Optional<Instant> endedAt,

        @Schema(description = "The first rows that were refused, and what to do about each")
        List<RefusedRow> refused) {
    public ImportView {
        refused = List.copyOf(refused);
    }

    /** How many rows there are, how many were taken, and what became of these. */
    public record Rows(
            int all,
            int taken,
            int percent,
            int booked,

            @Schema(description = "A later count had told it already")
            int covered,

            @Schema(description = "Another system moves this stock")
            int observed,

            @Schema(description = "Heard before") int known,
            int refused,

            @Schema(description = "SKUs that were not named and are counted as none")
            int zeroed) {
        static Rows of(Progress progress) {
            return new Rows(
                    progress.rows(),
                    progress.taken(),
                    progress.percent(),
                    progress.booked(),
                    progress.covered(),
                    progress.observed(),
                    progress.known(),
                    progress.refused(),
                    progress.zeroed());
        }
    }

    /** {@code row} counts from 1 without a heading, {@code line} is where it begins in the file. */
    public record RefusedRow(int row, int line, String reason) {}

    static ImportView of(StockImport one, Instant now) {
        WarehouseFeed feed = one.feed();
        return new ImportView(
                one.id().value(),
                feed.facility().value(),
                feed.account().value(),
                feed.name(),
                feed.sequence(),
                feed.mode(),
                feed.asOf(),
                feed.asOf().map(levels -> feed.unnamed()),
                one.progress().done() ? "DONE" : "BOOKING",
                Rows.of(one.progress()),
                Math.round(one.rate(now) * 10) / 10.0,
                one.receivedAt(),
                one.beganAt(),
                one.endedAt(),
                one.refused().stream()
                        .map(row -> new RefusedRow(row.row(), row.line(), row.reason()))
                        .toList());
    }
}
