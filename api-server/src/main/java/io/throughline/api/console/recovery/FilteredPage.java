package io.throughline.api.console.recovery;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.Map;
import java.util.Optional;

/**
 * A page that tells by a filter which there are, and how far it is with having them recovered, some hundred a go. {@code fields} are the filter as
 * it was filled in.
 */
public interface FilteredPage extends Page {
    Map<String, String> fields();

    long matching();

    Optional<Progress> progress();

    default String field(String name) {
        return fields().getOrDefault(name, "");
    }

    default boolean filtered() {
        return !fields().isEmpty();
    }

    @Override
    default Section section() {
        return Section.SYSTEMS;
    }

    /** What somebody decides by stays as it is. */
    @Override
    default boolean live() {
        return false;
    }
}
