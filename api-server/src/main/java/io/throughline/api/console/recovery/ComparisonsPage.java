package io.throughline.api.console.recovery;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;
import java.util.Optional;

/** Comparisons of accounts with what we know, and what the one that somebody looks at has found. */
public record ComparisonsPage(List<AccountRow> accounts, Optional<Comparison> comparison) implements Page {
    /** One account that can be compared. */
    public record AccountRow(String account, String address, Optional<Moment> completeUpTo) {}

    /** What was found: {@code unlisted} of it beside the repairs that stand here. */
    public record Comparison(
            String account,
            Badge state,
            Optional<Moment> asked,
            int found,
            int handled,
            int unlisted,
            List<RepairRow> repairs) {}

    /** One thing that was missed. */
    public record RepairRow(String subject, String address, String topic, Moment found, Badge state) {}

    @Override
    public String template() {
        return "comparisons";
    }

    @Override
    public String title() {
        return "Comparisons";
    }

    @Override
    public Section section() {
        return Section.SYSTEMS;
    }
}
