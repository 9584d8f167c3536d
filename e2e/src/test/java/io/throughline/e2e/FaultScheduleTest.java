package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.OutsideSystem;
import io.throughline.local.StackPart;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class FaultScheduleTest {
    @Test
    void theSeedDecides() {
        assertThat(FaultSchedule.draw(7, 30)).isEqualTo(FaultSchedule.draw(7, 30));
        assertThat(FaultSchedule.draw(7, 30)).isNotEqualTo(FaultSchedule.draw(8, 30));
    }

    @Test
    void eachProcessIsKilledAndPausedAsOftenAsAsked() {
        List<Fault> faults = FaultSchedule.draw(7, 30);

        for (StackPart victim : FaultSchedule.VICTIMS) {
            for (Fault.Kind kind : Fault.Kind.values()) {
                assertThat(faults)
                        .filteredOn(fault -> fault.victim() == victim && fault.kind() == kind)
                        .hasSize(30);
            }
        }
    }

    @Test
    void eachOutsideSystemIsAwayAtLeastOnceAndWithinTheFaults() {
        for (OutsideSystem system : FaultSchedule.vendors()) {
            assertThat(FaultSchedule.drawOutages(7, 1))
                    .filteredOn(outage -> outage.system() == system)
                    .singleElement()
                    .satisfies(outage -> assertThat(outage.before())
                            .isLessThan(FaultSchedule.draw(7, 1).size()));
            assertThat(FaultSchedule.drawOutages(7, 30))
                    .filteredOn(outage -> outage.system() == system)
                    .hasSize(10);
        }
    }

    @Test
    void theSeedDecidesWhoFailsHow() {
        assertThat(FaultSchedule.drawOutages(7, 30)).isEqualTo(FaultSchedule.drawOutages(7, 30));
        assertThat(FaultSchedule.drawOutages(7, 30)).isNotEqualTo(FaultSchedule.drawOutages(8, 30));
        assertThat(FaultSchedule.drawOutages(7, 30)).extracting(Outage::manner).contains(Outage.Manner.values());
    }

    @Test
    void pausesLastFiveToSixtySeconds() {
        List<Duration> pauses = FaultSchedule.draw(7, 30).stream()
                .filter(fault -> fault.kind() == Fault.Kind.PAUSE)
                .map(Fault::away)
                .toList();

        assertThat(pauses).allMatch(pause -> pause.toMillis() >= 5_000 && pause.toMillis() <= 60_000);
        assertThat(pauses).filteredOn(pause -> pause.toSeconds() > 30).isNotEmpty();
    }
}
