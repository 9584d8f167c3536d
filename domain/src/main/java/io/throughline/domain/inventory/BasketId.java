package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import java.util.regex.Pattern;

/** A cart or quote as its channel names it. */
public record BasketId(AccountId account, String externalId) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,99}");

    public BasketId {
        if (!FORM.matcher(externalId).matches()) {
            throw new IllegalArgumentException("a basket's external id is 1 to 100 of letters, digits and . _ : -");
        }
    }

    @Override
    public String toString() {
        return account + "/" + externalId;
    }
}
