package io.throughline.domain.counter;

import io.throughline.domain.account.AccountId;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The codes of the gift cards that we have made: 16 letters and digits that follow from our reference and a secret of the account, so that nobody has to keep
 * one, and who knows the reference alone can't spend it.
 */
public final class CardCodes {
    private static final String ALPHABET = "23456789abcdefghijkmnpqrstuvwxyz";
    private static final int LENGTH = 16;
    private static final int SHORTEST_SECRET = 16;
    private static final String FUNCTION = "HmacSHA256";

    private final Map<AccountId, String> secrets;

    /** By account. A secret has 16 characters at least; with another one, earlier cards have other codes than we say. */
    public CardCodes(Map<AccountId, String> secrets) {
        this.secrets = Map.copyOf(secrets);
        this.secrets.forEach((account, secret) -> {
            if (secret.length() < SHORTEST_SECRET) {
                throw new IllegalArgumentException(
                        "the secret of " + account + "'s gift cards has " + SHORTEST_SECRET + " characters at least");
            }
        });
    }

    /** Which accounts can give gift cards. */
    public Set<AccountId> accounts() {
        return secrets.keySet();
    }

    public String of(AccountId account, String reference) {
        String secret = secrets.get(account);
        if (secret == null) {
            throw new IllegalArgumentException("no secret for gift cards is configured for account '" + account + "'");
        }
        byte[] mac = mac(secret, "gift-card/" + account + "/" + reference);
        StringBuilder code = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(mac[i] & 31));
        }
        return code.toString();
    }

    private static byte[] mac(String secret, String text) {
        try {
            Mac function = Mac.getInstance(FUNCTION);
            function.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), FUNCTION));
            return function.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
