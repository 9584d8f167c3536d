package io.throughline.domain.routing;

import io.throughline.domain.fulfillment.Facility;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

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
        return days.isEmpty() ? now : at(worked(now), OpeningHours::closes);
    }

    /**
     * When what is asked for now lies ready, if that takes so long: counted from now while it is open and before the cut-off, else from when it
     * opens next; at the latest by closing of that day.
     */
    public Instant readyAt(Instant now, Duration takes) {
        if (days.isEmpty()) {
            return now.plus(takes);
        }
        LocalDate day = worked(now);
        Instant opens = at(day, OpeningHours::opens);
        Instant closes = at(day, OpeningHours::closes);
        Instant ready = (now.isAfter(opens) ? now : opens).plus(takes);
        return ready.isBefore(closes) ? ready : closes;
    }

    /** How long it was open between the two. Where no hours are known, all the time. */
    public Duration openBetween(Instant from, Instant to) {
        if (!from.isBefore(to)) {
            return Duration.ZERO;
        }
        if (days.isEmpty()) {
            return Duration.between(from, to);
        }
        Duration open = Duration.ZERO;
        LocalDate last = to.atZone(zone).toLocalDate();
        for (LocalDate day = from.atZone(zone).toLocalDate(); !day.isAfter(last); day = day.plusDays(1)) {
            if (days.containsKey(day.getDayOfWeek())) {
                open = open.plus(overlap(from, to, at(day, OpeningHours::opens), at(day, OpeningHours::closes)));
            }
        }
        return open;
    }

    /** When it has been open for so long since then. Where no hours are known, so much later. */
    public Instant openFor(Instant since, Duration open) {
        if (days.isEmpty()) {
            return since.plus(open);
        }
        Duration left = open;
        LocalDate day = since.atZone(zone).toLocalDate();
        while (true) {
            if (days.containsKey(day.getDayOfWeek())) {
                Instant opens = at(day, OpeningHours::opens);
                Instant closes = at(day, OpeningHours::closes);
                Duration today = overlap(since, closes, opens, closes);
                if (today.compareTo(left) >= 0) {
                    return (since.isAfter(opens) ? since : opens).plus(left);
                }
                left = left.minus(today);
            }
            day = day.plusDays(1);
        }
    }

    private static Duration overlap(Instant from, Instant to, Instant opens, Instant closes) {
        Instant begin = from.isAfter(opens) ? from : opens;
        Instant end = to.isBefore(closes) ? to : closes;
        return begin.isBefore(end) ? Duration.between(begin, end) : Duration.ZERO;
    }

    /** On which day it is worked at what is given now: today before the cut-off, else on the next day that is worked. */
    private LocalDate worked(Instant now) {
        ZonedDateTime here = now.atZone(zone);
        LocalDate day = here.toLocalDate();
        OpeningHours today = days.get(day.getDayOfWeek());
        if (today != null && here.toLocalTime().isBefore(today.cutOff())) {
            return day;
        }
        do {
            day = day.plusDays(1);
        } while (!days.containsKey(day.getDayOfWeek()));
        return day;
    }

    private Instant at(LocalDate worked, Function<OpeningHours, LocalTime> time) {
        OpeningHours hours = Objects.requireNonNull(days.get(worked.getDayOfWeek()));
        return worked.atTime(time.apply(hours)).atZone(zone).toInstant();
    }
}
