package io.throughline.runtime.retailer;

import io.throughline.domain.routing.RoutingPolicies;
import io.throughline.domain.routing.RoutingPolicy;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The versions in {@code policies/routing/}. */
final class ConfiguredRoutingPolicies implements RoutingPolicies {
    private final Versions<RoutingPolicy> versions;

    ConfiguredRoutingPolicies(Versions<RoutingPolicy> versions) {
        this.versions = versions;
    }

    @Override
    public RoutingPolicy at(Instant instant) {
        return versions.atOrFirst(instant);
    }

    Optional<RoutingPolicy> named(String version) {
        return versions.named(version);
    }

    /** In the order in which they begin. */
    List<RoutingPolicy> all() {
        return versions.all();
    }

    @Override
    public RoutingPolicy first() {
        return versions.first();
    }

    @Override
    public RoutingPolicy version(String version) {
        return versions.named(version)
                .orElseThrow(() -> new IllegalArgumentException("routing policy '" + version
                        + "' is not kept any more: put its file back, for orders may still follow it"));
    }
}
