package io.throughline.domain.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.policy.OrderPolicy;
import io.throughline.domain.policy.SamplePolicies;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The store works from nine to nine each day; it acknowledges within an hour, and the warehouse within four. */
class WorkDeadlinesTest {
    private static final Facility STORE = new SampleFacilities().get(SampleFacilities.ST_DOWNTOWN);
    private static final Facility WAREHOUSE = new SampleFacilities().get(SampleFacilities.WH_EAST);
    private static final Instant AS_IT_CLOSES = at("2026-11-27T21:00");

    private final SampleRoutingPolicies hours = new SampleRoutingPolicies();
    private final WorkDeadlines deadlines = new WorkDeadlines(hours);

    WorkDeadlinesTest() {
        hours.activate(new RoutingPolicy(
                "hours-1",
                Instant.EPOCH,
                false,
                List.of(),
                List.of(new OpeningHours(
                        "nine to nine",
                        Set.of(STORE.id(), WAREHOUSE.id()),
                        EnumSet.allOf(DayOfWeek.class),
                        LocalTime.of(9, 0),
                        LocalTime.of(16, 0),
                        LocalTime.of(21, 0))),
                Optional.empty(),
                List.of(SampleRoutingPolicies.FEWEST_THEN_NEAREST)));
    }

    @Test
    void whatIsGivenToAStoreAsItClosesIsNotLateAtNight() {
        assertThat(deadlines.leaveBy(SamplePolicies.OPEN_HOURS, FulfillmentStatus.RELEASED, STORE, AS_IT_CLOSES))
                .contains(at("2026-11-28T10:00"));
    }

    @Test
    void aVersionThatSaysNothingOfItCountsDayAndNight() {
        assertThat(deadlines.leaveBy(SamplePolicies.STANDARD, FulfillmentStatus.RELEASED, STORE, AS_IT_CLOSES))
                .contains(at("2026-11-27T22:00"));
    }

    @Test
    void otherKindsAndACustomersOwnTimeRunOn() {
        OrderPolicy policy = SamplePolicies.OPEN_HOURS;

        assertThat(deadlines.leaveBy(policy, FulfillmentStatus.RELEASED, WAREHOUSE, AS_IT_CLOSES))
                .contains(at("2026-11-28T01:00"));
        assertThat(deadlines.leaveBy(policy, FulfillmentStatus.READY_FOR_PICKUP, STORE, AS_IT_CLOSES))
                .contains(AS_IT_CLOSES.plus(policy.pickUpWithin()));
        assertThat(deadlines.leaveBy(policy, FulfillmentStatus.SHIPPED, STORE, AS_IT_CLOSES))
                .isEmpty();
    }

    private static Instant at(String here) {
        return LocalDateTime.parse(here).atZone(STORE.zone()).toInstant();
    }
}
