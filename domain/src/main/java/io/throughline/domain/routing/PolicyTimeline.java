package io.throughline.domain.routing;

import io.throughline.domain.routing.PolicyActivations.Activation;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which version of the routing policy was in force when: the one that began last, be it by the instant in its file or because somebody put it in
 * force. Before the first begins, the first.
 */
public final class PolicyTimeline {
    private final List<Beginning> beginnings;

    private record Beginning(Instant at, String version) {}

    /** {@code ofFiles} are never none. */
    public PolicyTimeline(Collection<RoutingPolicy> ofFiles, Collection<Activation> activations) {
        this.beginnings = Stream.concat(
                        ofFiles.stream().map(policy -> new Beginning(policy.effectiveFrom(), policy.version())),
                        activations.stream().map(put -> new Beginning(put.at(), put.version())))
                .sorted(Comparator.comparing(Beginning::at))
                .toList();
    }

    public String at(Instant instant) {
        return begun(instant)
                .reduce((earlier, later) -> later)
                .orElseGet(() -> beginnings.getFirst().version());
    }

    /** What was in force before the version that is; empty where nothing else ever was. */
    public Optional<String> before(Instant instant) {
        String current = at(instant);
        return begun(instant).filter(version -> !version.equals(current)).reduce((earlier, later) -> later);
    }

    private Stream<String> begun(Instant instant) {
        return beginnings.stream()
                .filter(beginning -> !beginning.at().isAfter(instant))
                .map(Beginning::version);
    }
}
