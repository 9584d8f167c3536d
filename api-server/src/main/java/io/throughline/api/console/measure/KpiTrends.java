package io.throughline.api.console.measure;

import io.throughline.api.console.ReadBeside;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import io.throughline.domain.measure.Kpis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The figures of the last 24 hours and of each of the last days. Reading them takes longer than anybody waits for a page, so it is done
 * beside, when somebody asks for what is older than a minute; days that are over are read again once an hour, for what belongs to them still
 * comes to its end.
 */
public final class KpiTrends {
    static final int DAYS = 14;

    private static final Duration FRESH = Duration.ofMinutes(1);
    private static final Duration FRESH_DAY = Duration.ofHours(1);

    private final Kpis kpis;
    private final ReadBeside<Trends> trends;
    private final Map<Day, Read> days = new ConcurrentHashMap<>();

    public KpiTrends(Kpis kpis, Clock clock) {
        this.kpis = kpis;
        this.trends = new ReadBeside<>("figures", this::read, FRESH, clock);
    }

    /** All figures, as of one moment. */
    record Trends(Instant at, List<Trend> all) {}

    /** One figure of the last 24 hours, and of each day up to yesterday. */
    record Trend(KpiReading now, List<Point> days) {}

    /** The figure of one day, from midnight to midnight UTC. */
    record Point(Instant day, Optional<Double> figure) {}

    private record Day(Kpi kpi, Instant begin) {}

    private record Read(Instant at, Point point) {}

    /** What was read last; empty while the first reading is under way. */
    Optional<Trends> latest() {
        return trends.latest();
    }

    boolean failing() {
        return trends.failing();
    }

    private Trends read(Instant now) {
        List<Trend> all = new ArrayList<>();
        for (Kpi kpi : Kpi.values()) {
            all.add(new Trend(kpis.read(kpi, KpiScope.everything(now.minus(Duration.ofDays(1)), now)), days(kpi, now)));
        }
        Instant oldest = now.truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(DAYS));
        days.keySet().removeIf(day -> day.begin().isBefore(oldest));
        return new Trends(now, all);
    }

    private List<Point> days(Kpi kpi, Instant now) {
        List<Point> points = new ArrayList<>();
        Instant today = now.truncatedTo(ChronoUnit.DAYS);
        for (int back = DAYS; back > 0; back--) {
            Day day = new Day(kpi, today.minus(Duration.ofDays(back)));
            points.add(days.compute(
                            day,
                            (key, known) ->
                                    known != null && known.at().plus(FRESH_DAY).isAfter(now)
                                            ? known
                                            : new Read(now, point(key)))
                    .point());
        }
        return points;
    }

    private Point point(Day day) {
        KpiScope scope = KpiScope.everything(day.begin(), day.begin().plus(Duration.ofDays(1)));
        return new Point(day.begin(), kpis.read(day.kpi(), scope).figure());
    }
}
