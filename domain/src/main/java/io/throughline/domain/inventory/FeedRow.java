package io.throughline.domain.inventory;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One row of a warehouse feed as it was written: the texts of its fields, or what keeps it from being read at all. {@code line} is where
 * it begins in the file.
 */
public record FeedRow(int line, Map<Field, String> fields, Optional<String> unreadable) {
    public static final int LONGEST_TEXT = 1_000;

    public FeedRow {
        fields = Map.copyOf(fields);
    }

    public static FeedRow of(int line, Map<Field, String> fields) {
        return new FeedRow(line, fields, Optional.empty());
    }

    public static FeedRow unreadable(int line, String why) {
        return new FeedRow(line, new EnumMap<>(Field.class), Optional.of(why));
    }

    /** What is written there; nothing when it is blank. */
    public Optional<String> text(Field field) {
        return Optional.ofNullable(fields.get(field)).map(String::strip).filter(text -> !text.isEmpty());
    }

    /** What a row may have, by the names that the columns have in a file. */
    public enum Field {
        SKU,
        QUANTITY,
        MEASURE,
        ID,
        VERSION,
        KIND,
        REASON,
        OCCURRED_AT;

        public String column() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static Optional<Field> ofColumn(String name) {
            return Arrays.stream(values())
                    .filter(field -> field.column().equals(name))
                    .findFirst();
        }
    }
}
