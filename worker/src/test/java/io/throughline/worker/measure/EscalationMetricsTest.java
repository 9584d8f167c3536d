package io.throughline.worker.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.CaseFiles.Escalated;
import io.throughline.runtime.retailer.Retailer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EscalationMetricsTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<Escalated> late = new ArrayList<>();
    private final EscalationMetrics metrics = new EscalationMetrics(
            registry,
            () -> late,
            Retailer.load(Path.of("../config"), Map.of()).casePolicies(),
            Clock.fixed(Instant.parse("2026-11-26T08:00:00Z"), ZoneOffset.UTC));

    @Test
    void eachGroupSeesWhatItIsToHearOf() {
        late.add(new Escalated(FailureCode.ERP_REJECTED, 1, 3));
        late.add(new Escalated(FailureCode.ERP_REJECTED, 2, 2));
        late.add(new Escalated(FailureCode.NO_FACILITY, 1, 4));

        metrics.look();

        assertThat(of("CONTROLLER")).isEqualTo(5);
        assertThat(of("SUPPORT_LEAD")).isEqualTo(4);
        assertThat(of("OPERATIONS")).as("who hears last, of two of them").isEqualTo(2);
        assertThat(of("IT_ON_CALL")).as("nobody is late there").isZero();

        late.clear();
        metrics.look();
        assertThat(of("CONTROLLER")).isZero();
    }

    private double of(String group) {
        return registry.get("throughline.cases.escalated")
                .tag("group", group)
                .gauge()
                .value();
    }
}
