package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Attribute;
import io.throughline.domain.catalog.CatalogSource.Page;
import io.throughline.domain.catalog.CatalogSyncs;
import io.throughline.domain.catalog.ProductRecord;
import io.throughline.domain.catalog.ProductRecord.PriceStated;
import io.throughline.domain.catalog.ProductRecord.Stated;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.CustomerId;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.customer.CustomerSource.ChannelCustomer;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.runtime.retailer.Retailer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Products, prices and customers over HTTP. */
final class CatalogueApiTest {
    private static final AccountId SHOP = AccountId.of("northwind");
    private static final Instant VERSION = Instant.parse("2026-11-01T09:00:00Z");

    private final TestingApi api = TestingApi.get();
    private final Retailer retailer = Retailer.load(Path.of("../config"), Map.of());

    @Test
    void aProductIsToldWithWhereItComesFrom() {
        take("API-TEE", "Field tee", "25.00");

        Answer product = api.get("/v1/products/API-TEE", Role.VIEWER);

        assertThat(product.status()).as(product.body()).isEqualTo(200);
        assertThat(product.text("/attributes/TITLE/value")).isEqualTo("Field tee");
        assertThat(product.text("/attributes/TITLE/source")).isEqualTo("northwind");
        assertThat(product.text("/attributes/TITLE/version")).isEqualTo("2026-11-01T09:00:00Z");
        assertThat(api.get("/v1/prices?sku=API-TEE&channel=northwind&currency=USD", Role.INTEGRATION)
                        .text("/prices/0/amount"))
                .isEqualTo("25.00");
        assertThat(api.get("/v1/availability?sku=API-TEE", Role.VIEWER).status())
                .isEqualTo(200);
    }

    @Test
    void aProductWhoseSkuHasASlashIsFoundByQuery() {
        take("API/TEE", "Field tee", "25.00");

        Answer found = api.get("/v1/products?sku=API%2FTEE", Role.VIEWER);

        assertThat(found.status()).as(found.body()).isEqualTo(200);
        assertThat(found.text("/products/0/attributes/TITLE/value")).isEqualTo("Field tee");
        assertThat(found.json().path("products")).hasSize(1);
        assertThat(api.get("/v1/products?sku=API%2FNONE", Role.VIEWER).json().path("products"))
                .isEmpty();
    }

    @Test
    void whatASystemSaysOfProductsThatOthersOwnIsOnItsPage() {
        AccountId erp = AccountId.of("tryton-northwind");
        take("API-LAMP", "Reading lamp", "40.00");
        take(erp, "API-LAMP", "LAMP, READING");

        Visitor visitor = Visitor.signedIn(api, Role.VIEWER);
        assertThat(visitor.page("/console/systems/" + erp))
                .contains("API-LAMP", "TITLE", "LAMP, READING", "Reading lamp");
        assertThat(visitor.page("/console/systems/" + SHOP)).doesNotContain("API-LAMP");
    }

    /** A product that the configuration does not name is counted, sold and ordered as soon as an account has told of it. */
    @Test
    void aProductThatWasTakenInIsSoldAtOnce() {
        String count = """
                {"countId":"new-1","countedAt":"2026-11-25T10:00:00Z","lines":[{"sku":"API-NEW","counted":5}]}
                """;
        String sales = """
                {"sales":[{"saleId":"new-1","version":1,"register":"R1","soldAt":"2026-11-18T15:00:00Z","currency":"USD",
                 "taxesIncluded":true,
                 "lines":[{"sku":"API-NEW","quantity":1,"unitPrice":"25.00","total":"25.00","taxes":[]}],
                 "tenders":[{"kind":"cash","amount":"25.00"}]}]}
                """;
        String order = SampleSubmissions.pickedUp("WEB-API-NEW").replace("NW-SOCK-2PK", "API-NEW");
        assertThat(api.post("/v1/facilities/ST-DUBLIN/counts", Role.SUPPORT, count)
                        .status())
                .isEqualTo(422);

        take("API-NEW", "New tee", "25.00");

        assertThat(api.post("/v1/facilities/ST-DUBLIN/counts", Role.SUPPORT, count)
                        .status())
                .isEqualTo(200);
        assertThat(api.post("/v1/stores/ST-DUBLIN/sales/batch", Role.INTEGRATION, sales)
                        .text("/sales/0/outcome"))
                .isEqualTo("ACCEPTED");
        Answer ordered = api.postOnce("/v1/orders", Role.INTEGRATION, "api-new", order);
        assertThat(ordered.status()).as(ordered.body()).isEqualTo(202);
    }

