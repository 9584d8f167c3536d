package io.throughline.runtime.retailer;

import io.throughline.domain.routing.PolicyActivations;
import io.throughline.domain.routing.PolicyActivations.Activation;
import io.throughline.domain.routing.PolicyTimeline;
import io.throughline.domain.routing.RoutingPolicies;
import io.throughline.domain.routing.RoutingPolicy;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The versions of the files and those that were handed in, with what was put in force. A process hears of an activation within a second and
 * without a restart.
 */
public final class ActiveRoutingPolicies implements RoutingPolicies {
    private static final Duration HEARD_FOR = Duration.ofSeconds(1);

    private final ConfiguredRoutingPolicies files;
    private final PolicyActivations activations;
    private final CandidatePolicies reader;
    private final Clock clock;
    private final Map<String, RoutingPolicy> handedIn = new ConcurrentHashMap<>();
    private volatile Heard heard;

    ActiveRoutingPolicies(
            ConfiguredRoutingPolicies files, PolicyActivations activations, CandidatePolicies reader, Clock clock) {
        this.files = files;
        this.activations = activations;
        this.reader = reader;
        this.clock = clock;
        this.heard = new Heard(timeline(List.of()), Instant.MIN);
    }

    private record Heard(PolicyTimeline timeline, Instant until) {}

    @Override
    public RoutingPolicy at(Instant instant) {
        return version(heard().at(instant));
    }

    @Override
    public RoutingPolicy first() {
        return files.first();
    }

    @Override
    public RoutingPolicy version(String version) {
        return find(version)
                .orElseThrow(() -> new IllegalArgumentException("routing policy '" + version
                        + "' is not kept any more: put its file back, for orders may still follow it"));
    }

    /** Whether of a file or handed in; empty where there is no such version. */
    public Optional<RoutingPolicy> find(String version) {
        return files.named(version)
                .or(() -> Optional.ofNullable(handedIn.get(version)))
                .or(() -> activations.text(version).map(text -> {
                    RoutingPolicy read = reader.read(text);
                    handedIn.put(version, read);
                    return read;
                }));
    }

    /**
     * Throws ConfigurationException when a file has the name of another policy that was handed in: orders may follow that one, and would be
     * routed by the file from now on.
     */
    public void refuseOthersOfTheSameName() {
        for (RoutingPolicy file : files.all()) {
            activations.text(file.version()).filter(text -> !isThat(text, file)).ifPresent(text -> {
                throw new ConfigurationException("The version '" + file.version()
                        + "' of a file in policies/routing/ is not what was handed in under this name: orders"
                        + " may follow that one. Give the file's policy another version, or take the file away"
                        + " and activate what was handed in.");
            });
        }
    }

    /** A text that can't be read any more is another one. Its effectiveFrom counts for nothing. */
    private boolean isThat(String text, RoutingPolicy file) {
        try {
            return reader.read(text).from(file.effectiveFrom()).equals(file);
        } catch (ConfigurationException unreadable) {
            return false;
        }
    }

    public List<RoutingPolicy> ofFiles() {
        return files.all();
    }

    /** What was in force when, with these activations. */
    public PolicyTimeline timeline(List<Activation> known) {
        return new PolicyTimeline(files.all(), known);
    }

    /** Does not rely on what it has heard before: this process has just changed it. */
    public void hearAnew() {
        heard = new Heard(timeline(List.of()), Instant.MIN);
    }

    private PolicyTimeline heard() {
        Instant now = clock.instant();
        Heard last = heard;
        if (!now.isBefore(last.until())) {
            last = new Heard(timeline(activations.all()), now.plus(HEARD_FOR));
            heard = last;
        }
        return last.timeline();
    }
}
