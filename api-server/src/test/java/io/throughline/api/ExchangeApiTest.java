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
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.runtime.retailer.Retailer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Other goods in place of the money: a mug at 30.00, of which five lie in Harbor, for a tee that is worth 24.42. */
class ExchangeApiTest {
    private static final AccountId SHOP = AccountId.of("northwind");

    private final TestingApi api = TestingApi.get();
    private final String mug = "MUG-" + UUID.randomUUID();
    private Order order = ShippedOrders.twoLines(api);

    @BeforeEach
    void aMugIsSold() {
        price(mug, "30.00");
        Answer counted = api.post(
                "/v1/facilities/ST-HARBOR/counts",
                Role.SUPPORT,
                "{\"countId\":\"%s\",\"countedAt\":\"%s\",\"lines\":[{\"sku\":\"%s\",\"counted\":5}]}"
                        .formatted(UUID.randomUUID(), Instant.now(), mug));
        assertThat(counted.status()).as(counted.body()).isEqualTo(200);
    }

    @Test
    void thePreviewTellsWhatIsToBePaid() {
        Answer answer = preview("\"store\":\"ST-HARBOR\"", taken(1, ""));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/refund/total")).isEqualTo("24.42");
        assertThat(answer.text("/exchange/lines/0/unitPrice")).isEqualTo("30.00");
        assertThat(answer.json().at("/exchange/lines/0/available").asBoolean()).isTrue();
        assertThat(answer.text("/exchange/total")).isEqualTo("30.00");
        assertThat(answer.text("/exchange/toPay")).isEqualTo("5.58");
        assertThat(answer.text("/exchange/toGiveBack")).isEqualTo("0.00");
    }

    /** As with any order of a client, the taxes are the client's to tell. */
    @Test
    void itsTaxesCountAsTheClientTellsThem() {
        Answer answer = preview(
                "\"store\":\"ST-HARBOR\"",
                taken(1, ",\"taxes\":[{\"title\":\"NY State\",\"rate\":\"0.04\",\"amount\":\"1.20\"}]"));

        assertThat(answer.text("/exchange/lines/0/tax")).as(answer.body()).isEqualTo("1.20");
        assertThat(answer.text("/exchange/total")).isEqualTo("31.20");
        assertThat(answer.text("/exchange/toPay")).isEqualTo("6.78");
    }

    @Test
    void whatIsCheaperLeavesSomethingToGiveBack() {
        price(mug, "20.00");

        Answer answer = preview("\"store\":\"ST-HARBOR\"", taken(1, ""));

        assertThat(answer.text("/exchange/toPay")).as(answer.body()).isEqualTo("0.00");
        assertThat(answer.text("/exchange/toGiveBack")).isEqualTo("4.42");
    }

    @Test
    void whatIsSoldOutIsToldAndNotAuthorised() {
        Answer asked = preview("\"store\":\"ST-HARBOR\"", taken(6, ""));
        assertThat(asked.json().at("/exchange/lines/0/available").asBoolean(true))
                .as(asked.body())
                .isFalse();
        assertThat(asked.text("/exchange/lines/0/why")).contains("6 wanted, 5 there");

        Answer refused = authorise("\"store\":\"ST-HARBOR\"", taken(6, ""));
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("/exchangeFor/0/quantity");
        assertThat(refused.text("/errors/0/detail")).contains("take fewer or something else");
        assertThat(api.database().returns().ofOrder(order.id())).isEmpty();
    }

    @Test
    void whatIsAuthorisedIsKeptAndSentAgainTheSame() {
        String key = UUID.randomUUID().toString();
        String body = body("\"store\":\"ST-HARBOR\"", taken(4, ""));
        Answer authorised = api.postOnce("/v1/returns", Role.SUPPORT, key, body);
        assertThat(authorised.status()).as(authorised.body()).isEqualTo(202);
        assertThat(api.postOnce("/v1/returns", Role.SUPPORT, key, body).text("/returnId"))
                .isEqualTo(authorised.text("/returnId"));

        Answer read = detail(authorised);
        assertThat(read.text("/exchange/status")).as(read.body()).isEqualTo("KEPT");
        assertThat(read.text("/exchange/store")).isEqualTo("ST-HARBOR");
        assertThat(read.text("/exchange/toPay")).isEqualTo("95.58");
        assertThat(preview("\"store\":\"ST-HARBOR\"", taken(2, "")).text("/exchange/lines/0/why"))
                .as("one is left")
                .contains("2 wanted, 1 there");
        String other = body("\"store\":\"ST-HARBOR\"", taken(1, ""));
        assertThat(api.postOnce("/v1/returns", Role.SUPPORT, key, other).status())
                .as("the key had other content")
                .isBetween(400, 499);
        assertThat(preview("\"store\":\"ST-HARBOR\"", taken(1, ""))
                        .json()
                        .at("/exchange/lines/0/available")
                        .asBoolean())
                .as("and keeps nothing")
                .isTrue();
    }

