package io.throughline.domain.customer;

import io.throughline.domain.account.ShortName;
import java.util.regex.Pattern;

/** Our own name of a customer, e.g. {@code K-7K2M9Q4XTA}. It is derived from the channel's key and says nothing of the person. */
public record CustomerId(String value) {
    private static final Pattern FORM = Pattern.compile("K-" + ShortName.FORM);

    public CustomerId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a customer id looks like K-7K2M9Q4XTA: '" + value + "'");
        }
    }

    public static CustomerId of(CustomerKey key) {
        return new CustomerId("K-" + ShortName.of("customer/" + key));
    }

    /** Where their name and addresses are kept. */
    public CustomerRef ref() {
        return new CustomerRef(value);
    }

    /** What their trace and audit are about. */
    public String subject() {
        return "customer/" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
