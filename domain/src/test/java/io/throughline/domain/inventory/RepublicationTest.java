package io.throughline.domain.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class RepublicationTest {
    private static final Instant ASKED = Instant.parse("2026-11-27T09:00:00Z");
    private static final Instant MUCH_LATER = ASKED.plus(Republication.LONGEST_WAIT);

    @Test
    void whereNothingIsUnderWayTheSystemIsToldTheWholeDifferenceAtOnce() {
        assertThat(new Republication(ASKED, false, false, 3).owed(10, 4, ASKED)).hasValue(6);
        assertThat(new Republication(ASKED, false, true, 0).owed(10, 14, ASKED)).hasValue(-4);
    }

    @Test
    void goodsOfWhichOneOfBothMayNotHaveHeardAreWaitedFor() {
        assertThat(new Republication(ASKED, true, false, 0).owed(10, 13, ASKED)).isEmpty();
        assertThat(new Republication(ASKED, false, true, 2).owed(10, 8, ASKED.plusSeconds(60)))
                .isEmpty();
    }

    @Test
    void afterTheLongestWaitThatIsBelievedByWhichLessIsOnOffer() {
        assertThat(new Republication(ASKED, true, false, 0).owed(10, 13, MUCH_LATER))
                .hasValue(-3);
        assertThat(new Republication(ASKED, false, true, 2).owed(10, 5, MUCH_LATER))
                .as("two may have left")
                .hasValue(3);
        assertThat(new Republication(ASKED, false, true, 2).owed(10, 9, MUCH_LATER))
                .hasValue(0);
    }
}
