package io.throughline.domain.counter;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.ShortName;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A sale by its store and its till's own id of it. Its link, {@code sale/ST-HARBOR/7Kp…}, is what the trace finds it by. */
public record SaleName(FacilityId store, String id) {
    private static final Pattern LINK = Pattern.compile("sale/([^/]+)/([^/]+)");

    /** Empty when it is another thing. */
    public static Optional<SaleName> of(String link) {
        Matcher form = LINK.matcher(link);
        try {
            return form.matches()
                    ? Optional.of(new SaleName(new FacilityId(form.group(1)), form.group(2)))
                    : Optional.empty();
        } catch (IllegalArgumentException noFacility) {
            return Optional.empty();
        }
    }

    public String link() {
        return "sale/" + store + "/" + id;
    }

    /** What it is called where returns are reckoned, which know orders only. No order has this name. */
    OrderId asOrder() {
        return OrderId.of(new OrderKey(AccountId.of("stores"), ShortName.of(link())));
    }

    @Override
    public String toString() {
        return link();
    }
}
