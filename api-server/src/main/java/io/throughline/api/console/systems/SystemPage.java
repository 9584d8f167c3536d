package io.throughline.api.console.systems;

import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;
import java.util.Optional;

/** One system: how it is asked, who has said so, and the switch. */
public record SystemPage(
        SystemRow row,
        PaceRow pace,
        Optional<SayingRow> pause,
        Optional<String> rate,
        Optional<SayingRow> limit,
        List<ActRow> acts,
        List<RefusedRow> refused,
        boolean maySwitch)
        implements Page {
    /** Who has said something, when and why. */
    public record SayingRow(String by, String reason, Moment at) {}

    /** One thing that was said. */
    public record ActRow(String what, SayingRow said) {}

    /** One thing that it says of a product of which another system has the say. */
    public record RefusedRow(String sku, String page, String about, String says, String counts, Moment since) {}

    @Override
    public String template() {
        return "system";
    }

    @Override
    public String title() {
        return row.account();
    }

    @Override
    public Section section() {
        return Section.SYSTEMS;
    }
}
