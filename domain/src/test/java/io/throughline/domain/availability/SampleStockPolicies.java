package io.throughline.domain.availability;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.availability.StockPolicy.RetellingRule;
import io.throughline.domain.availability.StockPolicy.SwitchRule;
import io.throughline.domain.availability.StockPolicy.ToleranceRule;
import io.throughline.domain.availability.StockPolicy.TransferRule;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Displacement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Policies of stock for tests that are about something else. */
public final class SampleStockPolicies {
    private SampleStockPolicies() {}

    /** In force since ever; offers nothing to any channel and keeps nothing back. */
    public static StockPolicy plain(String version, ToleranceRule... tolerances) {
        return new StockPolicy(
                version,
                Instant.EPOCH,
                Displacement.NEWEST_FIRST,
                Duration.ofHours(2),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(tolerances),
                List.of());
    }

    /** The same, with what each channel is left of whose stock, and what is switched off. */
    public static StockPolicy leaving(
            String version,
            Map<AccountId, Set<FacilityId>> channels,
            List<SwitchRule> shipping,
            List<SwitchRule> pickup) {
        return new StockPolicy(
                version,
                Instant.EPOCH,
                Displacement.NEWEST_FIRST,
                Duration.ofHours(2),
                channels,
                List.of(),
                List.of(),
                shipping,
                pickup,
                List.of(),
                List.of(),
                List.of(),
                List.of());
    }

    /** The same, by which goods go as these rules say. */
    public static StockPolicy sending(String version, TransferRule... rules) {
        return new StockPolicy(
                version,
                Instant.EPOCH,
                Displacement.NEWEST_FIRST,
                Duration.ofHours(2),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(rules),
                List.of(),
                List.of(),
                List.of());
    }

    /** The same, by which shops are told again so often. */
    public static StockPolicy retelling(String version, ToleranceRule tolerance, RetellingRule rule) {
        return new StockPolicy(
                version,
                Instant.EPOCH,
                Displacement.NEWEST_FIRST,
                Duration.ofHours(2),
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(tolerance),
                List.of(),
                List.of(),
                List.of(),
                List.of(rule));
    }
}
