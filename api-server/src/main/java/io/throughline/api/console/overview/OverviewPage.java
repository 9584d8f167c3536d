package io.throughline.api.console.overview;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import io.throughline.api.console.Tone;
import io.throughline.api.console.cases.CauseRow;
import io.throughline.api.console.systems.SystemRow;
import java.util.List;

/** The first page. */
public record OverviewPage(
        List<Queue> queues, List<CauseRow> causes, boolean more, int received, List<Axis> axes, List<SystemRow> systems)
        implements Page {
    /** The open cases of one group of people. */
    public record Queue(String owner, String address, int cases, int overdue) {}

    /** How the orders of the last day are spread over one axis. */
    public record Axis(String name, List<Stage> stages) {}

    /** {@code share} is in per cent of the axis' orders. */
    public record Stage(String label, Tone tone, int orders, int share) {}

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
