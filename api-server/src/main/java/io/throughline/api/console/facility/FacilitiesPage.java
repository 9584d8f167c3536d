package io.throughline.api.console.facility;

import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;

/** All facilities. */
public record FacilitiesPage(List<FacilityRow> facilities, int paused) implements Page {
    @Override
    public String template() {
        return "facilities";
    }

    @Override
    public String title() {
        return "Facilities";
    }

    @Override
    public Section section() {
        return Section.FACILITIES;
    }
}
