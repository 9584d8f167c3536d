package io.throughline.sandbox.core;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How a sandbox starts. A port that is not named is chosen free; {@code control} names the control API's. Settings are for a
 * stand-in's own knobs, by dotted name, for example {@code shopify.bucket}.
 */
public record SandboxConfig(
        Optional<Path> dataFile,
        Map<String, Integer> ports,
        String host,
        Duration webhookRetryBase,
        Map<String, String> settings,
        Clock clock) {

    public SandboxConfig {
        ports = Map.copyOf(ports);
        settings = Map.copyOf(settings);
        if (webhookRetryBase.isNegative() || webhookRetryBase.isZero()) {
            throw new IllegalArgumentException("webhookRetryBase must be positive");
        }
    }

    /** Nothing kept, free ports, loopback only. */
    public static SandboxConfig inMemory() {
        return new SandboxConfig(
                Optional.empty(), Map.of(), "127.0.0.1", Duration.ofMillis(500), Map.of(), Clock.systemUTC());
    }

    public SandboxConfig withDataFile(Path file) {
        return new SandboxConfig(Optional.of(file), ports, host, webhookRetryBase, settings, clock);
    }

    public SandboxConfig withPort(String system, int port) {
        Map<String, Integer> more = new LinkedHashMap<>(ports);
        more.put(system, port);
        return new SandboxConfig(dataFile, more, host, webhookRetryBase, settings, clock);
    }

    public SandboxConfig withHost(String newHost) {
        return new SandboxConfig(dataFile, ports, newHost, webhookRetryBase, settings, clock);
    }

    public SandboxConfig withWebhookRetryBase(Duration base) {
        return new SandboxConfig(dataFile, ports, host, base, settings, clock);
    }

    public SandboxConfig withSetting(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(settings);
        more.put(name, value);
        return new SandboxConfig(dataFile, ports, host, webhookRetryBase, more, clock);
    }

    public SandboxConfig withClock(Clock newClock) {
        return new SandboxConfig(dataFile, ports, host, webhookRetryBase, settings, newClock);
    }

    public long setting(String name, long otherwise) {
        String value = settings.get(name);
        return value == null ? otherwise : Long.parseLong(value);
    }

    public String setting(String name, String otherwise) {
        return settings.getOrDefault(name, otherwise);
    }
}
