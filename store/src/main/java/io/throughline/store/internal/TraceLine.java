package io.throughline.store.internal;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which line a subject writes to: everything about an order, its work at facilities and its returns included, is told in the order's line. */
public final class TraceLine {
    private static final Pattern PART = Pattern.compile(
            "(?:return/[a-z0-9][a-z0-9-]{0,39}/)?(O-[0-9A-Z]{10})-[FR][1-9][0-9]{0,3}(?:-P[1-9][0-9]{0,3})?");
    private static final Pattern WORKFLOW =
            Pattern.compile("order/([a-z0-9][a-z0-9-]{0,39})/([A-Za-z0-9][A-Za-z0-9._:-]{0,99})");

    private TraceLine() {}

    /** Whether the subject itself names the order in whose line it is told. */
    public static boolean known(String subject) {
        return PART.matcher(subject).matches() || WORKFLOW.matcher(subject).matches();
    }

    public static String of(String subject) {
        Matcher part = PART.matcher(subject);
        if (part.matches()) {
            return part.group(1);
        }
        Matcher workflow = WORKFLOW.matcher(subject);
        if (workflow.matches()) {
            return OrderId.of(new OrderKey(AccountId.of(workflow.group(1)), workflow.group(2)))
                    .value();
        }
        return subject;
    }
}
