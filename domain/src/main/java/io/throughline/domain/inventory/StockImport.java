package io.throughline.domain.inventory;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One warehouse feed that was handed over, and how far its booking has come. */
public record StockImport(
        ImportId id,
        WarehouseFeed feed,
        Progress progress,
        List<RefusedRow> refused,
        Instant receivedAt,
        Optional<Instant> beganAt,
        Optional<Instant> endedAt) {
    /** Of so many refused rows the reasons are kept. */
    public static final int MOST_REASONS = 100;

    public StockImport {
        refused = List.copyOf(refused);
    }

    /** Rows taken per second so far. */
    public double rate(Instant now) {
        return beganAt.map(began -> Duration.between(began, endedAt.orElse(now)))
                .filter(Duration::isPositive)
                .map(time -> progress.taken() / (time.toMillis() / 1000.0))
                .orElse(0.0);
    }

    /** A row that was not taken (counted from 1, without a heading), where it begins in the file, and what to do about it. */
    public record RefusedRow(int row, int line, String reason) {}

    /**
     * Of {@code rows} so many were taken; these were booked, or covered by a later count, kept as an observation, known before, or
     * refused. {@code zeroed} SKUs that the feed doesn't name were counted as none.
     */
    public record Progress(
            int rows,
            int taken,
            int booked,
            int covered,
            int observed,
            int known,
            int refused,
            int zeroed,
            boolean done) {
        public int percent() {
            return done ? 100 : rows == 0 ? 0 : (int) (taken * 100L / rows);
        }

        @Override
        public String toString() {
            return taken + " of " + rows + " rows: " + booked + " booked, " + covered + " covered, " + observed
                    + " observed, " + known + " known, " + refused + " refused"
                    + (zeroed > 0 ? ", " + zeroed + " counted as none" : "");
        }
    }
}
