package io.throughline.api.console.runbook;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;

/** One runbook, or with an empty {@code html} the list of all. */
public record RunbookPage(String title, String html, List<Entry> entries, List<Other> others) implements Page {
    static RunbookPage of(String title, String html) {
        return new RunbookPage(title, html, List.of(), List.of());
    }

    /** A page of a failure code. */
    public record Entry(String code, String label, String address, String owner) {}

    /** A page of an alert, or of something that is done by hand. */
    public record Other(String label, String address) {}

    @Override
    public String template() {
        return "runbook";
    }

    @Override
    public Section section() {
        return Section.RUNBOOKS;
    }

    @Override
    public boolean live() {
        return false;
    }
}
