package io.throughline.domain.catalog;

/** A stock keeping unit, as every connected system spells it. 1 to 100 visible characters. */
public record Sku(String value) implements Comparable<Sku> {
    public Sku {
        if (value.isBlank() || value.length() > 100 || value.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a SKU is 1 to 100 visible characters");
        }
    }

    public static Sku of(String value) {
        return new Sku(value);
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
