package io.throughline.connectors.square;

import io.throughline.domain.account.AccountId;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/**
 * One Square merchant. {@code signatureKeys} verify webhooks: the present key, and while it is rotated the one before;
 * {@code webhookUrl} is the address that Square posts to, exactly as it was given to Square, for it is part of what is signed.
 */
public record SquareConfig(
        AccountId account,
        URI baseUrl,
        String accessToken,
        String merchantId,
        Duration timeout,
        List<String> signatureKeys,
        URI webhookUrl) {

    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(20);

    public SquareConfig {
        signatureKeys = List.copyOf(signatureKeys);
        if (accessToken.isBlank() || merchantId.isBlank()) {
            throw new IllegalArgumentException("account " + account + " needs an access token and a merchant id");
        }
        if (timeout.compareTo(Duration.ofMillis(1)) < 0) {
            throw new IllegalArgumentException("the timeout of account " + account + " must be positive");
        }
        if (signatureKeys.isEmpty() || signatureKeys.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("account " + account + " needs a webhook signature key");
        }
    }

    /** A merchant with one signature key and the usual timeout. */
    public static SquareConfig of(
            AccountId account,
            URI baseUrl,
            String accessToken,
            String merchantId,
            String signatureKey,
            URI webhookUrl) {
        return new SquareConfig(
                account, baseUrl, accessToken, merchantId, USUAL_TIMEOUT, List.of(signatureKey), webhookUrl);
    }

    public SquareConfig withTimeout(Duration other) {
        return new SquareConfig(account, baseUrl, accessToken, merchantId, other, signatureKeys, webhookUrl);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "SquareConfig[" + account + " merchant " + merchantId + " at " + baseUrl + "]";
    }
}
