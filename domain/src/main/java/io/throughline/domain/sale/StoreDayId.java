package io.throughline.domain.sale;

import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The business date of a store. Its value, {@code store-day/ST-HARBOR/2026-11-23}, is the workflow id of its process and the subject
 * of its trace, effects, cases and journals.
 */
public record StoreDayId(FacilityId facility, LocalDate date) implements PostingSubject, Comparable<StoreDayId> {
    private static final Pattern FORM = Pattern.compile("store-day/([^/]+)/([0-9]{4}-[0-9]{2}-[0-9]{2})");
    private static final Comparator<StoreDayId> ORDER =
            Comparator.comparing(StoreDayId::date).thenComparing(StoreDayId::facility);

    /** Empty when the subject is another thing. */
    public static Optional<StoreDayId> of(String subject) {
        Matcher form = FORM.matcher(subject);
        if (!form.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new StoreDayId(new FacilityId(form.group(1)), LocalDate.parse(form.group(2))));
        } catch (DateTimeParseException | IllegalArgumentException noSuchDay) {
            return Optional.empty();
        }
    }

    @Override
    public String value() {
        return "store-day/" + facility + "/" + date;
    }

    public StoreDayId next() {
        return new StoreDayId(facility, date.plusDays(1));
    }

    /** The earlier day first. */
    @Override
    public int compareTo(StoreDayId other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return value();
    }
}
