package io.throughline.domain.catalog;

import java.util.Optional;

/** A stock keeping unit, as every connected system spells it. 1 to 100 visible characters. */
public record Sku(String value) implements Comparable<Sku> {
    public Sku {
        if (!isSku(value)) {
            throw new IllegalArgumentException("a SKU is 1 to 100 visible characters");
        }
    }

    public static Sku of(String value) {
        return new Sku(value);
    }

    /** The SKU that a system has written down, without the space around it; empty: it can't be one. */
    public static Optional<Sku> read(String written) {
        String text = written.strip();
        return isSku(text) ? Optional.of(new Sku(text)) : Optional.empty();
    }

    private static boolean isSku(String text) {
        return !text.isBlank() && text.length() <= 100 && text.chars().noneMatch(Character::isISOControl);
    }

    @Override
    public int compareTo(Sku other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
