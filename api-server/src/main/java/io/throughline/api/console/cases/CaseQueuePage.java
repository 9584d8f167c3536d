package io.throughline.api.console.cases;

import io.throughline.api.console.Choice;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;

/** The cases that a filter lets through, what they come from, and what is being decided about many. */
public record CaseQueuePage(
        List<Filter> filters,
        List<BulkRow> running,
        List<CauseRow> causes,
        List<CaseRow> cases,
        boolean filtered,
        boolean more)
        implements Page {
    /** By what somebody narrows the queue. */
    public record Filter(String name, String label, List<Choice> choices) {}

    /** Whether it says more to see what cases have in common than to see each. */
    public boolean grouped() {
        return causes.size() > 1 || causes.stream().anyMatch(cause -> cause.cases() > 1);
    }

    @Override
    public String template() {
        return "caseQueue";
    }

    @Override
    public String title() {
        return "Cases";
    }

    @Override
    public Section section() {
        return Section.CASES;
    }
}
