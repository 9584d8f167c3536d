package io.throughline.domain.inventory;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What people have counted of one SKU in a facility, as the step of its case names it while nobody has believed it. */
public record CountStep(String countId, int units, Instant countedAt) {
    private static final Pattern FORM = Pattern.compile("stock\\.count ([0-9]{1,8}) ([^ ]+) (.+)");

    /** Empty when the step is another one. */
    public static Optional<CountStep> of(String step) {
        Matcher form = FORM.matcher(step);
        try {
            return form.matches()
                    ? Optional.of(
                            new CountStep(form.group(3), Integer.parseInt(form.group(1)), Instant.parse(form.group(2))))
                    : Optional.empty();
        } catch (DateTimeParseException another) {
            return Optional.empty();
        }
    }

    /** The same count of the same place is the same statement, whatever it says. */
    public Movement at(StockSubject place) {
        return new Movement(
                new StockSource(StockSource.PEOPLE, "count/" + place.facility() + "/" + countId + "/" + place.sku(), 1),
                place.facility(),
                place.sku(),
                Measure.ON_HAND,
                Movement.Kind.COUNT,
                units,
                Optional.empty(),
                countedAt);
    }

    @Override
    public String toString() {
        return "stock.count " + units + " " + countedAt + " " + countId;
    }
}
