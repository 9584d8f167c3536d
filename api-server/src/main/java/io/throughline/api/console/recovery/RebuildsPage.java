package io.throughline.api.console.recovery;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Bar;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;
import java.util.Optional;

/** What can be made anew from the facts, and how far each last rebuild has come. */
public record RebuildsPage(List<ModelRow> models) implements Page {
    /** One read model. */
    public record ModelRow(String model, String tells, boolean mended, Optional<Last> last) {}

    /** Its last rebuild. */
    public record Last(
            Badge state,
            List<Bar> bars,
            int percent,
            long checked,
            long differed,
            long mended,
            String by,
            Moment asked,
            List<String> apart) {}

    @Override
    public String template() {
        return "rebuilds";
    }

    @Override
    public String title() {
        return "Read models";
    }

    @Override
    public Section section() {
        return Section.SYSTEMS;
    }
}
