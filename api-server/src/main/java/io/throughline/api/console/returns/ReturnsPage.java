package io.throughline.api.console.returns;

import io.throughline.api.console.Choice;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;

/** The newest returns, or those of somebody's stores; {@code places} are the addresses of what is held in these. */
public record ReturnsPage(List<ReturnRow> returns, boolean mayScan, boolean forStore, List<Choice> places)
        implements Page {
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
