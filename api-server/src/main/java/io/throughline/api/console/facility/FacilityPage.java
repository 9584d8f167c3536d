package io.throughline.api.console.facility;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Choice;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;
import java.util.Optional;

/** One facility: what it has to do, and the switch that keeps more from it. */
public record FacilityPage(
        FacilityRow row,
        Optional<PauseRow> pause,
        List<WorkRow> work,
        boolean more,
        boolean mayPause,
        List<Choice> openWork,
        List<Choice> lengths)
        implements Page {
    public record PauseRow(String by, String openWork, Optional<Moment> until) {}

    /** Work for one order; {@code customer} as far as whoever looks may know. */
    public record WorkRow(
            String id,
            String order,
            String orderAddress,
            String method,
            Badge state,
            String units,
            String customer,
            Optional<Moment> arrived,
            String spot,
            Optional<Moment> deadline,
            boolean late,
            String tracking,
            String held) {}

    @Override
    public String template() {
        return "facility";
    }

    @Override
    public String title() {
        return row.name();
    }

    @Override
    public Section section() {
        return Section.FACILITIES;
    }
}
