package io.throughline.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.DefaultConfigurationFactoryFactory;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.temporal.common.WorkerDeploymentVersion;
import io.throughline.connectors.subscribers.AddressRules;
import io.throughline.domain.finance.Erp;
import io.throughline.runtime.TracingSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class WorkerConfigurationTest {
    private static final String QUEUES = "queues: { orders: { slots: 1 } }\n";

    @TempDir
    Path directory = Path.of("");

    @Test
    void theCommittedFileLimitsWhatItSendsToOutsideSystems() throws IOException, ConfigurationException {
        Map<String, QueueSettings> queues =
                read(Files.readString(Path.of("../config/worker.yml"))).queues();

        assertThat(queues).containsOnlyKeys("orders", "shopify", "pos", "erp", "messaging", "carrier", "marketplace");
        assertThat(queues).containsEntry("orders", new QueueSettings(50, 0));
        queues.forEach((queue, settings) ->
                assertThat(settings.perSecond() > 0).as(queue).isEqualTo(!queue.equals("orders")));
    }

    @Test
    void theCommittedFileTriesToDeliverForHours() throws IOException, ConfigurationException {
        WorkerConfiguration committed = read(Files.readString(Path.of("../config/worker.yml")));

        assertThat(committed.events().schedule().waits()).hasSize(9).isSorted();
        assertThat(committed.events().schedule().waitAfter(9)).isEmpty();
        assertThat(committed.subscribers()).isEqualTo(new AddressRules(Set.of(443, 8443), false));
    }

    @Test
    void aQueueMayHaveAFractionOfACallASecond() throws IOException, ConfigurationException {
        assertThat(read("queues: { erp: { slots: 1, perSecond: 0.5 } }").queues())
                .containsEntry("erp", new QueueSettings(1, 0.5));
    }

    @Test
    void theErpMayTakeAsLongAsItsConnectorAllows() throws IOException, ConfigurationException {
        assertThat(read(Files.readString(Path.of("../config/worker.yml"))).longestErpChange())
                .isEqualTo(Erp.LONGEST_CHANGE);
        assertThat(read(QUEUES + "longestErpChange: 30 seconds").longestErpChange())
                .hasSeconds(30);
    }

    @Test
    void aStepIsTriedQuicklyForTwoMinutes() throws IOException, ConfigurationException {
        assertThat(read(Files.readString(Path.of("../config/worker.yml"))).quickPhase())
                .hasMinutes(2);
        assertThat(read(QUEUES + "quickPhase: 20 seconds").quickPhase()).hasSeconds(20);
    }

    @Test
    void whatNobodyTellsOfCountsAsDeliveredAfterDays() throws IOException, ConfigurationException {
        assertThat(read(Files.readString(Path.of("../config/worker.yml"))).takeAsDeliveredAfter())
                .hasDays(30);
        assertThat(read(QUEUES + "takeAsDeliveredAfter: 10 days").takeAsDeliveredAfter())
                .hasDays(10);
        assertThatThrownBy(() -> read(QUEUES + "takeAsDeliveredAfter: 1 hour"))
                .isInstanceOf(ConfigurationException.class);
    }

    @Test
    void nothingIsTracedUnlessACollectorIsNamed() throws IOException, ConfigurationException {
        assertThat(read(Files.readString(Path.of("../config/worker.yml"))).otel())
                .isEqualTo(TracingSettings.none());
        assertThat(read(QUEUES + "otel: { endpoint: 'http://127.0.0.1:4318', share: 0.1 }")
                        .otel())
                .isEqualTo(new TracingSettings("http://127.0.0.1:4318", 0.1));
    }

    @Test
    void withoutADeploymentAnyWorkerDoesAnyTask() throws IOException, ConfigurationException {
        assertThat(read(QUEUES + "deployment: { name: '', build: '' }")
                        .deployment()
                        .toOptions())
                .isEmpty();
    }

    @Test
    void aBuildOfADeploymentIsToldToTemporal() throws IOException, ConfigurationException {
        assertThat(read(QUEUES + "deployment: { name: throughline, build: '1.4.2' }")
                        .deployment()
                        .toOptions())
                .get()
                .satisfies(options -> {
                    assertThat(options.isUsingVersioning()).isTrue();
                    assertThat(options.getVersion()).isEqualTo(new WorkerDeploymentVersion("throughline", "1.4.2"));
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "queues: {}",
                "queues: { erp: 25 }",
                QUEUES + "events: { lanes: 0, parallel: 1, retryAfter: [] }",
                QUEUES + "retention: { stockWords: 30 days, events: 90 days, requests: 90 days }",
                QUEUES + "erpStock: { soonest: 3s, latest: 1m }",
                QUEUES + "subscribers: { ports: [443], loopbak: true }",
                "queues: { erp: { perSecond: 5 } }",
                "queues: { erp: { slots: 0 } }",
                "queues: { erp: { slots: 501 } }",
                "queues: { erp: { slots: 1, perSecond: -1 } }",
                "queues: { erp: { slots: 1, perMinute: 5 } }",
                QUEUES + "quickPhase: 9 seconds",
                QUEUES + "quickPhase: 4 minutes",
                QUEUES + "longestErpChange: 29 seconds",
                QUEUES + "longestErpChange: 131 seconds",
                QUEUES + "otel: { endpoint: 'collector:4318', share: 1 }",
                QUEUES + "otel: { endpoint: 'http://127.0.0.1:4318' }",
                QUEUES + "otel: { endpoint: 'http://127.0.0.1:4318', share: 2 }",
                QUEUES + "deployment: { name: throughline, build: '' }",
                QUEUES + "deployment: { name: '', build: '1.4.2' }"
            })
    void whatMakesNoSenseFailsTheStart(String yaml) {
        assertThatThrownBy(() -> read(yaml)).isInstanceOf(ConfigurationException.class);
    }

    private WorkerConfiguration read(String yaml) throws IOException, ConfigurationException {
        Path file = Files.writeString(directory.resolve("worker.yml"), yaml);
        return new DefaultConfigurationFactoryFactory<WorkerConfiguration>()
                .create(WorkerConfiguration.class, Validators.newValidator(), Jackson.newObjectMapper(), "none")
                .build(
                        new SubstitutingSourceProvider(
                                new FileConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)),
                        file.toString());
    }
}
