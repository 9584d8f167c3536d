package io.throughline.domain.intervention;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What of a refused document can be amended, as it says it by itself: the day on which it happened, the products that it names, and where taxes
 * were reckoned for. Empty where that is not known, and then nothing is held against it.
 */
public record RefusedDocument(Optional<LocalDate> day, List<String> products, Optional<TaxPlace> taxedFor) {
    /** Later than that nobody means to book it. */
    private static final int MOST_DAYS_LATER = 366;

    public RefusedDocument {
        products = List.copyOf(products);
    }

    public RefusedDocument(Optional<LocalDate> day, List<String> products) {
        this(day, products, Optional.empty());
    }

    /** Where the order goes as far as taxes ask; {@code taxed}: it has some, or duties. They are its channel's and not reckoned anew. */
    public record TaxPlace(Optional<String> country, Optional<String> province, boolean taxed) {
        /** What was left out may be filled in. To another country goes nothing, for what is owed there nobody has reckoned. */
        private Optional<Decision.Misfit> misfit(Map<String, String> amendment) {
            Optional<Decision.Misfit> abroad = other(Amendable.SHIP_TO_COUNTRY, country, amendment);
            return abroad.isPresent() || !taxed ? abroad : other(Amendable.SHIP_TO_PROVINCE, province, amendment);
        }

        private static Optional<Decision.Misfit> other(
                Amendable field, Optional<String> known, Map<String, String> amendment) {
            return known.filter(own -> !amendment.getOrDefault(field.key(), own).equalsIgnoreCase(own))
                    .map(own -> new Decision.Misfit(
                            field.key(),
                            "must stay " + own
                                    + ": taxes were reckoned for it and are not reckoned anew; cancel the order"
                                    + " and have it placed again, or have its channel correct it"));
        }
    }

    /** Why the amendment fits no such document, whatever it is like by itself ({@link Decision#misfit}). */
    public Optional<Decision.Misfit> misfit(Decision decision) {
        return dayMisfit(decision)
                .or(() -> productMisfit(Amendable.STAND_INS, decision.standIns()))
                .or(() -> productMisfit(Amendable.PRODUCT_NAMES, decision.productNames()))
                .or(() -> taxedFor.flatMap(place -> place.misfit(decision.amendment())));
    }

    /** What happened is not booked before it has happened. */
    private Optional<Decision.Misfit> dayMisfit(Decision decision) {
        return day.flatMap(own -> decision.postingDate()
                .filter(chosen -> chosen.isBefore(own) || chosen.isAfter(own.plusDays(MOST_DAYS_LATER)))
                .map(chosen -> new Decision.Misfit(
                        Amendable.POSTING_DATE.key(),
                        "must be a day from " + own + ", on which it happened, to " + own.plusDays(MOST_DAYS_LATER))));
    }

    private Optional<Decision.Misfit> productMisfit(Amendable field, Map<String, String> pairs) {
        return products.isEmpty()
                ? Optional.empty()
                : new TreeMap<>(pairs)
                        .keySet().stream()
                                .filter(product -> !products.contains(product))
                                .findFirst()
                                .map(product -> new Decision.Misfit(
                                        field.key(),
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
