package io.throughline.api.console.overview;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import io.throughline.api.console.Tone;
import io.throughline.api.console.cases.CauseRow;
import java.util.List;
import java.util.Optional;

/** The first page. */
public record OverviewPage(
        List<Queue> queues, List<CauseRow> causes, int received, List<Axis> axes, List<SystemRow> systems)
        implements Page {
    /** The open cases of one group of people. */
    public record Queue(String owner, String address, int cases, int overdue) {}

    /** How the orders of the last day are spread over one axis. */
    public record Axis(String name, List<Stage> stages) {}

    /** {@code share} is in per cent of the axis' orders. */
    public record Stage(String label, Tone tone, int orders, int share) {}

    /** One account and its system. */
    public record SystemRow(
            String account,
            String system,
            Badge state,
            Optional<Moment> lastSuccess,
            Optional<Moment> lastHeard,
            int failing,
            int unknown,
            int refused,
            int waiting,
            int dead,
            Optional<Moment> completeUpTo) {}

    @Override
    public String template() {
        return "overview";
    }

    @Override
    public String title() {
        return "Overview";
    }

    @Override
    public Section section() {
        return Section.OVERVIEW;
    }
}
