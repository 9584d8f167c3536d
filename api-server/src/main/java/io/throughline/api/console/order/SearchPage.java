package io.throughline.api.console.order;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import io.throughline.api.console.TraceRow;
import io.throughline.api.console.cases.CaseRow;
import java.util.List;
import java.util.Optional;

/** What an id belongs to that has no page of its own; or that nothing has it. */
public record SearchPage(String id, Optional<String> subject, boolean intact, List<CaseRow> cases, List<TraceRow> trace)
        implements Page {
    @Override
    public String template() {
        return "search";
    }

    @Override
    public String title() {
        return subject.orElse("Search");
    }

    @Override
    public Section section() {
        return Section.ORDERS;
    }
}
