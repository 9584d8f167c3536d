package io.throughline.api.console.returns;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;

/** The newest returns. */
public record ReturnsPage(List<ReturnRow> returns) implements Page {
    @Override
    public String template() {
        return "returns";
    }

    @Override
    public String title() {
        return "Returns";
    }

    @Override
    public Section section() {
        return Section.RETURNS;
    }
}
