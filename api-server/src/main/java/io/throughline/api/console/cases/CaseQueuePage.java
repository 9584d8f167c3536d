package io.throughline.api.console.cases;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;

/** The cases that a filter lets through, and what they come from. */
public record CaseQueuePage(
        List<Choice> statuses,
        List<Choice> owners,
        List<Choice> codes,
        List<Choice> accounts,
        List<CauseRow> causes,
        List<CaseRow> cases,
        boolean filtered,
        boolean more)
        implements Page {
    /** One value of a filter; the empty one lets everything through. */
    public record Choice(String value, String label, boolean chosen) {}

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
