package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * What a source states about stock at an instant: so many units came (negative: left), or, for an absolute kind, so many were there.
 * An absolute statement covers everything that occurred before it; what occurred at its instant or later comes on top, in whatever
 * order both arrive. Zero units of a relative kind withdraw what an earlier version said.
 */
public record Movement(
        StockSource source,
        FacilityId facility,
        Sku sku,
        Measure measure,
        Kind kind,
        int quantity,
        Optional<String> reason,
        Instant occurredAt) {
    /** Far beyond any real stock, and far from the limits of the arithmetic. */
    public static final int MOST_UNITS = 10_000_000;

    public Movement {
        if (Math.abs((long) quantity) > MOST_UNITS) {
            throw new IllegalArgumentException("a movement is of at most " + MOST_UNITS + " units");
        }
        if (facility.equals(FacilityId.UNROUTED)) {
            throw new IllegalArgumentException("nothing moves at the virtual facility");
        }
        if (!kind.allows(quantity) && (measure == Measure.ON_HAND || kind.absolute())) {
            throw new IllegalArgumentException("a " + kind + " can't be of " + quantity + " units");
        }
        if (kind.needsReason() && reason.isEmpty()) {
            throw new IllegalArgumentException("a " + kind + " needs a reason");
        }
    }

    /** The first and only version of a statement about stock on hand. */
    public Movement(
            FacilityId facility, Sku sku, int quantity, Kind kind, String system, String sourceId, Instant occurredAt) {
        this(
                new StockSource(system, sourceId, 1),
                facility,
                sku,
                Measure.ON_HAND,
                kind,
                quantity,
                Optional.empty(),
                occurredAt);
    }

    /** Makes up for units that are missing at a place, because somebody has decided so in a case. */
    public static Movement bearing(StockSubject place, int units, CaseId reason, Instant at) {
        return new Movement(
                new StockSource(StockSource.PEOPLE, "case/" + reason, 1),
                place.facility(),
                place.sku(),
                Measure.ON_HAND,
                Kind.ADJUSTMENT,
                units,
                Optional.of("borne in " + reason),
                at);
    }

    /**
     * What the system that moves this stock has told last, as a count of the instant of its word: it has seen what occurred until then, so what
     * is told late of that time changes nothing any more, and what occurred later comes on top. Less than nothing can't be counted: that is
     * followed as it is.
     */
    public static Movement believing(Discrepancy apart, Instant at) {
        if (apart.told() < 0) {
            return following(apart, at);
        }
        return new Movement(
                new StockSource(
                        StockSource.OWN,
                        String.join(
                                "/",
                                "word",
                                apart.system(),
                                apart.facility().value(),
                                apart.sku().value(),
                                apart.measure().name(),
                                apart.observedAt().toString(),
                                Integer.toString(apart.told())),
                        1),
                apart.facility(),
                apart.sku(),
                apart.measure(),
                Kind.COUNT,
                apart.told(),
                Optional.of(reason(apart)),
                // A change and the level that it led to bear the same instant: the level comes after it.
                apart.observedAt().plus(1, ChronoUnit.MICROS));
    }

    private static String reason(Discrepancy apart) {
        return "the ledger follows " + apart.system() + ", which tells of " + apart.told();
    }

    /** Brings the ledger to what the system that moves this stock has told last: once from where the ledger stands. */
    public static Movement following(Discrepancy apart, Instant at) {
        return new Movement(
                new StockSource(
                        StockSource.OWN,
                        "drift/%s/%s/%s/%s/%s/%s"
                                .formatted(
                                        apart.system(),
                                        apart.facility(),
                                        apart.sku(),
                                        apart.measure(),
                                        apart.observedAt(),
                                        apart.ledger()),
                        1),
                apart.facility(),
                apart.sku(),
                apart.measure(),
                Kind.ADJUSTMENT,
                apart.told() - apart.ledger(),
                Optional.of(reason(apart)),
                at);
    }

    /** What made the stock change, in the words of the trace. */
    public String cause() {
        return kind + " " + source.system() + "/" + source.id();
    }

    /** What this statement means for one component of a bundle, {@code units} of which go into each. */
    public Movement ofPart(Sku component, int units) {
        return new Movement(
                source.part(component.value()),
                facility,
                component,
                measure,
                kind,
                Math.multiplyExact(quantity, units),
                reason,
                occurredAt);
    }

    /** What happened to the units. */
    public enum Kind {
        OPENING(Sign.ABSOLUTE),
        SALE(Sign.OUT),
        RETURN(Sign.IN),
        RECEIPT(Sign.IN),
        TRANSFER_OUT(Sign.OUT),
        TRANSFER_IN(Sign.IN),
        ADJUSTMENT(Sign.EITHER),
        COUNT(Sign.ABSOLUTE),
        REJECT(Sign.OUT);

        private final Sign sign;

        Kind(Sign sign) {
            this.sign = sign;
        }

        /** Whether it says how many are there instead of how many came or left. */
        public boolean absolute() {
            return sign == Sign.ABSOLUTE;
        }

        /** Whether stock can only become less by it. */
        public boolean takes() {
            return sign == Sign.OUT;
        }

        boolean needsReason() {
            return this == ADJUSTMENT || this == REJECT;
        }

        boolean allows(int quantity) {
            return switch (sign) {
                case ABSOLUTE, IN -> quantity >= 0;
                case OUT -> quantity <= 0;
                case EITHER -> true;
            };
        }

        private enum Sign {
            ABSOLUTE,
            IN,
            OUT,
            EITHER
        }
    }
}
