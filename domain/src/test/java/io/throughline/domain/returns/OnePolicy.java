package io.throughline.domain.returns;

import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/** One policy, whenever somebody asks and by whatever name; it may be made anew each time. */
public record OnePolicy(Supplier<ReturnPolicy> policy) implements ReturnPolicies {
    public OnePolicy(ReturnPolicy policy) {
        this(() -> policy);
    }

    @Override
    public ReturnPolicy at(Instant instant) {
        return policy.get();
    }

    @Override
    public Optional<ReturnPolicy> named(String version) {
        return Optional.of(policy.get());
    }
}
