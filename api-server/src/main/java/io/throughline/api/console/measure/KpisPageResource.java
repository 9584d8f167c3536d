package io.throughline.api.console.measure;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.console.Badge;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Pages;
import io.throughline.api.console.Tone;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.measure.KpiTrends.Point;
import io.throughline.api.console.measure.KpiTrends.Trend;
import io.throughline.api.console.measure.KpiTrends.Trends;
import io.throughline.api.console.measure.KpisPage.DayRow;
import io.throughline.api.console.measure.KpisPage.Figure;
import io.throughline.api.console.measure.KpisPage.Part;
import io.throughline.domain.access.Role;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiTarget;
import io.throughline.domain.measure.ServiceLevels;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** The figures by which the business is led. */
@Path("/console/kpis")
@ForPeople
@Hidden
public final class KpisPageResource {
    private static final Pattern HUMP = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])");

    private final KpiTrends trends;
    private final ServiceLevels levels;
    private final Pages pages;

    public KpisPageResource(KpiTrends trends, ServiceLevels levels, Pages pages) {
        this.trends = trends;
        this.levels = levels;
        this.pages = pages;
    }

    @GET
    @Allow({Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN})
    public Response show(@Context ContainerRequestContext request) {
        Optional<Trends> known = trends.latest();
        Moments moments = pages.moments();
        KpisPage page = new KpisPage(
                known.map(Trends::at).map(moments::of),
                known.map(Trends::all).orElse(List.of()).stream()
                        .map(this::figure)
                        .toList(),
                KpiTrends.DAYS,
                trends.failing());
        return pages.show(page, Visit.of(request));
    }

    private Figure figure(Trend trend) {
        Kpi kpi = trend.now().kpi();
        KpiTarget target = levels.of(kpi);
        String name = Words.of(kpi);
        return new Figure(
                kpi.label(),
                name,
                trend.now().figure().map(figure -> words(kpi, figure)).orElse("–"),
                trend.now()
                        .figure()
                        .map(target::standing)
                        .map(Badge::of)
                        .orElseGet(() -> new Badge("Nothing measured", Tone.QUIET)),
                trend.now().measured(),
                (kpi.better() == Kpi.Better.HIGHER ? "above " : "below ") + words(kpi, target.atRisk()),
                trend.now().parts().entrySet().stream()
                        .map(part -> part(part.getKey(), part.getValue()))
                        .toList(),
                plot(trend, target, name),
                trend.days().stream()
                        .map(point -> new DayRow(
                                day(point),
                                point.figure().map(figure -> words(kpi, figure)).orElse("–")))
                        .toList());
    }

    private static Plot plot(Trend trend, KpiTarget target, String name) {
        List<Plot.Day> days = new ArrayList<>();
        for (Point point : trend.days()) {
            days.add(drawn(day(point), point.figure(), target));
        }
        days.add(drawn("last 24 hours", trend.now().figure(), target));
        return Plot.of(
                days,
                target.atRisk(),
                target.breached(),
                name + " of the last " + trend.days().size() + " days");
    }

    private static Plot.Day drawn(String label, Optional<Double> figure, KpiTarget target) {
        double value = figure.orElse(0.0);
        Tone tone = figure.map(target::standing).map(Tone::of).orElse(Tone.QUIET);
        return new Plot.Day(label, value, figure.isPresent(), tone, words(target.kpi(), value));
    }

    private static String day(Point point) {
        return point.day().toString().substring(0, 10);
    }

    private static String words(Kpi kpi, double figure) {
        return switch (kpi.unit()) {
            case RATIO -> String.format(Locale.ROOT, "%.1f %%", figure * 100);
            case SECONDS -> seconds(figure);
        };
    }

    private static String seconds(double seconds) {
        if (!Double.isFinite(seconds)) {
            return "longer than is measured";
        }
        if (seconds < 120) {
            return number(seconds) + " s";
        }
        return Moments.length(Duration.ofSeconds((long) seconds));
    }

    private static String number(double value) {
        return new BigDecimal(value, new MathContext(3)).stripTrailingZeros().toPlainString();
    }

    /** {@code medianSeconds} is "Median", told as seconds. */
    private static Part part(String name, double value) {
        boolean seconds = name.endsWith("Seconds");
        String plain = seconds ? name.substring(0, name.length() - "Seconds".length()) : name;
        String words = Words.of(HUMP.matcher(plain).replaceAll(" "));
        return new Part(words, seconds ? seconds(value) : Double.isFinite(value) ? number(value) : "–");
    }
}
