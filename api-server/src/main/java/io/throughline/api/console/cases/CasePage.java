package io.throughline.api.console.cases;

import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import io.throughline.api.intervention.CaseView.DecisionView;
import java.util.List;
import java.util.Optional;

/** One case: what stopped, what may be decided by whoever looks at it, and what its runbook says. */
public record CasePage(
        CaseRow row,
        String system,
        boolean refusedOutside,
        List<EffectRow> effects,
        List<Choice> choices,
        List<Amendment> amendments,
        List<String> others,
        Optional<DecisionView> proposal,
        Optional<DecisionView> decision,
        Optional<Moment> decidedAt,
        Optional<Moment> closedAt,
        int alike,
        String alikeAddress,
        Optional<String> processAddress,
        String runbook,
        String runbookAddress)
        implements Page {
    /** Something that may be decided, in the words of whom it concerns. */
    public record Choice(String action, String label, String meaning) {}

    /** A value that may be amended with AMEND_AND_RETRY. */
    public record Amendment(String key, String label, String rule) {}

    public boolean open() {
        return !choices.isEmpty() || !others.isEmpty();
    }

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
