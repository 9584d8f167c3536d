package io.throughline.domain.customer;

import io.throughline.domain.account.AccountId;
import java.util.regex.Pattern;

/** A channel's name of a customer. 1 to 100 letters, digits and {@code . _ : -}. */
public record CustomerKey(AccountId account, String externalId) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    public CustomerKey {
        if (!FORM.matcher(externalId).matches()) {
            throw new IllegalArgumentException(
                    "a channel's id of a customer is 1 to 100 of letters, digits and . _ : -");
        }
    }

    /** The id of the process that keeps this customer, and the subject of what is heard of them. */
    public String workflowId() {
        return "customer/" + account + "/" + externalId;
    }

    @Override
    public String toString() {
        return account + "/" + externalId;
    }
}
