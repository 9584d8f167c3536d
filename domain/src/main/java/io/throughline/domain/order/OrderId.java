package io.throughline.domain.order;

import io.throughline.domain.account.ShortName;
import io.throughline.domain.finance.PostingSubject;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Our own short name of an order, e.g. {@code O-7K2M9Q4XTA}; also the subject of its trace, effects and cases. It is derived from
 * the channel's key, so that two deliveries of one order can't get two names.
 */
public record OrderId(String value) implements PostingSubject {
    private static final Pattern FORM = Pattern.compile("O-" + ShortName.FORM);

    public OrderId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("an order id looks like O-7K2M9Q4XTA: '" + value + "'");
        }
    }

    public static OrderId of(OrderKey key) {
        return new OrderId("O-" + ShortName.of(key.toString()));
    }

    /** The order that a case or a message is about; empty when it is about another thing, which may well begin with an order's name. */
    public static Optional<OrderId> about(String subject) {
        return FORM.matcher(subject).matches() ? Optional.of(new OrderId(subject)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
