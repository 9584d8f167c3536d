package io.throughline.api.console.returns;

import io.throughline.api.console.Choice;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;
import java.util.Optional;

/** Where somebody scans what a customer brings, and takes goods of it back. It names nobody. */
public record ScanPage(String id, Optional<Found> found, List<Choice> stores, Optional<Preview> preview)
        implements Page {
    /** The order that belongs to what was scanned. */
    public record Found(
            String order, String name, List<Line> lines, List<ReturnRow> returns, String key, boolean mayAuthorise) {}

    /** {@code units} and {@code grade} are what the fields say before somebody changes them. */
    public record Line(
            int number,
            String title,
            String sku,
            int handedOver,
            int returnable,
            String units,
            List<Choice> reasons,
            String grade) {}

    /** What would become of it, and why not. */
    public record Preview(String total, String to, boolean secondPerson, List<String> steps, List<String> refusals) {}

    @Override
    public String template() {
        return "scan";
    }

    @Override
    public String title() {
        return "Scan for a return";
    }

    @Override
    public Section section() {
        return Section.RETURNS;
    }

    /** What somebody types is nothing that could be kept up to date. */
    @Override
    public boolean live() {
        return false;
    }
}
