package io.throughline.domain.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.finance.PostingSubject;
import io.throughline.domain.order.OrderId;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Our own name of a return, e.g. {@code O-7K2M9Q4XTA-R1}: of which order goods come back, and which of its returns it is. It is what is
 * written on the parcel, and the subject of the return's effects, cases and journals.
 */
public record ReturnId(String value) implements PostingSubject {
    private static final Pattern FORM = Pattern.compile("O-[0-9A-Z]{10}-R[1-9][0-9]{0,3}");
    private static final Pattern PROCESS = Pattern.compile("return/[^/]+/(.+)");

    public ReturnId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("a return id looks like O-7K2M9Q4XTA-R1: '" + value + "'");
        }
    }

    public static ReturnId of(OrderId order, int ordinal) {
        return new ReturnId(order + "-R" + ordinal);
    }

    /** The return that a case or a message is about, whether it is named itself or its process; empty when it is another thing. */
    public static Optional<ReturnId> about(String subject) {
        Matcher process = PROCESS.matcher(subject);
        String name = process.matches() ? process.group(1) : subject;
        return FORM.matcher(name).matches() ? Optional.of(new ReturnId(name)) : Optional.empty();
    }

    public OrderId order() {
        return new OrderId(value.substring(0, value.lastIndexOf("-R")));
    }

    public int ordinal() {
        return Integer.parseInt(value.substring(value.lastIndexOf("-R") + 2));
    }

    /** Of the account where the order was placed. */
    public String workflowId(AccountId account) {
        return "return/" + account + "/" + value;
    }

    @Override
    public String toString() {
        return value;
    }
}
