package io.throughline.connectors.marketplace;

import io.throughline.domain.account.AccountId;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * One account at a marketplace. With {@code secret} we sign what we tell it; it signs its webhooks with that, or with the one before while both are
 * in use.
 */
public record MarketplaceConfig(
        AccountId account, URI baseUrl, String secret, Optional<String> previousSecret, Duration timeout) {
    public MarketplaceConfig {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("the marketplace's account " + account + " needs a signing secret");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("the timeout of account " + account + " must be positive");
        }
    }

    @Override
    public String toString() {
        return "MarketplaceConfig[" + account + " at " + baseUrl + "]";
    }
}
