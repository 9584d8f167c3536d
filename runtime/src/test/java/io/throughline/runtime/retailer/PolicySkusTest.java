package io.throughline.runtime.retailer;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.availability.Availabilities;
import io.throughline.domain.availability.Availabilities.HoursNow;
import io.throughline.domain.availability.Availabilities.Question;
import io.throughline.domain.availability.Availability;
import io.throughline.domain.availability.StockReading;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.FreeStock;
import io.throughline.domain.inventory.SafetyStocks;
import io.throughline.domain.inventory.StockRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Policies may name products that only a sync of a catalogue brings. */
final class PolicySkusTest {
    private static final Path CONFIG = Path.of("../config");
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");
    private static final Sku SYNCED = Sku.of("SYNCED-TEE");
    private static final FacilityId EAST = new FacilityId("WH-EAST");
    private static final AccountId SHOP = AccountId.of("northwind");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @TempDir
    Path directory = Path.of("");

    @BeforeEach
    void nameTheSyncedProduct() throws IOException {
        try (Stream<Path> files = Files.walk(CONFIG.resolve("policies"))) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(CONFIG.relativize(file)));
            }
        }
        Files.copy(CONFIG.resolve("retailer.yml"), directory.resolve("retailer.yml"));
        addTo(
                "policies/stock/stock-1.yml",
                "safetyStock:",
                "kept: { facilities: [WH-EAST], skus: [SYNCED-TEE], units: 3 }");
        addTo(
                "policies/stock/stock-1.yml",
                "thresholds:",
                "last-ones: { channels: [northwind], skus: [NW-MUG-RED, SYNCED-TEE], units: 2 }");
        addTo("policies/returns/returns-1.yml", "categories:", "synced: [SYNCED-TEE]");
        log.start();
        logger().addAppender(log);
    }

    @AfterEach
    void silence() {
        logger().detachAppender(log);
    }

    @Test
    void aSyncedProductsSafetyStockAndThresholdAreKeptBack() {
        Retailer retailer = Retailer.load(directory, Map.of());
        StockRules rules = retailer.stockRules(Clock.systemUTC());
        Availabilities availabilities = new Availabilities(
                new TenInTheEast(rules.safetyStocks()),
                retailer.stockPolicies(),
                retailer.facilities(),
                rules.authorities(),
                retailer.catalog(),
                () -> false,
                AlwaysOpen::new);

        Availability answer = availabilities
                .answer(new Question(List.of(SYNCED), Optional.of(EAST), Optional.of(SHOP), Optional.empty()), NOW)
                .getFirst();

        assertThat(answer.facilities().getFirst().availableToPromise()).isEqualTo(10 - 3);
        assertThat(answer.channels().getFirst().availableToPromise()).isEqualTo(10 - 3 - 2);
    }

    @Test
    void oneWarningNamesEachLineOfASkuThatNobodyKnows() {
        Retailer retailer = Retailer.load(directory, Map.of());

        retailer.namedSkus().warnOfUnknown(skus -> Set.of());

        assertThat(log.list).hasSize(1);
        assertThat(log.list.getFirst().getLevel()).isEqualTo(Level.WARN);
        assertThat(log.list.getFirst().getFormattedMessage())
                .contains(
                        "stock-1.yml:21: safetyStock.kept.skus[0]: SYNCED-TEE",
                        "thresholds.last-ones.skus[1]: SYNCED-TEE",
                        "returns-1.yml:9: categories.synced[0]: SYNCED-TEE")
                .doesNotContain("NW-MUG-RED");
    }

    @Test
    void whatASyncHasBroughtIsNoSlip() {
        Retailer.load(directory, Map.of()).namedSkus().warnOfUnknown(skus -> skus);

        assertThat(log.list).isEmpty();
    }

    private void addTo(String file, String section, String line) throws IOException {
        String text = Files.readString(directory.resolve(file));
        assertThat(text).contains("\n" + section + "\n");
        Files.writeString(
                directory.resolve(file), text.replace("\n" + section + "\n", "\n" + section + "\n  " + line + "\n"));
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger(NamedSkus.class);
    }

    /** As the ledger reads its rows. */
    private record TenInTheEast(SafetyStocks kept) implements StockReading {
        @Override
        public List<Balance> balances(Collection<Sku> skus) {
            return skus.stream()
                    .map(sku -> new Balance(EAST, sku, 10, 0, kept.of(EAST, sku), 0, 0, 0, 0))
                    .toList();
        }

        @Override
        public Map<Sku, List<FreeStock.Demand>> unrouted(Collection<Sku> skus) {
            return Map.of();
        }

        @Override
        public Heard heard() {
            return new Heard(Map.of(), Map.of());
        }
    }

    private record AlwaysOpen(Instant asked) implements HoursNow {
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