    @Test
    void productsComePageByPage() {
        take("PAGE-1", "One", "1.00");
        take("PAGE-2", "Two", "2.00");

        Answer first = api.get("/v1/products?after=PAGE-0&limit=1", Role.VIEWER);
        assertThat(first.text("/products/0/sku")).isEqualTo("PAGE-1");
        assertThat(api.get("/v1/products?after=" + first.text("/next") + "&limit=1", Role.VIEWER)
                        .text("/products/0/sku"))
                .isEqualTo("PAGE-2");
    }

    @Test
    void aSyncTellsHowFarItIsAndIsAskedForByTheInbox() {
        take("SYNC-1", "One", "1.00");

        assertThat(api.get("/v1/catalog/syncs/northwind", Role.VIEWER)
                        .json()
                        .path("percent")
                        .asInt())
                .isEqualTo(100);
        assertThat(api.post("/v1/catalog/syncs/northwind", Role.INTEGRATION, "").status())
                .isEqualTo(202);
        assertThat(api.query("select subject from inbox_message where topic = 'throughline/catalog-sync' limit 1"))
                .contains("catalog/northwind");
    }

    @Test
    void whoeverLooksAtACustomerIsNoted() {
        CustomerKey key = new CustomerKey(SHOP, "70070");
        CustomerId id = CustomerId.of(key);
        PersonalData person = new PersonalData(
                Optional.of("Ada Canary"), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
        api.database().customers(retailer.systemOfRecord()).take(key, new ChannelCustomer(person, VERSION));

        assertThat(api.get("/v1/customers/" + id, Role.VIEWER).status()).isEqualTo(403);
        assertThat(api.get("/v1/customers/" + id, Role.FINANCE).status()).isEqualTo(403);
        assertThat(api.get("/v1/customers/" + id, Role.SUPPORT).text("/name")).isEqualTo("Ada Canary");

        assertThat(api.database().trace().of(id.subject()))
                .extracting(TraceEntry::kind)
                .endsWith("customer.seen");
    }

    @Test
    void anExportIsForWhoeverPassesItOn() {
        api.database().privacy().export("4711", new CustomerKey(SHOP, "70071"), List.of());

        assertThat(api.get("/v1/privacy/northwind/requests/4711", Role.FINANCE).status())
                .isEqualTo(403);
        assertThat(api.get("/v1/privacy/northwind/requests/4711", Role.ADMIN).json())
                .hasToString("{\"orders\":[],\"returns\":[]}");
        assertThat(api.get("/v1/privacy/northwind/requests/4712", Role.ADMIN).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/products/NONE",
                "/v1/prices?sku=NONE",
                "/v1/catalog/syncs/square-northwind",
                "/v1/catalog/syncs/nobody",
                "/v1/customers/K-0000000000",
                "/v1/customers/7",
                "/v1/privacy/northwind/requests/x"
            })
    void whatIsNotThereIsNotFound(String path) {
        assertThat(api.get(path, Role.ADMIN).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/prices",
                "/v1/prices?sku=%00",
                "/v1/prices?sku=A&currency=YEN",
                "/v1/prices?sku=A&channel=A%20B",
                "/v1/products?limit=0",
                "/v1/products?after=%00"
            })
    void whatCantBeReadIsRefused(String path) {
        assertThat(api.get(path, Role.ADMIN).status()).isEqualTo(400);
    }

    private void take(String sku, String title, String amount) {
        take(SHOP, sku, title, new PriceStated(SHOP, Money.of(amount, CurrencyCode.of("USD")), VERSION));
    }

    private void take(AccountId account, String sku, String title, PriceStated... prices) {
        CatalogSyncs syncs = api.database().catalogSyncs(retailer.systemOfRecord());
        syncs.begin(account);
        syncs.exported(account, "export");
        ProductRecord record = new ProductRecord(
                Sku.of(sku), List.of(new Stated(Attribute.TITLE, Optional.of(title), VERSION)), List.of(prices));
        syncs.take(syncs.begin(account), new Page(List.of(record), 0, 1, Optional.empty()), 1);
        syncs.finish(account);
    }
}
