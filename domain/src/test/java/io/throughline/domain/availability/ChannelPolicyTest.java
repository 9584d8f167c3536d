package io.throughline.domain.availability;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.availability.Availabilities.HoursNow;
import io.throughline.domain.availability.StockPolicy.QuietRule;
import io.throughline.domain.availability.StockPolicy.Scope;
import io.throughline.domain.availability.StockPolicy.SwitchRule;
import io.throughline.domain.availability.StockPolicy.ThresholdRule;
import io.throughline.domain.availability.StockPolicy.TrustRule;
import io.throughline.domain.availability.StockReading.Heard;
import io.throughline.domain.availability.StockReading.Word;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.ChannelRules;
import io.throughline.domain.inventory.Displacement;
import io.throughline.domain.inventory.FreeStock;
import io.throughline.domain.inventory.StockAuthorities.Authority;
import io.throughline.domain.inventory.StockAuthorities.Basis;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What of a policy shops are told by. */
class ChannelPolicyTest {
    private static final Instant NOW = Instant.parse("2026-11-27T12:00:00Z");
    private static final AccountId SHOP = SampleAccounts.SHOP;
    private static final FacilityId EAST = SampleFacilities.WH_EAST;
    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final FacilityId DUBLIN = SampleFacilities.ST_DUBLIN;
    private static final FacilityId DOWNTOWN = SampleFacilities.ST_DOWNTOWN;
    private static final Sku TEE = Sku.of("TEE");
    private static final Sku CAP = Sku.of("CAP");

    private final ChannelRules rules =
            new PolicyChannels(instant -> policy(), new SampleFacilities(), Clock.systemUTC());

    @Test
    void aChannelSellsWhereItMayAndWhereSomethingIsSentOrHandedOver() {
        assertThat(rules.sells(SHOP, HARBOR, CAP)).isTrue();
        assertThat(rules.sells(SHOP, HARBOR, TEE)).as("it is collected there").isTrue();
        assertThat(rules.sends(SHOP, HARBOR, TEE)).isFalse();
        assertThat(rules.sells(SHOP, EAST, TEE))
                .as("a warehouse hands nothing over")
                .isFalse();
        assertThat(rules.sells(SHOP, EAST, CAP)).isTrue();
        assertThat(rules.sells(SHOP, DOWNTOWN, CAP)).as("both are switched off").isFalse();
        assertThat(rules.sells(SHOP, DUBLIN, CAP)).as("it is not the channel's").isFalse();
        assertThat(rules.sends(SHOP, DUBLIN, CAP)).isFalse();
    }

    @Test
    void whoIsNoChannelIsNotLimited() {
        assertThat(rules.sells(SampleAccounts.POS, DOWNTOWN, CAP)).isTrue();
        assertThat(rules.sends(SampleAccounts.POS, DUBLIN, CAP)).isTrue();
        assertThat(rules.threshold(SampleAccounts.POS, CAP)).isZero();
        assertThat(percents(SampleAccounts.POS))
                .containsOnly(Map.entry(EAST, 100), Map.entry(HARBOR, 100), Map.entry(DUBLIN, 100));
    }

    @Test
    void aThresholdIsTheChannelsOwn() {
        assertThat(rules.threshold(SHOP, CAP)).isEqualTo(5);
    }

    @Test
    void aFacilityIsTrustedAsFarAsItAndItsSystemHaveSpokenLately() {
        assertThat(percents(SHOP)).containsOnly(Map.entry(EAST, 100), Map.entry(HARBOR, 50), Map.entry(DUBLIN, 20));
    }

    @Test
    void nothingIsOfferedOfWhoIsPausedUntilThatIsOver() {
        Map<FacilityId, Instant> pauses = Map.of(EAST, Instant.MAX, DUBLIN, NOW.plusSeconds(1), HARBOR, NOW);

        assertThat(percents(SHOP, pauses))
                .as("the pause of Harbor has ended by itself")
                .containsOnly(Map.entry(EAST, 0), Map.entry(HARBOR, 50), Map.entry(DUBLIN, 0));
        assertThat(percents(SampleAccounts.POS, pauses))
                .as("tills show what lies there")
                .containsEntry(EAST, 100);
    }

