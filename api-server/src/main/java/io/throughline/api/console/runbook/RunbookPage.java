package io.throughline.api.console.runbook;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;

/** One runbook, or with an empty {@code html} the list of all. */
public record RunbookPage(String title, String html, List<Entry> entries) implements Page {
    public record Entry(String code, String label, String address, String owner) {}

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
