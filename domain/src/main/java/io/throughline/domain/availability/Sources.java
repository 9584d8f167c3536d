package io.throughline.domain.availability;

import io.throughline.domain.availability.Availabilities.HoursNow;
import io.throughline.domain.availability.Availability.Source;
import io.throughline.domain.availability.Availability.State;
import io.throughline.domain.availability.StockReading.Heard;
import io.throughline.domain.availability.StockReading.Word;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockAuthorities;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Who moves the stock of each facility, and how far that is believed at one instant: of a silent system and a quiet facility the lesser trust holds. What
 * a paused one has is offered nobody.
 */
final class Sources {
    private final StockPolicy policy;
    private final Heard heard;
    private final Facilities facilities;
    private final StockAuthorities authorities;
    private final HoursNow hours;
    private final Instant now;
    private final Map<FacilityId, Source> found = new HashMap<>();

    Sources(
            StockPolicy policy,
            Heard heard,
            Facilities facilities,
            StockAuthorities authorities,
            HoursNow hours,
            Instant now) {
        this.policy = policy;
        this.heard = heard;
        this.facilities = facilities;
        this.authorities = authorities;
        this.hours = hours;
        this.now = now;
    }

    Source of(FacilityId facility) {
        return found.computeIfAbsent(facility, this::find);
    }

    private Source find(FacilityId facility) {
        String system = authorities.of(facility, Measure.ON_HAND).system();
        Optional<Instant> last = heard.of(facility, system);
        Optional<Word> word = heard.lastWord(facility);
        if (heard.isPaused(facility, now)) {
            return new Source(system, last, word, State.PAUSED, 0);
        }
        int ofSystem = policy.trustPercent(facility, last.map(at -> Duration.between(at, now)));
        int ofFacility = word.map(said -> quietPercent(facility, said)).orElse(100);
        return new Source(system, last, word, state(last, ofSystem, ofFacility), Math.min(ofSystem, ofFacility));
    }

    /** A system that is silent can't tell whether its facilities are quiet. */
    private static State state(Optional<Instant> last, int ofSystem, int ofFacility) {
        if (last.isEmpty()) {
            return State.UNHEARD;
        }
        if (ofSystem < 100) {
            return State.SILENT;
        }
        return ofFacility < 100 ? State.QUIET : State.LIVE;
    }

    private int quietPercent(FacilityId facility, Word said) {
        return policy.mindsQuiet(facility)
                ? policy.quietPercent(facility, hours.openSince(facilities.get(facility), said.saidAt()))
                : 100;
    }
}
