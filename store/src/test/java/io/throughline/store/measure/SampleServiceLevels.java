package io.throughline.store.measure;

import io.throughline.domain.failure.FailureCode.Owner;
import io.throughline.domain.measure.BusinessProcess;
import io.throughline.domain.measure.Contracts;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.KpiTarget;
import io.throughline.domain.measure.ServiceLevels;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** An hour for everything. */
final class SampleServiceLevels {
    private SampleServiceLevels() {}

    static ServiceLevels anHour() {
        return new ServiceLevels(
                0.8,
                Arrays.stream(BusinessProcess.values())
                        .collect(Collectors.toMap(
                                process -> process,
                                process -> new ServiceLevels.Promise(Duration.ofHours(1), Owner.SUPPORT))),
                Arrays.stream(Kpi.values()).collect(Collectors.toMap(kpi -> kpi, SampleServiceLevels::target)),
                new Contracts(Map.of(), Map.of(), Map.of()));
    }

    private static KpiTarget target(Kpi kpi) {
        return kpi.better() == Kpi.Better.HIGHER
                ? new KpiTarget(kpi, 0.9, 0.5, Owner.SUPPORT)
                : new KpiTarget(kpi, 1, 2, Owner.SUPPORT);
    }
}
