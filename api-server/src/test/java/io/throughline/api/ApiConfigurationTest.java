package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.DefaultConfigurationFactoryFactory;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ApiConfigurationTest {
    @TempDir
    Path directory = Path.of("");

    @Test
    void hasDefaults() {
        ApiConfiguration configuration = new ApiConfiguration();

        assertThat(configuration.publicUrl()).isEqualTo(URI.create("http://127.0.0.1:7400"));
        assertThat(configuration.temporalUi()).isEqualTo(URI.create("http://127.0.0.1:8233"));
        assertThat(configuration.temporalNamespace()).isEqualTo("default");
        assertThat(configuration.environment()).isEqualTo("local");
        assertThat(configuration.retailer()).isEqualTo(Path.of("config"));
        assertThat(configuration.arriveWithin()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void readsEveryKey() throws IOException, ConfigurationException {
        ApiConfiguration configuration = read("""
                publicUrl: https://api.example
                temporalUi: https://temporal.example
                temporalNamespace: retail
                environment: staging
                retailer: /etc/throughline
                arriveWithin: 5s
                """);

        assertThat(configuration.publicUrl()).isEqualTo(URI.create("https://api.example"));
        assertThat(configuration.temporalUi()).isEqualTo(URI.create("https://temporal.example"));
        assertThat(configuration.temporalNamespace()).isEqualTo("retail");
        assertThat(configuration.environment()).isEqualTo("staging");
        assertThat(configuration.retailer()).isEqualTo(Path.of("/etc/throughline"));
        assertThat(configuration.arriveWithin()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void theCommittedFileIsTheDefault() throws IOException, ConfigurationException {
        ApiConfiguration committed = read(Files.readString(Path.of("../config/api-server.yml")));

        assertThat(committed.environment()).isEqualTo("local");
        assertThat(committed.retailer()).isEqualTo(Path.of("config"));
        assertThat(committed.arriveWithin()).isEqualTo(new ApiConfiguration().arriveWithin());
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> read("publicUri: https://api.example\n")).hasMessageContaining("publicUri");
        assertThatThrownBy(() -> read("environment: Local!\n")).hasMessageContaining("environment");
    }

    private ApiConfiguration read(String yaml) throws IOException, ConfigurationException {
        Path file = Files.writeString(directory.resolve("api-server.yml"), yaml);
        return new DefaultConfigurationFactoryFactory<ApiConfiguration>()
                .create(ApiConfiguration.class, Validators.newValidator(), Jackson.newObjectMapper(), "none")
                .build(
                        new SubstitutingSourceProvider(
                                new FileConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)),
                        file.toString());
    }
}
