package io.throughline.api.console.counter;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;

/** The newest returns over counters. */
public record CountersPage(List<CounterRow> returns) implements Page {
    @Override
    public String template() {
        return "counters";
    }

    @Override
    public String title() {
        return "Returns over counters";
    }

    @Override
    public Section section() {
        return Section.RETURNS;
    }
}
