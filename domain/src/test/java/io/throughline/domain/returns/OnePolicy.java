package io.throughline.domain.returns;

import java.time.Instant;
import java.util.Optional;

/** One policy, whenever somebody asks and by whatever name. */
record OnePolicy(ReturnPolicy policy) implements ReturnPolicies {
    @Override
    public ReturnPolicy at(Instant instant) {
        return policy;
    }

    @Override
    public Optional<ReturnPolicy> named(String version) {
        return Optional.of(policy);
    }
}
