package io.throughline.domain.measure;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A figure of a period: {@code measured} things were looked at, and of none there is no figure. {@code parts} are the numbers that it is
 * made of, and what says more about it.
 */
public record KpiReading(Kpi kpi, long measured, Optional<Double> figure, Map<String, Double> parts) {
    public KpiReading {
        parts = Collections.unmodifiableMap(new LinkedHashMap<>(parts));
        if (measured == 0 && figure.isPresent()) {
            throw new IllegalArgumentException(kpi + " of nothing has no figure");
        }
    }

    public static KpiReading share(Kpi kpi, long some, long all, Map<String, Double> parts) {
        return new KpiReading(kpi, all, all == 0 ? Optional.empty() : Optional.of((double) some / all), parts);
    }
}
