package io.throughline.api.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.http.Links;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.trace.StepAttempt;
import io.throughline.domain.trace.TraceEntry;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class TraceProcessesTest {
    private static final Links LINKS =
            new Links(URI.create("http://api.example"), URI.create("http://temporal.example"), "default");
    private static final OrderKey ORDER = new OrderKey(AccountId.of("northwind"), "1501");

    @Test
    void anEntryLeadsToTheProcessOfItsOrder() {
        assertThat(ofOrder(Map.of("from", "RECEIVED"))).contains("order/northwind/1501");
        assertThat(TraceProcesses.ofOrder(ORDER, LINKS)
                        .of(entry("O-7K2M9Q4XTA", Map.of()))
                        .orElseThrow()
                        .link())
                .hasToString("http://temporal.example/namespaces/default/workflows/order%2Fnorthwind%2F1501");
    }

    @Test
    void orToThatOfTheReturnOrRerouteThatItNames() {
        assertThat(ofOrder(Map.of("return", "O-7K2M9Q4XTA-R1"))).contains("return/northwind/O-7K2M9Q4XTA-R1");
        assertThat(ofOrder(Map.of("work", "O-7K2M9Q4XTA-F1", "reroute", "O-7K2M9Q4XTA-F1-2")))
                .contains("reroute/O-7K2M9Q4XTA-F1/2");
        assertThat(ofOrder(Map.of("return", "none of ours"))).contains("order/northwind/1501");
    }

    @Test
    void whatAReturnAsksASystemForIsOfItsProcess() {
        assertThat(ofOrder(Map.of("effect", effect("O-7K2M9Q4XTA-R2")))).contains("return/northwind/O-7K2M9Q4XTA-R2");
        assertThat(ofOrder(Map.of("effect", effect("O-7K2M9Q4XTA-F1")))).contains("order/northwind/1501");
    }

    @Test
    void othersHaveOneIfTheirSubjectHas() {
        assertThat(ofNoOrder("RC-7K2M9Q4XTA")).contains("counter-return/RC-7K2M9Q4XTA");
        assertThat(ofNoOrder("store-day/ST-HARBOR/2026-11-23")).contains("store-day/ST-HARBOR/2026-11-23");
        assertThat(ofNoOrder("transfer/T-7K2M9Q4XTA")).isEmpty();
    }

    @Test
    void whatAStepHasWrittenLeadsToItsRun() {
        UUID run = UUID.fromString("0198c2f0-0000-7000-8000-000000000001");
        TraceEntry written = new TraceEntry(
                "O-7K2M9Q4XTA",
                1,
                Instant.EPOCH,
                "test.kind",
                "told",
                Map.of("return", "O-7K2M9Q4XTA-R1"),
                "hash",
                Optional.of(new StepAttempt(ORDER.workflowId(), run, "a-7")));

        TraceView.ProcessLink link =
                TraceProcesses.ofOrder(ORDER, LINKS).of(written).orElseThrow();

        assertThat(link.workflowId()).isEqualTo("order/northwind/1501");
        assertThat(link.link())
                .hasToString("http://temporal.example/namespaces/default/workflows/order%2Fnorthwind%2F1501/" + run
                        + "/history");
        assertThat(link.runId()).contains(run.toString());
        assertThat(link.activityId()).contains("a-7");
        assertThat(link.event()).as("nobody has looked it up yet").isEmpty();
        assertThat(link.eventLink()).isEmpty();
    }

    @Test
    void andToTheStepsEventOnceThatIsKnown() {
        UUID run = UUID.fromString("0198c2f0-0000-7000-8000-000000000001");
        TraceEntry written = new TraceEntry(
                "O-7K2M9Q4XTA",
                1,
                Instant.EPOCH,
                "test.kind",
                "told",
                Map.of(),
                "hash",
                Optional.of(new StepAttempt(ORDER.workflowId(), run, "a-7")),
                Optional.of(17L));

        TraceView.ProcessLink link =
                TraceProcesses.ofOrder(ORDER, LINKS).of(written).orElseThrow();

        assertThat(link.event()).contains(17L);
        assertThat(link.eventLink().orElseThrow())
                .hasToString("http://temporal.example/namespaces/default/workflows/order%2Fnorthwind%2F1501/" + run
                        + "/history/events/17");
    }

    private static String effect(String subject) {
        return new EffectKey(AccountId.of("shopify-northwind"), subject, "refund", 1).toString();
    }

    private static Optional<String> ofOrder(Map<String, String> detail) {
        return TraceProcesses.ofOrder(ORDER, LINKS)
                .of(entry("O-7K2M9Q4XTA", detail))
                .map(TraceView.ProcessLink::workflowId);
    }

    private static Optional<String> ofNoOrder(String subject) {
        return TraceProcesses.of(LINKS).of(entry(subject, Map.of())).map(TraceView.ProcessLink::workflowId);
    }

    private static TraceEntry entry(String subject, Map<String, String> detail) {
        return new TraceEntry(subject, 1, Instant.EPOCH, "test.kind", "told", detail, "hash", Optional.empty());
    }
}
