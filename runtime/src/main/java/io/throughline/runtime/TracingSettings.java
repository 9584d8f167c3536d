package io.throughline.runtime;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * {@code otel} in a process' configuration: where finished spans go, by OTLP over HTTP, and which share (0 to 1) of the traces that begin
 * here. {@code endpoint} is a collector's address without {@code /v1/traces}; with none nothing is traced.
 */
public record TracingSettings(
        @JsonProperty(required = true) String endpoint,
        @JsonProperty(required = true) double share) {
    public TracingSettings {
        if (!(endpoint.isBlank() || endpoint.matches("https?://\\S+"))) {
            throw new IllegalArgumentException("otel.endpoint is no http(s) address: " + endpoint);
        }
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("otel.share is from 0 to 1, and not " + share);
        }
    }

    public static TracingSettings none() {
        return new TracingSettings("", 1);
    }

    boolean isOff() {
        return endpoint.isBlank();
    }
}
