package io.throughline.api.console.policy;

import io.throughline.api.console.Choice;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import io.throughline.api.routing.RoutingTrialView;
import java.util.List;
import java.util.Optional;

/** The routing policy in force, and what another one would have made of recorded orders. */
public record TrialPage(
        String policy,
        String rules,
        List<Put> put,
        boolean mayTry,
        String candidate,
        List<Choice> windows,
        List<Choice> promises,
        Optional<Result> result)
        implements Page {
    /** That a version was put in force: who wanted it and why, and by whose key it was asked for. */
    public record Put(Moment at, String version, String kind, String author, String actor, String comment) {}

    /** Two policies side by side; {@code bars} are in thousandths of the greatest load. */
    public record Result(RoutingTrialView trial, List<Figure> figures, List<Load> loads) {}

    public record Figure(String name, String active, String candidate) {}

    public record Load(String facility, long active, long candidate, int activeBar, int candidateBar) {}

    @Override
    public String template() {
        return "trial";
    }

    @Override
    public String title() {
        return "Routing";
    }

    @Override
    public Section section() {
        return Section.POLICIES;
    }

    /** A trial is of what was recorded by then. */
    @Override
    public boolean live() {
        return false;
    }
}
