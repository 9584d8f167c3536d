package io.throughline.domain.routing;

import io.throughline.domain.policy.OrderRules;
import java.time.Instant;
import java.util.Optional;

/** The routing policies of this deployment. The one in force is the one that began last. */
public interface RoutingPolicies {
    /** Before the first begins, the first. */
    RoutingPolicy at(Instant instant);

    /** The one that orders follow which were heard of before there was a choice. */
    RoutingPolicy first();

    /** A version that is not kept any more is an error: versions are never deleted while an order may need them. */
    RoutingPolicy version(String version);

    /** The one that an order with these rules keeps to. */
    default RoutingPolicy keptBy(Optional<OrderRules> rules) {
        return rules.flatMap(OrderRules::routingVersion).map(this::version).orElseGet(this::first);
    }
}
