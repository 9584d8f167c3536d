package io.throughline.api.console.returns;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;
import java.util.Optional;

/** What is printed for whoever brings something back: the return's number, its goods, and where they go. It names nobody. */
public record SlipPage(
        String id,
        String address,
        String of,
        List<Line> lines,
        List<String> words,
        Optional<String> until,
        Barcode barcode)
        implements Page {
    /** {@code note}: why it comes back, or in which condition it was found. */
    public record Line(int quantity, String title, String sku, String note) {}

    @Override
    public String template() {
        return "slip";
    }

    @Override
    public String title() {
        return "Slip " + id;
    }

    @Override
    public Section section() {
        return Section.RETURNS;
    }

    /** Paper stays as it was printed. */
    @Override
    public boolean live() {
        return false;
    }
}
