package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.FeedRow.Field;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.time.WrittenTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the rows of a warehouse feed state. Quantities are units that came or left, by the kind; only an adjustment has a sign. A row that
 * can't be taken is told with what would make it right.
 */
public final class FeedReading {
    private static final List<Kind> KINDS =
            Arrays.stream(Kind.values()).filter(kind -> kind != Kind.OPENING).toList();

    private final Catalog catalog;
    private final Bundles bundles;

    public FeedReading(Catalog catalog, Bundles bundles) {
        this.catalog = catalog;
        this.bundles = bundles;
    }

    /** What became of a row. */
    public sealed interface Read {
        record Stated(Movement movement) implements Read {}

        record Refused(String why) implements Read {}
    }

    public Read read(WarehouseFeed feed, FeedRow row) {
        if (row.unreadable().isPresent()) {
            return new Read.Refused(row.unreadable().get());
        }
        try {
            return new Read.Stated(
                    switch (feed.mode()) {
                        case FULL -> level(feed, row);
                        case DELTA -> movement(feed, row);
                    });
        } catch (IllegalArgumentException unfit) {
            return new Read.Refused(String.valueOf(unfit.getMessage()));
        }
    }

    /** That there was nothing of a SKU which a full feed doesn't name. */
    public static Movement absent(WarehouseFeed feed, Sku sku) {
        return counted(feed, sku, Measure.ON_HAND, 0);
    }

    private Movement level(WarehouseFeed feed, FeedRow row) {
        Sku sku = sku(row);
        if (bundles.isBundle(sku)) {
            throw new IllegalArgumentException(sku + " is a bundle and has no stock of its own: count its components");
        }
        return counted(feed, sku, measure(row), units(row));
    }

    private static Movement counted(WarehouseFeed feed, Sku sku, Measure measure, int units) {
        return new Movement(
                feed.level(sku.value(), measure),
                feed.facility(),
                sku,
                measure,
                Kind.COUNT,
                units,
                Optional.empty(),
                feed.asOf().orElseThrow());
    }

    private Movement movement(WarehouseFeed feed, FeedRow row) {
        Kind kind = KINDS.stream()
                .filter(one -> one.name().equals(required(row, Field.KIND)))
                .findFirst()
                .orElseThrow(() -> rule(
                        Field.KIND, "one of " + KINDS.stream().map(Kind::name).collect(Collectors.joining(", "))));
        int units = kind == Kind.ADJUSTMENT
                ? number(row, Field.QUANTITY, Integer::parseInt, "a whole number, negative for units that are gone")
                : units(row);
        if (kind == Kind.ADJUSTMENT || kind == Kind.REJECT) {
            required(row, Field.REASON);
        }
        return new Movement(
                feed.movement(
                        required(row, Field.ID),
                        row.text(Field.VERSION).isEmpty()
                                ? 1
                                : number(row, Field.VERSION, FeedReading::version, "a whole number from 1")),
                feed.facility(),
                sku(row),
                measure(row),
                kind,
                kind.takes() ? -units : units,
                row.text(Field.REASON),
                instant(row));
    }

    private Sku sku(FeedRow row) {
        String text = required(row, Field.SKU);
        Sku sku;
        try {
            sku = Sku.of(text);
        } catch (IllegalArgumentException unfit) {
            throw rule(Field.SKU, "1 to 100 visible characters", unfit);
        }
        if (!catalog.knows(sku)) {
            throw new IllegalArgumentException(
                    sku + " is not in the catalogue: correct it, or add the product and send the row again");
        }
        return sku;
    }

    private static Measure measure(FeedRow row) {
        String name = row.text(Field.MEASURE).orElse(Measure.ON_HAND.name());
        return Arrays.stream(Measure.values())
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> rule(Field.MEASURE, "empty or one of " + List.of(Measure.values())));
    }

    private static int units(FeedRow row) {
        return number(
                row,
                Field.QUANTITY,
                text -> {
                    int units = Integer.parseInt(text);
                    if (units < 0 || units > Movement.MOST_UNITS) {
                        throw new NumberFormatException(text);
                    }
                    return units;
                },
                "a whole number from 0 to " + Movement.MOST_UNITS);
    }

    private static long version(String text) {
        long version = Long.parseLong(text);
        if (version < 1) {
            throw new NumberFormatException(text);
        }
        return version;
    }

    private static Instant instant(FeedRow row) {
        try {
            return WrittenTime.instant(required(row, Field.OCCURRED_AT));
        } catch (DateTimeException unfit) {
            throw rule(Field.OCCURRED_AT, "an ISO 8601 instant such as 2026-11-23T10:00:00Z", unfit);
        }
    }

    private static <N> N number(FeedRow row, Field field, Function<String, N> parser, String rule) {
        try {
            return parser.apply(required(row, field));
        } catch (NumberFormatException unfit) {
            throw rule(field, rule, unfit);
        }
    }

    private static String required(FeedRow row, Field field) {
        return row.text(field).orElseThrow(() -> rule(field, "given"));
    }

    private static IllegalArgumentException rule(Field field, String rule) {
        return new IllegalArgumentException(field.column() + " must be " + rule);
    }

    private static IllegalArgumentException rule(Field field, String rule, Exception cause) {
        return new IllegalArgumentException(field.column() + " must be " + rule, cause);
    }
}
