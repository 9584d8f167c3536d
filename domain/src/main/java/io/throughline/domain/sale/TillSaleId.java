package io.throughline.domain.sale;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderKey;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A sale by the name that its till's own system has for it. Its value, {@code till-sale/square-northwind/7Kp…}, is the subject of its
 * trace and its cases.
 */
public record TillSaleId(OrderKey key) {
    private static final Pattern FORM = Pattern.compile("till-sale/([^/]+)/([^/]+)");

    /** Empty when the subject is another thing. */
    public static Optional<TillSaleId> of(String subject) {
        Matcher form = FORM.matcher(subject);
        return form.matches()
                ? Optional.of(new TillSaleId(new OrderKey(AccountId.of(form.group(1)), form.group(2))))
                : Optional.empty();
    }

    public AccountId account() {
        return key.account();
    }

    public String value() {
        return "till-sale/" + key;
    }

    @Override
    public String toString() {
        return value();
    }
}
