package io.throughline.runtime.retailer;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.EffectMode;
import io.throughline.domain.account.OutsideSystem;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/**
 * How to reach one installation. {@code options} are its other settings, {@code credentials} its secrets, which {@code toString} does
 * not show; which of each a system has is checked when they are read.
 */
public record AccountSettings(
        AccountId account,
        OutsideSystem system,
        EffectMode mode,
        URI baseUrl,
        Map<String, String> options,
        Map<String, String> credentials) {
    /** The credential from which the codes of an account's gift cards follow; an account without it gives none. */
    public static final String GIFT_CARD_SECRET = "giftCardSecret";

    public AccountSettings {
        options = Map.copyOf(options);
        credentials = Map.copyOf(credentials);
    }

    public String option(String name) {
        return required(options, name);
    }

    /** An option that an account may leave out. */
    public Optional<String> optionalOption(String name) {
        return Optional.ofNullable(options.get(name));
    }

    public String credential(String name) {
        return required(credentials, name);
    }

    /** A credential that a system may have, such as the previous secret while one is being replaced. */
    public Optional<String> optionalCredential(String name) {
        return Optional.ofNullable(credentials.get(name));
    }

    private String required(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("account " + account + " (" + system + ") has no " + name);
        }
        return value;
    }

    @Override
    public String toString() {
        return account + " (" + system + ", " + mode + ") at " + baseUrl;
    }
}
