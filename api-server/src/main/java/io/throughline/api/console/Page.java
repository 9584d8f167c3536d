package io.throughline.api.console;

/** What one page shows, ready for its template: texts, and no more to be decided. */
public interface Page {
    /** The name of its template below {@code src/main/jte}. */
    String template();

    String title();

    Section section();

    /** Whether it keeps itself up to date while somebody looks at it. */
    default boolean live() {
        return true;
    }
}
