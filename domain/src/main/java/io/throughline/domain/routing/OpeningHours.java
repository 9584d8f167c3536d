package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.FacilityId;
import java.time.DayOfWeek;
import java.time.LocalTime;
import java.util.Set;

/** On some days of the week facilities work from opening to closing, by their own clock; what is given to them before the cut-off leaves that day. */
public record OpeningHours(
        String name,
        Set<FacilityId> facilities,
        Set<DayOfWeek> days,
        LocalTime opens,
        LocalTime cutOff,
        LocalTime closes) {
    public OpeningHours {
        facilities = Set.copyOf(facilities);
        days = Set.copyOf(days);
        if (days.isEmpty() || !opens.isBefore(closes) || cutOff.isBefore(opens) || cutOff.isAfter(closes)) {
            throw new IllegalArgumentException("open on some day, and the cut-off between opening and closing");
        }
    }

    boolean contain(LocalTime time) {
        return !time.isBefore(opens) && time.isBefore(closes);
    }
}
