package io.throughline.api.console.overview;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import io.throughline.api.console.Tone;
import io.throughline.api.console.cases.CauseRow;
import io.throughline.api.console.systems.SystemRow;
import java.util.List;
import java.util.Optional;

/** The first page. */
public record OverviewPage(
        List<Queue> queues,
        List<CauseRow> causes,
        boolean more,
        int received,
        List<Axis> axes,
        List<Stream> streams,
        List<SystemRow> systems,
        boolean mayRecover)
        implements Page {
    /** What waits in the queue of one group of people. */
    public record Queue(String owner, String address, int cases, int atRisk, int overdue) {}

    /** How the orders of the last day are spread over one axis. */
    public record Axis(String name, List<Stage> stages) {}

    /** {@code share} is in per cent of the axis' orders. */
    public record Stage(String label, Tone tone, int orders, int share) {}

    /** What went through a stage in the last day, against a usual day; {@code unusual} tells where that is far from it. */
    public record Stream(String stage, long lately, Optional<Long> usual, Optional<Badge> unusual) {
        /** So few tell nothing. */
        private static final long FEW = 20;

        static Stream of(String stage, long lately, Optional<Long> usual) {
            return new Stream(stage, lately, usual, usual.flatMap(day -> unusual(lately, day)));
        }

        private static Optional<Badge> unusual(long lately, long usual) {
            if (Math.max(lately, usual) < FEW) {
                return Optional.empty();
            }
            if (lately * 2 < usual) {
                return Optional.of(new Badge("Less than half", Tone.WAITING));
            }
            return lately > usual * 2 ? Optional.of(new Badge("More than twice", Tone.WAITING)) : Optional.empty();
        }
    }

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
