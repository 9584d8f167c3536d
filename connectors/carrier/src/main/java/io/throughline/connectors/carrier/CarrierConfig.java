package io.throughline.connectors.carrier;

import io.throughline.domain.account.AccountId;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * One account at a carrier. {@code name} is what the carrier is called wherever a parcel's number is told; {@code service} how its parcels travel,
 * where the carrier has several ways (empty: its usual one).
 */
public record CarrierConfig(
        AccountId account,
        String name,
        Optional<String> service,
        URI baseUrl,
        String apiKey,
        String webhookSecret,
        Duration timeout) {
    public CarrierConfig {
        if (name.isBlank() || apiKey.isBlank() || webhookSecret.isBlank()) {
            throw new IllegalArgumentException(
                    "the carrier's account " + account + " needs a name, a key and a secret");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("the timeout of account " + account + " must be positive");
        }
    }

    @Override
    public String toString() {
        return "CarrierConfig[" + account + " " + name + " at " + baseUrl + "]";
    }
}
