package io.throughline.domain.sale;

import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;

/**
 * To which business date of a store an instant belongs, and when that date closes: by the store's own clock, and by the policy that was in
 * force then, so that the answer is the same whenever it is asked for.
 */
public final class StoreCalendar {
    private final Facilities facilities;
    private final StoreDayPolicies policies;

    public StoreCalendar(Facilities facilities, StoreDayPolicies policies) {
        this.facilities = facilities;
        this.policies = policies;
    }

    public StoreDayId dayOf(FacilityId store, Instant at) {
        ZonedDateTime local = at.atZone(zone(store));
        LocalTime cut = policies.at(at).of(store).dayCut();
        LocalDate date = local.toLocalTime().isBefore(cut) ? local.toLocalDate().minusDays(1) : local.toLocalDate();
        return new StoreDayId(store, date);
    }

    /** The rule that holds when the day begins. */
    public Plan planOf(StoreDayId day) {
        ZoneId zone = zone(day.facility());
        StoreDayPolicy policy = policies.at(day.date().atStartOfDay(zone).toInstant());
        StoreDayPolicy.Rule rule = policy.of(day.facility());
        LocalDate closingDate =
                rule.closes().isAfter(rule.dayCut()) ? day.date() : day.date().plusDays(1);
        return new Plan(
                policy.version(),
                rule,
                closingDate.atTime(rule.closes()).atZone(zone).toInstant());
    }

    private ZoneId zone(FacilityId store) {
        return facilities.get(store).zone();
    }

    /** By which rule a day is kept, and when it closes. */
    public record Plan(String policyVersion, StoreDayPolicy.Rule rule, Instant closesAt) {}
}
