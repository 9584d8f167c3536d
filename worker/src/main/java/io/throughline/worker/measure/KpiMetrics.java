package io.throughline.worker.measure;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiScope;
import io.throughline.domain.measure.Kpis;
import io.throughline.domain.measure.ServiceLevels;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/**
 * Each figure of the last 24 hours, to be plotted, with how it stands to its target: 0 within, 1 at risk, 2 breached. A figure of nothing is
 * not a number, and within.
 */
public final class KpiMetrics {
    private static final Duration WINDOW = Duration.ofHours(24);

    private final Kpis kpis;
    private final ServiceLevels levels;
    private final Clock clock;
    private final Map<Kpi, Double> figures = new ConcurrentHashMap<>();

    public KpiMetrics(MeterRegistry registry, Kpis kpis, ServiceLevels levels, Clock clock) {
        this.kpis = kpis;
        this.levels = levels;
        this.clock = clock;
        for (Kpi kpi : Kpi.values()) {
            String unit = kpi.unit().name().toLowerCase(Locale.ROOT);
            gauge(registry, "throughline.kpi." + unit, "A figure of the last 24 hours", kpi, this::figure);
            gauge(
                    registry,
                    "throughline.kpi.at.risk." + unit,
                    "From where on the figure is at risk",
                    kpi,
                    each -> levels.of(each).atRisk());
            gauge(
                    registry,
                    "throughline.kpi.breached." + unit,
                    "From where on what was promised is broken",
                    kpi,
                    each -> levels.of(each).breached());
            Gauge.builder("throughline.kpi.standing", kpi, this::standing)
                    .description("How the figure stands to its target: 0 within, 1 at risk, 2 breached")
                    .tag("kpi", kpi.label())
                    .tag("owner", levels.of(kpi).owner().name())
                    .strongReference(true)
                    .register(registry);
        }
    }

    /** Reads every figure anew. */
    public void look() {
        Instant now = clock.instant();
        KpiScope scope = KpiScope.everything(now.minus(WINDOW), now);
        for (Kpi kpi : Kpi.values()) {
            figures.put(kpi, kpis.read(kpi, scope).figure().orElse(Double.NaN));
        }
    }

    private double figure(Kpi kpi) {
        return figures.getOrDefault(kpi, Double.NaN);
    }

    private double standing(Kpi kpi) {
        double figure = figure(kpi);
        return Double.isNaN(figure)
                ? 0
                : switch (levels.of(kpi).standing(figure)) {
                    case WITHIN -> 0;
                    case AT_RISK -> 1;
                    case BREACHED -> 2;
                };
    }

    private static void gauge(
            MeterRegistry registry, String name, String description, Kpi kpi, ToDoubleFunction<Kpi> value) {
        Gauge.builder(name, kpi, value)
                .description(description)
                .tag("kpi", kpi.label())
                .strongReference(true)
                .register(registry);
    }
}
