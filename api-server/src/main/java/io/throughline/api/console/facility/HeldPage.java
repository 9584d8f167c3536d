package io.throughline.api.console.facility;

import io.throughline.api.console.Choice;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;
import java.util.Optional;

/** What a facility keeps back of what was returned, and the form in which somebody says what has become of it. */
public record HeldPage(
        String id,
        String name,
        String address,
        List<HeldRow> rows,
        List<Choice> skus,
        List<Choice> outcomes,
        String key,
        boolean mayRelease)
        implements Page {
    public record HeldRow(
            String sku, int units, String why, String source, Optional<String> address, Optional<Moment> since) {}

    @Override
    public String template() {
        return "held";
    }

    @Override
    public String title() {
        return "Held in " + name;
    }

    @Override
    public Section section() {
        return Section.RETURNS;
    }

    /** Sent twice from one page it is one release, so that the page stays the same. */
    @Override
    public boolean live() {
        return false;
    }
}
