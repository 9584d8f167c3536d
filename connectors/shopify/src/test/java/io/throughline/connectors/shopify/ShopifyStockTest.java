package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockReports;
import io.throughline.domain.inventory.StockReports.Page;
import io.throughline.domain.inventory.StockReports.Report;
import io.throughline.domain.inventory.StockSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a sandbox shop tells of its stock. */
class ShopifyStockTest {
    private static final FacilityId EAST = new FacilityId("WH-EAST");
    private static final Sku TEE = Sku.of("NW-TEE-BLK-M");

    private final TestingSandbox sandbox = TestingSandbox.start();
    private final StockReports stock = sandbox.connector().stockReports();

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void allLevelsOfAllLocationsAreToldPageByPage() {
        List<Level> levels = all(Instant.EPOCH);

        assertThat(levels).extracting(Level::facility).contains(EAST, new FacilityId("ST-DOWNTOWN"));
        assertThat(levels).extracting(Level::source).doesNotHaveDuplicates();
        assertThat(levels).extracting(Level::measure).contains(Measure.ON_HAND, Measure.DAMAGED, Measure.SAFETY_STOCK);
    }

    @Test
    void allLevelsAreThoseThatHaveLainThereForLongToo() {
        Page first = stock.allLevels(SampleShops.NORTHWIND, Optional.empty());

        assertThat(first).isEqualTo(stock.since(SampleShops.NORTHWIND, Instant.EPOCH, Optional.empty()));
        assertThat(first.reports()).isNotEmpty();
    }

    @Test
    void whatHasChangedIsToldAsALevel() {
        Instant before = all(Instant.EPOCH).stream()
                .map(Level::observedAt)
                .max(Instant::compareTo)
                .orElseThrow()
                .plusSeconds(1);
        put(41);

        List<Level> changed = all(before.minusSeconds(5)).stream()
                .filter(level -> level.sku().equals(TEE) && level.facility().equals(EAST))
                .filter(level -> level.measure() == Measure.ON_HAND)
                .toList();

        assertThat(changed).singleElement().satisfies(level -> {
            assertThat(level.units()).isEqualTo(41);
            assertThat(level.source().system()).isEqualTo(SampleShops.NORTHWIND.value());
            assertThat(level.publication()).isEmpty();
        });
        assertThat(all(Instant.now().plusSeconds(60))).isEmpty();
    }

    @Test
    void twoValuesOfOneSecondAreTwoStatements() {
        put(41);
        StockSource first = onHand().source();
        assertThat(onHand().source()).as("read again").isEqualTo(first);
        put(42);

        assertThat(onHand().source()).isNotEqualTo(first);
    }

    @Test
    void whatWasSoldBeyondTheStockIsNothing() {
        put(-3);

        assertThat(onHand().units()).isZero();
    }

    private Level onHand() {
        return all(Instant.EPOCH).stream()
                .filter(level ->
                        level.sku().equals(TEE) && level.facility().equals(EAST) && level.measure() == Measure.ON_HAND)
                .findFirst()
                .orElseThrow();
    }

    private void put(int available) {
        sandbox.control(
                "PUT",
                "/shopify/" + SampleShops.DOMAIN + "/inventory",
                "{\"sku\":\"NW-TEE-BLK-M\",\"facility\":\"WH-EAST\",\"available\":" + available + "}",
                200);
    }

    private List<Level> all(Instant since) {
        List<Level> all = new ArrayList<>();
        Optional<String> cursor = Optional.empty();
        do {
            Page page = stock.since(SampleShops.NORTHWIND, since, cursor);
            page.reports().forEach(report -> all.add(((Report.Told) report).level()));
            cursor = page.next();
        } while (cursor.isPresent());
        return all;
    }
}
