package io.throughline.worker.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiReading;
import io.throughline.domain.measure.KpiScope;
import io.throughline.runtime.retailer.ServiceLevelReader;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class KpiMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T08:00:00Z");

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Map<Kpi, Double> figures =
            new EnumMap<>(Map.of(Kpi.INVENTORY_ACCURACY, 0.96, Kpi.API_PERFORMANCE, 5.0));
    private final List<KpiScope> asked = new ArrayList<>();
    private final KpiMetrics metrics = new KpiMetrics(
            registry,
            (kpi, scope) -> {
                asked.add(scope);
                Optional<Double> figure = Optional.ofNullable(figures.get(kpi));
                return new KpiReading(kpi, figure.isPresent() ? 1 : 0, figure, Map.of());
            },
            ServiceLevelReader.load(Path.of("../config"), Map.of()),
            Clock.fixed(NOW, ZoneOffset.UTC));

    @Test
    void figuresOfTheLastDayAreShownWithTheirStanding() {
        metrics.look();

        assertThat(asked)
                .hasSize(Kpi.values().length)
                .containsOnly(KpiScope.everything(Instant.parse("2026-11-25T08:00:00Z"), NOW));
        assertThat(value("throughline.kpi.ratio", Kpi.INVENTORY_ACCURACY)).isEqualTo(0.96);
        assertThat(value("throughline.kpi.at.risk.ratio", Kpi.INVENTORY_ACCURACY))
                .isEqualTo(0.97);
        assertThat(value("throughline.kpi.standing", Kpi.INVENTORY_ACCURACY)).isEqualTo(1);
        assertThat(value("throughline.kpi.seconds", Kpi.API_PERFORMANCE)).isEqualTo(5);
        assertThat(value("throughline.kpi.standing", Kpi.API_PERFORMANCE)).isEqualTo(2);
    }

    /** Alerts go by it. */
    @Test
    void theStandingNamesWhoseFigureItIs() {
        assertThat(registry.get("throughline.kpi.standing")
                        .tag("kpi", Kpi.REFUND_POSTING_COMPLETION.label())
                        .gauge()
                        .getId()
                        .getTag("owner"))
                .isEqualTo("FINANCE");
    }

    @Test
    void aFigureOfNothingIsNoNumberAndWithinItsTarget() {
        metrics.look();

        assertThat(value("throughline.kpi.seconds", Kpi.ORDER_SYNC_LATENCY)).isNaN();
        assertThat(value("throughline.kpi.standing", Kpi.ORDER_SYNC_LATENCY)).isZero();
    }

    private double value(String name, Kpi kpi) {
        return registry.get(name).tag("kpi", kpi.label()).gauge().value();
    }
}
