package io.throughline.api.console.systems;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;
import java.util.Optional;

/** The systems around us, what waits of each business process, and up to when everything is known that they tell. */
public record SystemsPage(
        List<SystemRow> systems,
        List<PaceRow> paces,
        List<ProcessRow> processes,
        List<FeedRow> feeds,
        boolean mayRecover)
        implements Page {
    /** What waits of one business process, against what was promised. */
    public record ProcessRow(
            String process, long waiting, Optional<Moment> oldest, String promised, Badge standing, String owner) {}

    /** One feed that is compared again and again. */
    public record FeedRow(String account, String feed, Moment completeUpTo) {}

    @Override
    public String template() {
        return "systems";
    }

    @Override
    public String title() {
        return "Systems";
    }

    @Override
    public Section section() {
        return Section.SYSTEMS;
    }
}
