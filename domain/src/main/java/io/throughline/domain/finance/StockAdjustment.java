package io.throughline.domain.finance;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.LocalDate;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * What an ERP is told of what the ledger has adjusted: units that a facility has lost, or found, in one business date. {@code reference} names it
 * here and there, and is what the cases and effects about it are of.
 */
public record StockAdjustment(
        String reference,
        FacilityId facility,
        LocalDate businessDate,
        Direction direction,
        SortedMap<Sku, Integer> units) {
    private static final Pattern FORM =
            Pattern.compile("stock-adjustment/[^/]+/\\d{4}-\\d{2}-\\d{2}/(LOST|FOUND)/[1-9]\\d*");

    public StockAdjustment {
        units = Collections.unmodifiableSortedMap(new TreeMap<>(units));
        if (units.isEmpty() || units.values().stream().anyMatch(some -> some <= 0)) {
            throw new IllegalArgumentException(reference + " needs products, each with more than no units");
        }
    }

    /** What is adjusted late gets a number of its own. */
    public static String reference(FacilityId facility, LocalDate businessDate, Direction direction, int number) {
        return "stock-adjustment/" + facility + "/" + businessDate + "/" + direction + "/" + number;
    }

    /** Whether a case's subject, or that of an effect, is such a document. */
    public static boolean isNamed(String subject) {
        return FORM.matcher(subject).matches();
    }

    /** The same, which the ERP shall book under another day. */
    public StockAdjustment postedOn(LocalDate day) {
        return new StockAdjustment(reference, facility, day, direction, units);
    }

    /** The same, in which other products of the ERP stand for these. */
    public StockAdjustment standingIn(Map<String, String> standIns) {
        SortedMap<Sku, Integer> standing = new TreeMap<>();
        units.forEach((sku, some) -> standing.merge(standIn(sku, standIns), some, Math::addExact));
        return new StockAdjustment(reference, facility, businessDate, direction, standing);
    }

    private static Sku standIn(Sku sku, Map<String, String> standIns) {
        return Sku.of(Objects.requireNonNullElse(standIns.get(sku.value()), sku.value()));
    }

    /** In the canonical words of its effect. */
    public String asked() {
        return reference + " on " + businessDate + " " + units;
    }

    public enum Direction {
        LOST,
        FOUND;

        public static Direction of(int change) {
            return change < 0 ? LOST : FOUND;
        }
    }
}
