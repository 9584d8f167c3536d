package io.throughline.connectors.shopify.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.connectors.shopify.SampleShops;
import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.client.TestingShop;
import io.throughline.connectors.shopify.client.Transport;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.StockReports.Report;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What people write down as a SKU in their shop. */
class OddSkusTest {
    private static final Sku CAP = Sku.of("NW-CAP-NVY");
    private static final String TOO_LONG = "X".repeat(101);

    private final TestingShop shop = new TestingShop();
    private final Transport transport = new Transport();
    private final Shops shops = new Shops(List.of(new AdminApi(shop.config(), transport, Clock.systemUTC())));

    @AfterEach
    void close() {
        transport.close();
        shop.close();
    }

    @Test
    void whatIsNoSkuStopsNobodyElsesLevels() {
        shop.answer(200, """
                {"data":{"location":{"inventoryLevels":{"pageInfo":{"hasNextPage":false,"endCursor":null},"nodes":[%s,%s,%s]}}},%s}
                """.formatted(level(TOO_LONG), level("NW\\tCAP"), level(" NW-CAP-NVY "), cost()));

        List<Report> reports = new ShopifyStockReports(shops, SampleShops.facilities())
                .since(SampleShops.NORTHWIND, Instant.EPOCH, Optional.empty())
                .reports();

        assertThat(reports)
                .singleElement()
                .isInstanceOfSatisfying(
                        Report.Told.class,
                        told -> assertThat(told.level().sku()).isEqualTo(CAP));
    }

    @Test
    void norDoesItStopWhatIsShown() {
        shop.answer(200, """
                {"data":{"inventoryItems":{"nodes":[%s,%s]}},%s}
                """.formatted(item(TOO_LONG), item("NW-CAP-NVY"), cost()));

        assertThat(new ShopifyStock(shops, SampleShops.facilities())
                        .read(SampleShops.NORTHWIND, new FacilityId("WH-EAST"), List.of(CAP)))
                .containsOnlyKeys(CAP);
    }

    private static String level(String sku) {
        return """
                {"id":"gid://shopify/InventoryLevel/%d","updatedAt":"2026-11-25T10:00:00Z","item":{"sku":"%s"},
                "quantities":[{"name":"on_hand","quantity":4,"updatedAt":"2026-11-25T10:00:00Z"}]}
                """.formatted(sku.length(), sku);
    }

    private static String item(String sku) {
        return "{\"id\":\"gid://shopify/InventoryItem/%d\",\"sku\":\"%s\",\"inventoryLevel\":null}"
                .formatted(sku.length(), sku);
    }

    private static String cost() {
        return TestingShop.COST.formatted(2, 900);
    }
}
