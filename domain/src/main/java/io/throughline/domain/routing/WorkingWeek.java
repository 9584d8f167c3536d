package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.Facility;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** When a facility works, by its own clock. One for which no hours are known works at any time, and what it is given leaves at once. */
public record WorkingWeek(ZoneId zone, Map<DayOfWeek, OpeningHours> days) {
    public WorkingWeek {
        days = Map.copyOf(days);
    }

    /** Of several hours for the same day the last ones hold. */
    static WorkingWeek of(Facility facility, List<OpeningHours> all) {
        Map<DayOfWeek, OpeningHours> days = new EnumMap<>(DayOfWeek.class);
        for (OpeningHours hours : all) {
            if (hours.facilities().contains(facility.id())) {
                hours.days().forEach(day -> days.put(day, hours));
            }
        }
        return new WorkingWeek(facility.zone(), days);
    }

    boolean isOpen(Instant now) {
        ZonedDateTime here = now.atZone(zone);
        OpeningHours today = days.get(here.getDayOfWeek());
        return days.isEmpty() || (today != null && today.contain(here.toLocalTime()));
    }

    /** When work that is given now has left: by closing, or from the cut-off on by closing of the next day that is worked. */
    public Instant leavesAt(Instant now) {
        if (days.isEmpty()) {
            return now;
        }
        ZonedDateTime here = now.atZone(zone);
        LocalDate day = here.toLocalDate();
        OpeningHours hours = days.get(day.getDayOfWeek());
        if (hours != null && here.toLocalTime().isBefore(hours.cutOff())) {
            return closing(day, hours);
        }
        do {
            day = day.plusDays(1);
            hours = days.get(day.getDayOfWeek());
        } while (hours == null);
        return closing(day, hours);
    }

    private Instant closing(LocalDate day, OpeningHours hours) {
        return day.atTime(hours.closes()).atZone(zone).toInstant();
    }
}
