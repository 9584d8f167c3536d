package io.throughline.api;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.dropwizard.core.Configuration;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MinDuration;
import io.throughline.connectors.subscribers.AddressRules;
import io.throughline.runtime.TracingSettings;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.net.URI;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** {@code config/api-server.yml}. What the retailer has (accounts, facilities, policies) is in files beside it. */
public final class ApiConfiguration extends Configuration {
    /** The directory of {@code retailer.yml} and {@code policies/}. */
    @NotNull
    @JsonProperty
    private Path retailer = Path.of("config");

    /** Where clients and webhooks reach this process; part of the links in answers and of what Square signs. */
    @NotNull
    @JsonProperty
    private URI publicUrl = URI.create("http://127.0.0.1:7400");

    /** Where people find the Temporal UI. */
    @NotNull
    @JsonProperty
    private URI temporalUi = URI.create("http://127.0.0.1:8233");

    @NotNull
    @JsonProperty
    private String temporalNamespace = "default";

    /** Part of each API key, so that a key of one deployment is refused by another. */
    @NotNull
    @Pattern(regexp = "[a-z0-9]{1,16}")
    @JsonProperty
    private String environment = "local";

    /** How long the head of a request may take to arrive, and then its body. */
    @NotNull
    @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
    @JsonProperty
    private Duration arriveWithin = Duration.seconds(60);

    /** Where subscribers to events may be. */
    @NotNull
    @JsonProperty
    private AddressRules subscribers = new AddressRules(Set.of(443, 8443), false);

    /** Where traces go, if anywhere. */
    @NotNull
    @JsonProperty
    private TracingSettings otel = TracingSettings.none();

    public Path retailer() {
        return retailer;
    }

    public URI publicUrl() {
        return publicUrl;
    }

    public URI temporalUi() {
        return temporalUi;
    }

    public String temporalNamespace() {
        return temporalNamespace;
    }

    public String environment() {
        return environment;
    }

    public AddressRules subscribers() {
        return subscribers;
    }

    TracingSettings otel() {
        return otel;
    }

    public java.time.Duration arriveWithin() {
        return arriveWithin.toJavaDuration();
    }
}
