package io.throughline.workflows.fulfillment;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.RerouteStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The ways of a reroute: each step is taken when the facts say so, and only then. */
class RerouteLifeTest {
    private static final int MOST_EVENTS = 30;

    @Test
    void whatSomebodyElseHasIsTakenAwayAndPlaced() {
        try (RerouteScenario reroute = new RerouteScenario(RerouteStatus.REROUTED)) {
            assertThat(reroute.result()).isEqualTo("REROUTED");

            assertThat(reroute.facts.calls()).containsExactly("takeAway", "place", "moveDemand");
            assertThat(reroute.story())
                    .contains("**Reroute:** REJECTED at ST-HARBOR: 2 × NW-TEE", "**Goes to:** WH-EAST");
        }
    }

    @Test
    void aPlainRerouteIsShort() {
        try (RerouteScenario reroute = new RerouteScenario(RerouteStatus.REROUTED)) {
            assertThat(reroute.result()).isEqualTo("REROUTED");

            assertThat(reroute.history().getEvents()).hasSizeLessThanOrEqualTo(MOST_EVENTS);
        }
    }

    @Test
    void aCustomerIsAskedOnceAndWhatWasChosenIsDone() {
        try (RerouteScenario reroute = RerouteScenario.ofSomethingNobodyHas()) {
            assertThat(reroute.reroutedAfterAnAnswer()).isEqualTo("REROUTED");

            assertThat(reroute.facts.calls()).containsOnlyOnce("tellChoices").doesNotContain("lapse");
        }
    }

    @Test
    void whereNobodyAnswersTheDefaultCounts() {
        try (RerouteScenario reroute = RerouteScenario.ofSomethingNobodyHas()) {
            assertThat(reroute.reroutedByDefault()).isEqualTo("REROUTED");

            assertThat(reroute.facts.calls()).containsSubsequence("tellChoices", "lapse", "place");
        }
    }

    @Test
    void theTimeToAnswerRunsAlthoughTheCustomerCanNotBeTold() {
        try (RerouteScenario reroute = RerouteScenario.ofSomebodyWhoCanNotBeAsked()) {
            assertThat(reroute.reroutedByDefault()).isEqualTo("REROUTED");

            assertThat(reroute.facts.calls()).containsSubsequence("tellChoices", "lapse", "place");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWaitsForSupplyIsToldSoOnceAndSupplyDoesNotWaitForThat(boolean mute) {
        try (RerouteScenario reroute = RerouteScenario.ofSomethingThatIsExpected(mute)) {
            assertThat(reroute.reroutedAfterSupply()).isEqualTo("REROUTED");

            assertThat(reroute.facts.calls()).contains("tellWait").doesNotContain("tellChoices");
            if (!mute) {
                assertThat(reroute.facts.calls()).containsOnlyOnce("tellWait");
            }
        }
    }

    @Test
    void whoWaitsIsToldEachTimeThatItsDayMoves() {
        try (RerouteScenario reroute = RerouteScenario.ofSomethingThatIsExpected(false)) {
            assertThat(reroute.reroutedAfterDelays()).isEqualTo("REROUTED");

            assertThat(reroute.facts.calls()).containsOnlyOnce("tellWait");
            assertThat(reroute.facts.calls()).filteredOn("tellMoved"::equals).hasSize(2);
        }
    }

    @Test
    void aPersonIsAskedOnceAboutADayThatIsTooLate() {
        try (RerouteScenario reroute = RerouteScenario.ofSomethingThatIsExpected(false)) {
            assertThat(reroute.reroutedAfterALongDelay()).isEqualTo("REROUTED");

            assertThat(reroute.facts.calls())
                    .containsOnlyOnce("askPatience", "moveDemand")
                    .endsWith("moveDemand");
        }
    }

    @Test
    void supplyThatComesDoesNotWaitForAMessageOfAnotherDay() {
        try (RerouteScenario reroute = RerouteScenario.ofSomethingThatIsExpected(false)) {
            assertThat(reroute.reroutedAfterDelayUntold()).isEqualTo("REROUTED");
        }
    }

    @Test
    void itsCaseIsDecidedByTheWordsThatItShows() {
        try (RerouteScenario reroute = RerouteScenario.ofSomebodyWhoCanNotBeAsked()) {
            assertThat(reroute.decidedFromTemporal()).isEqualTo("RETRY is decided");
        }
    }

    @Test
    void whatItsOrderCallsOffEnds() {
        try (RerouteScenario reroute = RerouteScenario.ofSomethingNobodyHas()) {
            reroute.offered().ends(RerouteStatus.CALLED_OFF);

            assertThat(reroute.result()).isEqualTo("CALLED_OFF");
        }
    }

    @Test
    void aRunThatFindsTheFactsOfAnotherGoesOnFromThem() {
        try (RerouteScenario reroute = RerouteScenario.ofSomethingNobodyHas()) {
            reroute.offered().startAgain();
            reroute.await("the offer", () -> reroute.story().contains("OFFERED"));
            reroute.ends(RerouteStatus.REROUTED);

            assertThat(reroute.result()).isEqualTo("REROUTED");
            assertThat(reroute.facts.calls()).containsOnlyOnce("takeAway");
        }
    }
}
