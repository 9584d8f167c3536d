package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.Facility;
import java.time.DayOfWeek;
import java.time.Duration;
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

    /**
     * When what is asked for now lies ready, if that takes so long: counted from now while it is open and before the cut-off, else from when it
     * opens next; at the latest by closing of that day.
     */
    public Instant readyAt(Instant now, Duration takes) {
        if (days.isEmpty()) {
            return now.plus(takes);
        }
        ZonedDateTime here = now.atZone(zone);
        LocalDate day = here.toLocalDate();
        OpeningHours hours = days.get(day.getDayOfWeek());
        if (hours != null && here.toLocalTime().isBefore(hours.cutOff())) {
            Instant opens = opening(day, hours);
            return earlier((now.isAfter(opens) ? now : opens).plus(takes), closing(day, hours));
        }
        do {
            day = day.plusDays(1);
            hours = days.get(day.getDayOfWeek());
        } while (hours == null);
        return earlier(opening(day, hours).plus(takes), closing(day, hours));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private Instant opening(LocalDate day, OpeningHours hours) {
        return day.atTime(hours.opens()).atZone(zone).toInstant();
    }

    private Instant closing(LocalDate day, OpeningHours hours) {
        return day.atTime(hours.closes()).atZone(zone).toInstant();
    }
}
