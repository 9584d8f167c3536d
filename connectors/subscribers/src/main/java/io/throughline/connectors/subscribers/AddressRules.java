package io.throughline.connectors.subscribers;

import java.util.Set;

/**
 * Where subscribers may be. {@code loopback} also admits this machine itself, there by plain http and at any port: for a demonstration or a
 * test, never for a deployment.
 */
public record AddressRules(Set<Integer> ports, boolean loopback) {
    public AddressRules {
        ports = Set.copyOf(ports);
    }
}
