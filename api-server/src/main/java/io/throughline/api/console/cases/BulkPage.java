package io.throughline.api.console.cases;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.Map;
import java.util.Optional;

/** One decision about many cases, while it is carried out and after. */
public record BulkPage(BulkRow row, Optional<String> note, Map<String, String> amendment, boolean mayStop)
        implements Page {
    @Override
    public String template() {
        return "bulk";
    }

    @Override
    public String title() {
        return row.id() + " " + row.action();
    }

    @Override
    public Section section() {
        return Section.CASES;
    }
}
