package io.throughline.domain.intervention;

/** Names a decision about many cases, e.g. {@code B-17}. */
public record BulkId(String value) {
    public BulkId {
        if (!value.matches("B-[1-9][0-9]{0,17}")) {
            throw new IllegalArgumentException("a decision about many cases is named like B-17: '" + value + "'");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
