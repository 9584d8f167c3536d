package io.throughline.domain.routing;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.routing.PolicyActivations.Activation;
import io.throughline.domain.routing.PolicyActivations.Kind;
import io.throughline.domain.routing.PolicyActivations.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What began last is in force, whether a file says so or a person. */
class PolicyTimelineTest {
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final List<RoutingPolicy> FILES = List.of(file("routing-1", 0), file("routing-2", 10));

    @Test
    void beforeTheFirstBeginsItIsTheFirst() {
        assertThat(timeline().at(day(-1))).isEqualTo("routing-1");
        assertThat(timeline().before(day(-1))).isEmpty();
    }

    @Test
    void whatWasPutInForceHoldsUntilAFileBegins() {
        PolicyTimeline timeline = timeline(put("mine", 5));

        assertThat(timeline.at(day(4))).isEqualTo("routing-1");
        assertThat(timeline.at(day(5))).isEqualTo("mine");
        assertThat(timeline.at(day(10))).isEqualTo("routing-2");
        assertThat(timeline.before(day(6))).contains("routing-1");
        assertThat(timeline.before(day(11))).contains("mine");
    }

    @Test
    void whatIsRolledBackTwiceIsInForceAgain() {
        assertThat(timeline(put("mine", 5), put("routing-1", 6)).before(day(7))).contains("mine");
    }

    @Test
    void nothingWasBeforeTheOnlyOne() {
        assertThat(timeline().before(day(3))).isEmpty();
        assertThat(timeline(put("routing-1", 2)).before(day(3))).isEmpty();
    }

    private static PolicyTimeline timeline(Activation... activations) {
        return new PolicyTimeline(FILES, List.of(activations));
    }

    private static Activation put(String version, int day) {
        return new Activation(
                day, version, Kind.ACTIVATION, new Reason("Ada", "for the test", "ada (key 1)"), day(day));
    }

    private static RoutingPolicy file(String version, int day) {
        RoutingPolicy sample = SampleRoutingPolicies.of(version, SampleRoutingPolicies.FEWEST_THEN_NEAREST);
        return new RoutingPolicy(
                version,
                day(day),
                sample.byPostalAreas(),
                sample.capacities(),
                sample.hours(),
                sample.shipping(),
                sample.rules());
    }

    private static Instant day(int day) {
        return START.plus(Duration.ofDays(day));
    }
}
