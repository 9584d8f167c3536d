package io.throughline.api.console.cases;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The open cases of one cause, and what may be decided about all of them; without a {@code cause} none is left. */
public record CausePage(
        String fingerprint,
        Optional<CauseRow> cause,
        List<CaseRow> cases,
        DecisionForm form,
        Optional<Preview> preview,
        List<BulkRow> decisions,
        String runbookAddress)
        implements Page {
    /** What a decision would be about; {@code fields} are what somebody has filled in, to be sent again. */
    public record Preview(String action, int cases, int proposed, List<String> sample, Map<String, String> fields) {}

    @Override
    public String template() {
        return "cause";
    }

    @Override
    public String title() {
        return cause.map(CauseRow::cause).orElse("Nothing open");
    }

    @Override
    public Section section() {
        return Section.CASES;
    }

    /** What somebody has before them when they decide stays as it is. */
    @Override
    public boolean live() {
        return preview.isEmpty();
    }
}
