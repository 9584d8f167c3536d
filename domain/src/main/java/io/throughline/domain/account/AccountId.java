package io.throughline.domain.account;

import java.util.regex.Pattern;

/**
 * One configured installation of an outside system: a Shopify shop, a Square merchant, an ERP company. Every id, key and
 * search attribute begins with it. 1 to 40 of {@code a-z 0-9 -}.
 */
public record AccountId(String value) implements Comparable<AccountId> {
    private static final Pattern FORM = Pattern.compile("[a-z0-9][a-z0-9-]{0,39}");

    /** Throughline itself, where something concerns no outside system in particular. */
    public static final AccountId OWN = new AccountId("throughline");

    public AccountId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("account id must be 1 to 40 of a-z, 0-9 and -: '" + value + "'");
        }
    }

    public static AccountId of(String value) {
        return new AccountId(value);
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
