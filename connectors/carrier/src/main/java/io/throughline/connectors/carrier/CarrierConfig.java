package io.throughline.connectors.carrier;

import io.throughline.domain.account.AccountId;
import java.net.URI;
import java.time.Duration;

/** One account at a carrier. {@code name} is what the carrier is called wherever a parcel's number is told. */
public record CarrierConfig(
        AccountId account, String name, URI baseUrl, String apiKey, String webhookSecret, Duration timeout) {
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
