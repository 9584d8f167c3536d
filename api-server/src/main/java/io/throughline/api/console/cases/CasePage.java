package io.throughline.api.console.cases;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Choice;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import io.throughline.api.intervention.CaseView.ChangeView;
import io.throughline.api.intervention.CaseView.DecisionView;
import java.util.List;
import java.util.Optional;

/** One case: what stopped, what may be decided by whoever looks at it, who works on it, and what its runbook says. */
public record CasePage(
        CaseRow row,
        String says,
        Optional<DriftSides> sides,
        Care care,
        String system,
        boolean refusedOutside,
        Optional<Refusal> refusal,
        List<EffectRow> effects,
        DecisionForm form,
        Optional<Amending> amending,
        Elsewhere elsewhere,
        Optional<DecisionView> proposal,
        Optional<DecisionView> decision,
        Optional<Moment> decidedAt,
        Optional<Moment> closedAt,
        List<Happening> history,
        int alike,
        String causeAddress,
        Optional<String> processAddress,
        String runbook,
        String runbookAddress)
        implements Page {
    /** What people do about it beside deciding, and what whoever looks at it may do. */
    public record Care(
            Badge clock,
            Optional<String> assignee,
            boolean mine,
            Optional<Moment> snoozedUntil,
            Optional<String> ownerContact,
            Optional<String> escalatedTo,
            Optional<String> escalationContact,
            Optional<String> stake,
            boolean may,
            boolean open,
            boolean closed,
            List<Choice> sleeps) {}

    /** What would change by an amendment that is kept, for whoever may decide so. */
    public record Amending(String id, List<ChangeView> changes, boolean address) {}

    /** Something that happened to it. */
    public record Happening(Moment at, String kind, String summary, Optional<String> words) {}

    @Override
    public String template() {
        return "case";
    }

    @Override
    public String title() {
        return row.id() + " " + row.cause();
    }

    @Override
    public Section section() {
        return Section.CASES;
    }
}