    @Test
    void whatIsNotTakenBackKeepsNothing() {
        Answer denied = authorise("\"store\":\"ST-HARBOR\"", taken(5, ""), "{\"lineId\":\"L1\",\"quantity\":9");

        assertThat(denied.status()).as(denied.body()).isEqualTo(409);
        assertThat(preview("\"store\":\"ST-HARBOR\"", taken(5, ""))
                        .json()
                        .at("/exchange/lines/0/available")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void theDifferenceIsPaidOnceAndNoMoreThanThat() {
        Answer authorised = authorise("\"store\":\"ST-HARBOR\"", taken(1, ""));
        String id = authorised.text("/returnId");
        String key = UUID.randomUUID().toString();

        assertThat(pay(id, UUID.randomUUID().toString(), "external", "5.59").status())
                .isEqualTo(409);
        assertThat(pay(id, key, "external", "5.58").status()).isEqualTo(202);
        assertThat(pay(id, key, "external", "5.58").status()).as("sent again").isEqualTo(202);
        assertThat(pay(id, UUID.randomUUID().toString(), "external", "0.01", "-100000-01-01T10:00:00Z")
                        .text("/errors/0/pointer"))
                .isEqualTo("/capturedAt");
        assertThat(pay(id, UUID.randomUUID().toString(), "exchange", "1.00").status())
                .isEqualTo(422);
        Answer read = detail(authorised);
        assertThat(read.text("/exchange/paid")).as(read.body()).isEqualTo("5.58");
        assertThat(read.text("/exchange/toPay")).isEqualTo("0.00");
        String plain = authorise("\"store\":\"ST-HARBOR\"", "[]", "{\"lineId\":\"L2\",\"quantity\":1")
                .body();
        assertThat(plain).as("nothing is no exchange").contains("/exchangeFor");
    }

    @Test
    void byMailItIsSentToWhereTheOrderWent() {
        assertThat(authorise("\"refundTo\":\"ORIGINAL\"", taken(1, "")).text("/errors/0/pointer"))
                .as("nobody knows where to")
                .isEqualTo("/store");

        order = shippedTo(new PersonalData(
                Optional.of("Ada Canary"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new PersonalData.PostalAddress(
                        Optional.of("Ada Canary"),
                        Optional.of("1 Canary Row"),
                        Optional.of("New York"),
                        Optional.of("NY"),
                        Optional.of("10001"),
                        Optional.of("US"),
                        Optional.empty())),
                Optional.empty()));
        Answer authorised = authorise("\"refundTo\":\"ORIGINAL\"", taken(1, ""));
        assertThat(authorised.status()).as(authorised.body()).isEqualTo(202);
        assertThat(detail(authorised).json().at("/exchange/store").isMissingNode()
                        || detail(authorised).json().at("/exchange/store").isNull())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        "store":"ST-HARBOR"                                                    | [{"sku":"NO-SUCH","quantity":1}]       | /exchangeFor/0/sku
        "store":"ST-HARBOR"                                                    | [{"sku":"","quantity":1}]              | /exchangeFor/0/sku
        "store":"ST-HARBOR"                                                    | [{"sku":"NW-GIFT-50","quantity":1}]    | /exchangeFor/0/sku
        "store":"ST-HARBOR"                                                    | [{"sku":"NW-SET-CAMP","quantity":1}]   | /exchangeFor/0/sku
        "store":"ST-HARBOR"                                                    | [{"sku":"MUG","quantity":0}]           | /exchangeFor/0/quantity
        "store":"ST-HARBOR"                                                    | [{"sku":"MUG","quantity":10001}]       | /exchangeFor/0/quantity
        "store":"ST-HARBOR"                                                    | [{"sku":"MUG","quantity":1,"taxes":[{"title":"T","rate":"x","amount":"1.00"}]}]    | /exchangeFor/0/taxes/0/rate
        "store":"ST-HARBOR"                                                    | [{"sku":"MUG","quantity":1,"taxes":[{"title":"T","rate":"0.1","amount":"1.001"}]}] | /exchangeFor/0/taxes/0/amount
        "store":"ST-HARBOR"                                                    | []                                     | /exchangeFor
        "claim":{"photos":["p.jpg"],"goodsStay":true}                          | [{"sku":"MUG","quantity":1}]           | /exchangeFor
        """)
    void whatCanNotBeTakenIsNamed(String more, String taken, String pointer) {
        String reason = more.contains("claim") ? "DEFECTIVE" : "UNWANTED";
        Answer answer = api.postOnce(
                "/v1/returns",
                Role.SUPPORT,
                UUID.randomUUID().toString(),
                body(more, taken.replace("MUG", mug), "{\"lineId\":\"L1\",\"quantity\":1")
                        .replace("UNWANTED", reason));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).as(answer.body()).isEqualTo(pointer);
    }

    @Test
    void onlyAReturnPaysByItsCredit() {
        String forged = SampleSubmissions.pickedUp("EX-" + UUID.randomUUID())
                .replaceAll("\"gateway\":\\s*\"[^\"]*\"", "\"gateway\":\"exchange\"");
        Answer refused =
                api.postOnce("/v1/orders", Role.INTEGRATION, UUID.randomUUID().toString(), forged);
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("/tenders/0/gateway");

        Answer named = api.postOnce(
                "/v1/orders",
                Role.INTEGRATION,
                UUID.randomUUID().toString(),
                SampleSubmissions.pickedUp("exchange.O-7K2M9Q4XTA-R1"));
        assertThat(named.text("/errors/0/pointer")).as(named.body()).isEqualTo("/externalId");
    }

    /** What goes back to such a payment would go to none. */
    @ParameterizedTest
    @ValueSource(strings = {"exchange", "store-credit"})
    void noPaymentOfAClientHasANameOfOurs(String ours) {
        String taken = SampleSubmissions.pickedUp("EX-" + UUID.randomUUID())
                .replace("\"id\":\"t-1\"", "\"id\":\"" + ours + "\"");
        Answer refused =
                api.postOnce("/v1/orders", Role.INTEGRATION, UUID.randomUUID().toString(), taken);
        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.text("/errors/0/pointer")).isEqualTo("/tenders/0/id");

        String id = authorise("\"store\":\"ST-HARBOR\"", taken(1, "")).text("/returnId");
        Answer paid = api.postOnce(
                "/v1/returns/" + id + "/exchange/payments",
                Role.INTEGRATION,
                UUID.randomUUID().toString(),
                "{\"id\":\"%s\",\"gateway\":\"external\",\"amount\":\"1.00\",\"capturedAt\":\"2025-11-20T10:00:00Z\"}"
                        .formatted(ours));
        assertThat(paid.status()).as(paid.body()).isEqualTo(422);
        assertThat(paid.text("/errors/0/pointer")).isEqualTo("/id");
    }

    private Order shippedTo(PersonalData person) {
        Order sold = ShippedOrders.fresh().destination("US", 40.7, -74.0).paid().build();
        FulfillmentOrderId work =
                ShippedOrders.allocated(api, sold, person, SampleFacilities.WH_EAST, DeliveryMethod.SHIPPING, 0);
        api.database()
                .fulfillmentOrders()
                .observed(
                        work,
                        new WorkProgress(Optional.of(FulfillmentStatus.SHIPPED), Optional.empty(), Optional.empty()),
                        Instant.now(),
                        Optional.empty());
        return sold;
    }

    private Answer pay(String id, String key, String gateway, String amount) {
        return pay(id, key, gateway, amount, "2025-11-20T10:00:00Z");
    }

    private Answer pay(String id, String key, String gateway, String amount, String capturedAt) {
        return api.postOnce(
                "/v1/returns/" + id + "/exchange/payments",
                Role.INTEGRATION,
                key,
                "{\"id\":\"%s\",\"gateway\":\"%s\",\"amount\":\"%s\",\"capturedAt\":\"%s\"}"
                        .formatted(key.substring(0, 8), gateway, amount, capturedAt));
    }

    private Answer detail(Answer summary) {
        assertThat(summary.status()).as(summary.body()).isEqualTo(202);
        return api.get("/v1/returns/" + summary.text("/returnId"), Role.SUPPORT);
    }

    private Answer preview(String more, String taken) {
        return api.post("/v1/returns?preview=true", Role.SUPPORT, body(more, taken));
    }

    private Answer authorise(String more, String taken) {
        return authorise(more, taken, "{\"lineId\":\"L1\",\"quantity\":1");
    }

    private Answer authorise(String more, String taken, String line) {
        return api.postOnce("/v1/returns", Role.SUPPORT, UUID.randomUUID().toString(), body(more, taken, line));
    }

    private String body(String more, String taken) {
        return body(more, taken, "{\"lineId\":\"L1\",\"quantity\":1");
    }

    private String body(String more, String taken, String line) {
        return "{\"orderId\":\"%s\",%s,\"lines\":[%s,\"reason\":\"UNWANTED\"}],\"exchangeFor\":%s}"
                .formatted(order.id(), more, line, taken);
    }

    private String taken(int quantity, String more) {
        return "[{\"sku\":\"%s\",\"quantity\":%d%s}]".formatted(mug, quantity, more);
    }

    private void price(String sku, String amount) {
        Instant version = Instant.now();
        Retailer retailer = Retailer.load(Path.of("../config"), Map.of());
        CatalogSyncs syncs = api.database().catalogSyncs(retailer.systemOfRecord());
        syncs.begin(SHOP);
        syncs.exported(SHOP, "export");
        ProductRecord record = new ProductRecord(
                Sku.of(sku),
                List.of(new Stated(Attribute.TITLE, Optional.of("Mug"), version)),
                List.of(new PriceStated(SHOP, Money.of(amount, CurrencyCode.of("USD")), version)));
        syncs.take(syncs.begin(SHOP), new Page(List.of(record), 0, 1, Optional.empty()), 1);
        syncs.finish(SHOP);
    }
}
