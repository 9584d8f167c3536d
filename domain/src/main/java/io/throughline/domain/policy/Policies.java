package io.throughline.domain.policy;

import java.util.Optional;

/** The policies of this deployment, by version. */
public interface Policies {
    OrderPolicy current();

    /** The policy that an order keeps to; that of today where it keeps none yet. */
    default OrderPolicy of(Optional<OrderRules> rules) {
        return rules.map(OrderRules::policyVersion).map(this::version).orElseGet(this::current);
    }

    /** A version that is not kept any more is an error: versions are never deleted while an order may need them. */
    OrderPolicy version(String version);
}
