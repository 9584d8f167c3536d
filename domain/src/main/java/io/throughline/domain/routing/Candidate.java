package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.routing.ShippingTable.Zone;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A facility as a rule sees it, for one delivery. */
record Candidate(
        Facility facility,
        boolean abroad,
        Optional<Double> kilometres,
        FacilityWork work,
        Optional<Zone> zone,
        boolean open,
        Duration leavesWithin,
        Duration late,
        StockWorth stock) {
    private static final int METRES = 1_000;

    FacilityId id() {
        return facility.id();
    }

    Instant leavesAt(Instant now) {
        return now.plus(leavesWithin);
    }

    long value(Criterion criterion) {
        return switch (criterion) {
            case SPLITS -> 1;
            case ABROAD -> abroad ? 1 : 0;
            case DISTANCE -> Math.round(kilometres.orElse(0.0) * METRES);
            case STORES -> facility.kind() == Facility.Kind.STORE ? 1 : 0;
            case COST -> zone.map(fits -> fits.parcel().minor()).orElse(0L);
            case LOAD -> work.open();
            case DELAY -> hours(leavesWithin);
            case LATENESS -> hours(late);
            case STOCK_AGE -> StockTurnover.MOST_WEEKS - stock.youngestDays() / 7;
            case WEEKS_OF_SUPPLY -> StockTurnover.MOST_WEEKS - (long) stock.scarcestWeeks();
        };
    }

    private static long hours(Duration duration) {
        return Math.ceilDiv(duration.toMinutes(), 60);
    }

    long unitPrice() {
        return zone.map(fits -> fits.unit().minor()).orElse(0L);
    }

    /** The better one alone first, by an objective; a warehouse before a store and the name decide between equals. */
    static Comparator<Candidate> by(List<Criterion> objective) {
        Comparator<Candidate> order = Comparator.comparingLong(candidate -> 0);
        for (Criterion criterion : objective) {
            order = order.thenComparingLong(candidate -> candidate.value(criterion));
        }
        return order.thenComparingLong(candidate -> candidate.value(Criterion.STORES))
                .thenComparing(Candidate::id);
    }

    /** What it is worth by an objective, for people. */
    String score(List<Criterion> objective) {
        List<String> words = new ArrayList<>();
        for (Criterion criterion : objective) {
            switch (criterion) {
                case SPLITS, STORES -> {}
                case ABROAD -> words.add(abroad ? "abroad" : "at home");
                case DISTANCE -> words.add(kilometres.map(Candidate::words).orElse("distance unknown"));
                case COST -> zone.ifPresent(fits -> words.add(fits.parcel() + " and " + fits.unit() + " a unit"));
                case LOAD -> words.add(work.open() + " open");
                case DELAY -> words.add("leaves within " + value(Criterion.DELAY) + " h");
                case LATENESS -> words.add(late.isZero() ? "in time" : value(Criterion.LATENESS) + " h too late");
                case STOCK_AGE -> words.add("has lain " + stock.youngestDays() + " days");
                case WEEKS_OF_SUPPLY -> words.add(StockWorth.weeks(stock.scarcestWeeks()) + " of supply");
            }
        }
        return String.join(", ", words);
    }

    private static String words(double kilometres) {
        return String.format(Locale.ROOT, "%.1f km", kilometres);
    }
}
