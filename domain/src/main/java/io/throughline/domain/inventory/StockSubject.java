package io.throughline.domain.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.fulfillment.FacilityId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The stock of one SKU at one facility, as cases and the trace name it. */
public record StockSubject(FacilityId facility, Sku sku) implements PostingSubject {
    private static final Pattern FORM = Pattern.compile("stock/([^/]+)/(.+)");

    /** Empty when the subject is another thing. */
    public static Optional<StockSubject> of(String subject) {
        Matcher form = FORM.matcher(subject);
        return form.matches()
                ? Optional.of(new StockSubject(new FacilityId(form.group(1)), Sku.of(form.group(2))))
                : Optional.empty();
    }

    @Override
    public String value() {
        return toString();
    }

    @Override
    public String toString() {
        return "stock/" + facility + "/" + sku;
    }
}
