package io.throughline.api.console.audit;

import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;
import java.util.Optional;

/** Who did what, the newest first. */
public record AuditPage(String actor, List<ActRow> acts, boolean filtered, Optional<String> older) implements Page {
    public record ActRow(
            Moment at,
            String actor,
            String actorAddress,
            String kind,
            String subject,
            String subjectAddress,
            String summary) {}

    @Override
    public String template() {
        return "audit";
    }

    @Override
    public String title() {
        return "Audit";
    }

    @Override
    public Section section() {
        return Section.AUDIT;
    }
}
