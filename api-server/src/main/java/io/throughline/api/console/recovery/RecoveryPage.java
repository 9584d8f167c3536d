package io.throughline.api.console.recovery;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;

/** What can be recovered by hand, and how much there is of it. */
public record RecoveryPage(long deadLetters, long unknownEffects, int rebuilding) implements Page {
    @Override
    public String template() {
        return "recovery";
    }

    @Override
    public String title() {
        return "Recovery";
    }

    @Override
    public Section section() {
        return Section.SYSTEMS;
    }
}
