package io.throughline.domain.order;

import io.throughline.domain.account.AccountId;
import java.util.regex.Pattern;

/** An order as its channel names it. Its workflow id, {@code order/<account>/<external id>}, is made from nothing else. */
public record OrderKey(AccountId account, String externalId) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    public OrderKey {
        if (!FORM.matcher(externalId).matches()) {
            throw new IllegalArgumentException("an order's external id is 1 to 100 of letters, digits and . _ : -");
        }
    }

    public String workflowId() {
        return "order/" + account + "/" + externalId;
    }

    @Override
    public String toString() {
        return account + "/" + externalId;
    }
}
