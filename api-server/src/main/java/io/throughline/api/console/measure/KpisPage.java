package io.throughline.api.console.measure;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Page;
import io.throughline.api.console.Section;
import java.util.List;
import java.util.Optional;

/** The figures of the last 24 hours, each with its target and its last days; empty while they are being read. {@code failing}: they can't be. */
public record KpisPage(Optional<Moment> readAt, List<Figure> figures, int days, boolean failing) implements Page {
    public record Figure(
            String id,
            String name,
            String figure,
            Badge standing,
            long measured,
            String target,
            List<Part> parts,
            Plot plot,
            List<DayRow> table) {}

    /** A number that the figure is made of, or that says more about it. */
    public record Part(String name, String value) {}

    public record DayRow(String day, String figure) {}

    @Override
    public String template() {
        return "kpis";
    }

    @Override
    public String title() {
        return "KPIs";
    }

    @Override
    public Section section() {
        return Section.FIGURES;
    }
}
