package io.throughline.domain.intervention;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of a refused document can be amended, as it says it by itself: the day on which it happened and the products that it names. Empty
 * where that is not known, and then nothing is held against it.
 */
public record RefusedDocument(Optional<LocalDate> day, List<String> products) {
    /** Later than that nobody means to book it. */
    private static final int MOST_DAYS_LATER = 366;

    public RefusedDocument {
        products = List.copyOf(products);
    }

    /** Why the amendment fits no such document, whatever it is like by itself ({@link Decision#misfit}). */
    public Optional<Decision.Misfit> misfit(Decision decision) {
        return dayMisfit(decision).or(() -> productMisfit(decision));
    }

    /** What happened is not booked before it has happened. */
    private Optional<Decision.Misfit> dayMisfit(Decision decision) {
        return day.flatMap(own -> decision.postingDate()
                .filter(chosen -> chosen.isBefore(own) || chosen.isAfter(own.plusDays(MOST_DAYS_LATER)))
                .map(chosen -> new Decision.Misfit(
                        Amendable.POSTING_DATE.key(),
                        "must be a day from " + own + ", on which it happened, to " + own.plusDays(MOST_DAYS_LATER))));
    }

    private Optional<Decision.Misfit> productMisfit(Decision decision) {
        return products.isEmpty()
                ? Optional.empty()
                : new TreeMap<>(decision.standIns())
                        .keySet().stream()
                                .filter(product -> !products.contains(product))
                                .findFirst()
                                .map(product -> new Decision.Misfit(
                                        Amendable.STAND_INS.key(),
                                        "must name products of the document, which has no " + product + " but "
                                                + String.join(", ", products)));
    }

    /** What it says of the values that are amended. Of a product the amendment itself says what it was. */
    Map<String, String> saysOf(Map<String, String> amendment) {
        Map<String, String> says = new HashMap<>();
        day.filter(own -> amendment.containsKey(Amendable.POSTING_DATE.key()))
                .ifPresent(own -> says.put(Amendable.POSTING_DATE.key(), own.toString()));
        return says;
    }
}
