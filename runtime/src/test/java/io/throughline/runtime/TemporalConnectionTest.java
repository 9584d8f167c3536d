package io.throughline.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporalConnectionTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void opensWithoutAServer() {
        try (Metrics metrics = new Metrics("worker");
                TemporalConnection connection = TemporalConnection.open(
                        Map.of("TEMPORAL_ADDRESS", "127.0.0.1:1", "TEMPORAL_NAMESPACE", "shops"), metrics.registry())) {
            assertThat(connection.stubs().getOptions().getTarget()).isEqualTo("127.0.0.1:1");
            assertThat(connection.client().getOptions().getNamespace()).isEqualTo("shops");
        }
    }

    @Test
    void followsAProfileAndTheVariablesOverIt() throws IOException {
        Path file = directory.resolve("temporal.toml");
        Files.writeString(file, """
                [profile.cluster]
                address = "temporal.example:7233"
                namespace = "retail"
                """);

        try (Metrics metrics = new Metrics("worker");
                TemporalConnection connection = TemporalConnection.open(
                        Map.of(
                                "TEMPORAL_CONFIG_FILE",
                                file.toString(),
                                "TEMPORAL_PROFILE",
                                "cluster",
                                "TEMPORAL_NAMESPACE",
                                "retail-2"),
                        metrics.registry())) {
            assertThat(connection.stubs().getOptions().getTarget()).isEqualTo("temporal.example:7233");
            assertThat(connection.client().getOptions().getNamespace()).isEqualTo("retail-2");
        }
    }

    @Test
    void theProfileOfTheContainersIsTheirOwnServer() {
        try (Metrics metrics = new Metrics("worker");
                TemporalConnection connection = TemporalConnection.open(
                        Map.of("TEMPORAL_CONFIG_FILE", "../docker/temporal.toml"), metrics.registry())) {
            assertThat(connection.stubs().getOptions().getTarget()).isEqualTo("temporal:7233");
            assertThat(connection.client().getOptions().getNamespace()).isEqualTo("default");
        }
    }

    @Test
    void temporalCloudIsAProfileWithAKey() throws IOException {
        Path file = directory.resolve("temporal.toml");
        Files.writeString(file, """
                [profile.cloud]
                address = "northwind.a1b2c.tmprl.cloud:7233"
                namespace = "northwind.a1b2c"
                api_key = "synthetic"
                """);

        try (Metrics metrics = new Metrics("worker");
                TemporalConnection connection = TemporalConnection.open(
                        Map.of("TEMPORAL_CONFIG_FILE", file.toString(), "TEMPORAL_PROFILE", "cloud"),
                        metrics.registry())) {
            WorkflowServiceStubsOptions options = connection.stubs().getOptions();
            assertThat(options.getEnableHttps() || options.getSslContext() != null)
                    .as("a key never goes over the line in the open")
                    .isTrue();
            assertThat(options.getGrpcMetadataProviders())
                    .as("what carries the key")
                    .isNotEmpty();
            assertThat(connection.client().getOptions().getNamespace()).isEqualTo("northwind.a1b2c");
        }
    }

    @Test
    void refusesAProfileThatItDoesNotUnderstand() throws IOException {
        Path file = directory.resolve("temporal.toml");
        Files.writeString(file, "[profile.default]\naddres = \"temporal.example:7233\"\n");

        try (Metrics metrics = new Metrics("worker")) {
            assertThatThrownBy(() -> TemporalConnection.open(
                            Map.of("TEMPORAL_CONFIG_FILE", file.toString()), metrics.registry()))
                    .hasMessageContaining("check TEMPORAL_CONFIG_FILE");
        }
    }

    @Test
    void metricsCarryTheProcess() {
        try (Metrics metrics = new Metrics("api-server")) {
            metrics.registry().counter("throughline.things").increment();

            assertThat(metrics.scrape()).contains("throughline_things_total{process=\"api-server\"} 1.0");
        }
    }
}