    @Test
    void whoNeverServesAChannelIsNotItsWhateverThePolicySays() {
        ChannelRules marketplace = new PolicyChannels(
                instant -> SampleStockPolicies.leaving(
                        "test-2", Map.of(SampleAccounts.BAZAAR, Set.of(EAST, HARBOR)), List.of(), List.of()),
                new SampleFacilities(),
                Clock.systemUTC());

        assertThat(marketplace.sells(SampleAccounts.BAZAAR, EAST, CAP)).isFalse();
        assertThat(marketplace.sends(SampleAccounts.BAZAAR, HARBOR, CAP)).isTrue();
    }

    private Map<FacilityId, Integer> percents(AccountId account) {
        return percents(account, Map.of());
    }

    private Map<FacilityId, Integer> percents(AccountId account, Map<FacilityId, Instant> pauses) {
        return new Trust(
                        new Words(pauses),
                        instant -> policy(),
                        new SampleFacilities(),
                        (facility, measure) -> new Authority("pos", Basis.MOVEMENTS),
                        Always::new)
                .percents(account, List.of(EAST, HARBOR, DUBLIN), NOW);
    }

    private static StockPolicy policy() {
        Set<FacilityId> stores = Set.of(HARBOR, DUBLIN, DOWNTOWN);
        return new StockPolicy(
                "test-1",
                Instant.EPOCH,
                Displacement.NEWEST_FIRST,
                Duration.ofHours(2),
                Map.of(SHOP, Set.of(EAST, HARBOR, DOWNTOWN)),
                List.of(),
                List.of(new ThresholdRule("last", Set.of(SHOP), Set.of(), 5)),
                List.of(
                        new SwitchRule("tees", new Scope(Set.of(EAST, HARBOR), Set.of(TEE)), false),
                        new SwitchRule("rebuilt", new Scope(Set.of(DOWNTOWN), Set.of()), false)),
                List.of(new SwitchRule("rebuilt", new Scope(Set.of(DOWNTOWN), Set.of()), false)),
                List.of(),
                List.of(new TrustRule("silent", stores, Optional.of(Duration.ofMinutes(30)), 50)),
                List.of(),
                List.of(),
                List.of(),
                List.of(new QuietRule("dark", stores, Duration.ofHours(8), 20)));
    }

    /** The tills of Harbor are silent for an hour, those of Dublin answer though nobody there has said anything for a day. */
    private record Words(Map<FacilityId, Instant> pauses) implements StockReading {
        @Override
        public List<Balance> balances(Collection<Sku> skus) {
            return List.of();
        }

        @Override
        public Map<Sku, List<FreeStock.Demand>> unrouted(Collection<Sku> skus) {
            return Map.of();
        }

        @Override
        public Heard heard() {
            Instant lately = NOW.minusSeconds(5);
            return new Heard(
                    Map.of(
                            EAST, Map.of("pos", NOW.minus(Duration.ofDays(9))),
                            HARBOR, Map.of("pos", NOW.minus(Duration.ofHours(1))),
                            DUBLIN, Map.of("pos", lately)),
                    Map.of(
                            HARBOR, new Word("pos", NOW.minus(Duration.ofHours(1))),
                            DUBLIN, new Word("pos", NOW.minus(Duration.ofDays(1)))),
                    pauses);
        }
    }

    /** Every hour counts. */
    private record Always(Instant asked) implements HoursNow {
        @Override
        public Instant readyAt(Facility store, Duration takes) {
            return asked.plus(takes);
        }

        @Override
        public Duration openSince(Facility facility, Instant since) {
            return Duration.between(since, asked);
        }
    }
}
