package io.throughline.api.console.facility;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;
import java.util.Optional;

/** Where somebody tells what they have counted in a facility, and what it led to. */
public record CountPage(FacilityRow facility, String name, String lines, List<CountedRow> outcome) implements Page {
    /** What the count of one SKU led to. */
    public record CountedRow(
            String sku, String address, Badge verdict, String meaning, String change, Optional<String> caseId) {}

    @Override
    public String template() {
        return "count";
    }

    @Override
    public String title() {
        return "Count in " + facility.name();
    }

    @Override
    public Section section() {
        return Section.FACILITIES;
    }

    /** What somebody types is nothing that could be kept up to date. */
    @Override
    public boolean live() {
        return false;
    }
}
