package io.throughline.worker.measure;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.throughline.domain.intervention.CaseFiles.Escalated;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.CasePolicy;
import io.throughline.domain.intervention.OwnerGroup;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Open cases that are late, by each group that is to hear of them: the alert that goes by it reaches those people. */
public final class EscalationMetrics {
    private final Supplier<List<Escalated>> cases;
    private final CasePolicies policies;
    private final Clock clock;
    private final MultiGauge escalated;

    /** {@code cases}: those of which somebody has heard, as {@link io.throughline.domain.intervention.CaseFiles#escalated} gives them. */
    public EscalationMetrics(
            MeterRegistry registry, Supplier<List<Escalated>> cases, CasePolicies policies, Clock clock) {
        this.cases = cases;
        this.policies = policies;
        this.clock = clock;
        this.escalated = MultiGauge.builder("throughline.cases.escalated")
                .description("Open cases that are late, by the group that is to hear of them")
                .register(registry);
    }

    /** A group that has nothing to hear of is shown, too: what is not there can't be told from what is not asked. */
    public void look() {
        CasePolicy policy = policies.at(clock.instant());
        Map<String, Integer> told = new TreeMap<>();
        policy.escalatedTo().forEach(group -> told.put(group, 0));
        cases.get()
                .forEach(late -> policy.told(late.code(), late.groups()).stream()
                        .map(OwnerGroup::name)
                        .forEach(group -> told.merge(group, late.cases(), Integer::sum)));
        escalated.register(
                told.entrySet().stream()
                        .<Row<?>>map(group -> Row.of(Tags.of("group", group.getKey()), group.getValue()))
                        .collect(Collectors.toList()),
                true);
    }
}
