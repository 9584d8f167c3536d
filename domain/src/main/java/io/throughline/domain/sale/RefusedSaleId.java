package io.throughline.domain.sale;

import io.throughline.domain.fulfillment.FacilityId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sale that a store's till has handed over and that could not be booked, by the till's own id. Its value, {@code refused-sale/ST-HARBOR/R1-000042},
 * is the subject of its trace and its case.
 */
public record RefusedSaleId(FacilityId facility, String sale) {
    private static final Pattern FORM = Pattern.compile("refused-sale/([^/]+)/([^/]+)");

    /** Empty when the subject is another thing. */
    public static Optional<RefusedSaleId> of(String subject) {
        Matcher form = FORM.matcher(subject);
        return form.matches()
                ? Optional.of(new RefusedSaleId(new FacilityId(form.group(1)), form.group(2)))
                : Optional.empty();
    }

    public static RefusedSaleId of(StoreSale sale) {
        return new RefusedSaleId(sale.facility(), sale.id());
    }

    public String value() {
        return "refused-sale/" + facility + "/" + sale;
    }

    @Override
    public String toString() {
        return value();
    }
}
