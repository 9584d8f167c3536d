package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.policy.OrderPolicy;
import java.time.Instant;
import java.util.Optional;

/**
 * Until when work must have left the status that it came to, by the policy of its order. Where that counts open hours only, they are those that the facility
 * has by the routing policy of that moment; one for which none are known is open all the time.
 */
public final class WorkDeadlines {
    private final RoutingPolicies hours;

    public WorkDeadlines(RoutingPolicies hours) {
        this.hours = hours;
    }

    /** Empty after the end. */
    public Optional<Instant> leaveBy(OrderPolicy policy, FulfillmentStatus status, Facility facility, Instant since) {
        return policy.patience(status, facility.kind())
                .map(patience -> policy.countsOpenHours(status, facility.kind())
                        ? hours.at(since).weekOf(facility).openFor(since, patience)
                        : since.plus(patience));
    }
}
