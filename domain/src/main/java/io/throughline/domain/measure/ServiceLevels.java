package io.throughline.domain.measure;

import io.throughline.domain.failure.FailureCode.Owner;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** What was promised: for each business process a time, and for each figure its bounds; and whose business each contract with others is. */
public record ServiceLevels(
        double atRiskAt, Map<BusinessProcess, Promise> processes, Map<Kpi, KpiTarget> kpis, Contracts contracts) {
    public ServiceLevels {
        processes = Map.copyOf(processes);
        kpis = Map.copyOf(kpis);
        if (!(atRiskAt > 0 && atRiskAt < 1)) {
            throw new IllegalArgumentException(
                    "the share of its time at which something is at risk is between 0 and 1");
        }
        for (BusinessProcess process : BusinessProcess.values()) {
            if (!processes.containsKey(process)) {
                throw new IllegalArgumentException("nothing is promised for " + process);
            }
        }
        for (Kpi kpi : Kpi.values()) {
            if (!kpis.containsKey(kpi)) {
                throw new IllegalArgumentException("there is no target for " + kpi);
            }
        }
    }

    /** Within which time it ends, and whose business it is when it does not. */
    public record Promise(Duration within, Owner owner) {}

    public Promise of(BusinessProcess process) {
        return Optional.ofNullable(processes.get(process)).orElseThrow();
    }

    public KpiTarget of(Kpi kpi) {
        return Optional.ofNullable(kpis.get(kpi)).orElseThrow();
    }

    public Standing standing(BusinessProcess process, Duration age) {
        Duration within = of(process).within();
        if (age.compareTo(within) >= 0) {
            return Standing.BREACHED;
        }
        return age.toMillis() >= atRiskAt * within.toMillis() ? Standing.AT_RISK : Standing.WITHIN;
    }
}
