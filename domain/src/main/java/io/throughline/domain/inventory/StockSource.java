package io.throughline.domain.inventory;

/**
 * Where a statement about stock comes from: the system that makes it (an account, or one of our own names), its id there and the
 * version of what it says under that id. A higher version replaces what a lower one said, whichever arrives first.
 */
public record StockSource(String system, String id, long version) {
    /** What Throughline itself moves: goods that it knows to have left. */
    public static final String OWN = "throughline";

    /** What the configuration says was there at the beginning. */
    public static final String OPENING = "opening";

    /** What people enter by API or console. */
    public static final String PEOPLE = "people";

    public StockSource {
        if (system.isBlank() || id.isBlank() || version < 1) {
            throw new IllegalArgumentException("a source has a system, an id and a version of at least 1");
        }
    }

    /** Whether the system is Throughline itself, which may move any stock. */
    public boolean own() {
        return switch (system) {
            case OWN, OPENING, PEOPLE -> true;
            default -> false;
        };
    }

    /** The same statement about one component of a bundle. */
    public StockSource part(String name) {
        return new StockSource(system, id + "/" + name, version);
    }
}
