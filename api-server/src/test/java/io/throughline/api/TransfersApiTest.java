package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RoutingPlan;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.transfer.OrderTransferTerms;
import io.throughline.domain.transfer.TransferTerms;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Transfers that stores ask for, by the committed policy. */
class TransfersApiTest {
    private static final String TRANSFERS = "/v1/transfers";
    private static final String SKU = "NW-JKT-GRN-L";

    private final TestingApi api = TestingApi.get();
    private final String key = UUID.randomUUID().toString();

    @Test
    void goodsGoFromAStoreToAnother() {
        count("ST-DUBLIN", 20);

        Answer asked = request(key, "ST-DUBLIN", "ST-HARBOR", 4);
        assertThat(asked.status()).as(asked.body()).isEqualTo(201);
        assertThat(asked.text("/status")).isEqualTo("REQUESTED");
        assertThat(asked.text("/rule")).isEqualTo("between-stores");
        String id = asked.text("/id");
        assertThat(request(key, "ST-DUBLIN", "ST-HARBOR", 4).text("/id")).isEqualTo(id);
        assertThat(request(key, "ST-DUBLIN", "ST-HARBOR", 5).status()).isEqualTo(422);

        Answer found = api.get("/v1/lookup?id=" + id, Role.VIEWER);
        assertThat(found.text("/transfer")).as(found.body()).endsWith(TRANSFERS + "/" + id);

        Answer sent = api.post(TRANSFERS + "/" + id + "/sending", Role.SUPPORT, units(4));
        assertThat(sent.text("/status")).as(sent.body()).isEqualTo("SENT");
        assertThat(inTransit("ST-HARBOR")).isEqualTo(4);
        Answer incoming = api.get("/v1/availability?incoming=true&facility=ST-HARBOR&sku=" + SKU, Role.VIEWER);
        assertThat(incoming.json().at("/incoming/0/units").asInt())
                .as(incoming.body())
                .isEqualTo(4);
        assertThat(incoming.text("/incoming/0/expectedAt")).isEqualTo(sent.text("/expectedAt"));
        assertThat(Visitor.signedIn(api, Role.VIEWER).page("/console/stock?sku=" + SKU))
                .contains("Between facilities")
                .contains(id);

        Answer received = api.post(TRANSFERS + "/" + id + "/receipt", Role.SUPPORT, units(4));
        assertThat(received.text("/status")).as(received.body()).isEqualTo("RECEIVED");
        assertThat(received.json().path("settled").asBoolean()).isTrue();
        assertThat(inTransit("ST-HARBOR")).isZero();
        assertThat(api.get(TRANSFERS + "/" + id, Role.VIEWER).text("/lines/0/received"))
                .isEqualTo("4");
        assertThat(api.get(TRANSFERS + "?facility=ST-DUBLIN&limit=5", Role.VIEWER)
                        .body())
                .contains(id);
        assertThat(Visitor.signedIn(api, Role.VIEWER).page("/console/stock?sku=" + SKU))
                .doesNotContain(id);
        assertThat(api.post(TRANSFERS + "/" + id + "/cancellation", Role.SUPPORT, "")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void whatAnOrderIsCollectedWithNamesItsWorkAndIsRefusedAsATransferIs() {
        Order order = ShippedOrders.fresh().paid().build();
        List<LineQuantity> lines = order.deliveries().getFirst().lines();
        api.database().orders().hint(order.key(), order.channel(), SamplePolicies.RULES);
        api.database().orders().accept(order, PersonalData.none(), Instant.now());
        OrderTransferTerms terms = new OrderTransferTerms(
                new TransferTerms("stock-1", "harbor-brings-to-dublin", Duration.ofDays(3), 2, 0), Duration.ofDays(1));
        FulfillmentOrderId work = ShippedOrders.reserved(api, order, SampleFacilities.ST_HARBOR, 5)
                .allocate(
                        order.id(),
                        new RoutingPlan(
                                List.of(new RoutingPlan.Assignment(
                                        SampleFacilities.ST_DUBLIN,
                                        DeliveryMethod.PICKUP,
                                        Optional.empty(),
                                        lines,
                                        Optional.of(
                                                new RoutingPlan.Sending(SampleFacilities.ST_HARBOR, lines, terms)))),
                                "as it was chosen"))
                .orElseThrow()
                .getFirst()
                .id();

        Answer transfers = api.get(TRANSFERS + "?facility=ST-DUBLIN&limit=500", Role.VIEWER);
        String id = StreamSupport.stream(transfers.json().path("transfers").spliterator(), false)
                .filter(one -> one.path("forWork").asText().equals(work.value()))
                .map(one -> one.path("id").asText())
                .findFirst()
                .orElseThrow();
        assertThat(api.get("/v1/orders/" + order.id(), Role.VIEWER).text("/fulfillmentOrders/0/awaitsGoodsFrom"))
                .isEqualTo("ST-HARBOR");
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);
        String page = "/console/transfers/" + id;
        assertThat(support.page(page))
                .contains(work.value(), "/console/orders/" + order.id(), "What does not go is looked for elsewhere");
        Visitor.done(support.post(page + "/cancellation", Map.of()));
        assertThat(support.page(page)).contains("Cancelled").doesNotContain("Send it");
        assertThat(api.get("/v1/orders/" + order.id(), Role.VIEWER).text("/fulfillmentOrders/0/status"))
                .isEqualTo("REJECTED");
        assertThat(api.post(TRANSFERS + "/" + id + "/sending", Role.SUPPORT, units(1))
                        .status())
                .isEqualTo(409);
        // What is looked for elsewhere would take what other tests count on.
        api.database().stock(SampleStockRules.plain()).inventory().releaseAll(order.id(), "the test is over");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WH-EAST   | ST-HARBOR | 1      | the stock of WH-EAST is moved by tryton-northwind: record the transfer there
            ST-HARBOR | WH-WEST   | 1      | the stock of WH-WEST is moved by wms-west: record the transfer there
            ST-DUBLIN | ST-HARBOR | 100000 | stay by between-stores of stock-1
            """)
    void whatIsNotAllowedIsSaid(String from, String to, int units, String why) {
        Answer refused = request(key, from, to, units);

        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.text("/detail")).contains(why);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"from":"ST-PARIS","to":"ST-HARBOR","lines":[{"sku":"NW-CAP-NVY","units":1}]}  | /from
            {"from":"ST-HARBOR","to":"ST-HARBOR","lines":[{"sku":"NW-CAP-NVY","units":1}]} | /to
            {"from":"ST-DUBLIN","to":"ST-HARBOR","lines":[]}                               | /lines
            {"from":"ST-DUBLIN","to":"ST-HARBOR","lines":[{"sku":"NO-SUCH","units":1}]}    | /lines/0/sku
            {"from":"ST-DUBLIN","to":"ST-HARBOR","lines":[{"sku":"NW-CAP-NVY","units":0}]} | /lines/0/units
            {"from":"ST-DUBLIN","to":"ST-HARBOR","expectedAt":"2020-01-01T00:00:00Z","lines":[]} | /expectedAt
            """)
    void whatCantBeReadIsToldFieldByField(String body, String field) {
        Answer refused = api.postOnce(TRANSFERS, Role.SUPPORT, key, body);

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains("\"" + field + "\"");
    }

    @Test
    void theKeyAndTheRoleAreAskedFor() {
        String body = body("ST-DUBLIN", "ST-HARBOR", 1);

        assertThat(api.post(TRANSFERS, Role.SUPPORT, body).status()).isEqualTo(400);
        assertThat(api.postOnce(TRANSFERS, Role.VIEWER, key, body).status()).isEqualTo(403);
        assertThat(api.get(TRANSFERS + "/T-0000000000", Role.VIEWER).status()).isEqualTo(404);
        assertThat(api.post(TRANSFERS + "/T-0000000000/sending", Role.SUPPORT, units(1))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void peopleAskForTransfersAndTellWhatBecomesOfThem() {
        count("ST-DUBLIN", 20);
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);
        assertThat(support.page("/console/stock?sku=" + SKU)).contains("/console/new-transfer?sku=" + SKU);
        Map<String, String> asked = filled(support.page("/console/new-transfer?sku=" + SKU), SKU + " 4");

        HttpResponse<String> answer = support.post("/console/new-transfer", asked);
        Visitor.done(answer);
        String page = answer.headers().firstValue("Location").orElseThrow();
        String path = page.substring(page.indexOf("/console"));
        assertThat(support.post("/console/new-transfer", asked).headers().firstValue("Location"))
                .as("sent twice from one page")
                .contains(page);
        assertThat(support.page(path)).contains("Requested", "Send it", "Cancel the transfer");
        assertThat(support.page("/console/transfers?facility=ST-HARBOR")).contains(path);
        assertThat(support.get("/console/search?q=" + path.substring(path.lastIndexOf('/') + 1))
                        .headers()
                        .firstValue("Location")
                        .orElse(""))
                .endsWith(path);

        HttpResponse<String> tooMany = support.post(path + "/sending", Map.of("units/" + SKU, "400"));
        assertThat(tooMany.statusCode()).as(tooMany.body()).isEqualTo(409);
        assertThat(tooMany.body()).contains("send no more, and ask for another transfer");
        HttpResponse<String> unsaid = support.post(path + "/sending", Map.of("units/" + SKU, "some"));
        assertThat(unsaid.statusCode()).isEqualTo(422);
        Visitor.done(support.post(path + "/sending", Map.of("units/" + SKU, "4")));
        assertThat(inTransit("ST-HARBOR")).isEqualTo(4);
        Visitor.done(support.post(path + "/receipt", Map.of("units/" + SKU, "1")));
        assertThat(support.page(path)).contains("Less or more has arrived", "C-", "Receive it");
        Visitor.done(support.post(path + "/receipt", Map.of("units/" + SKU, "4")));
        assertThat(support.page(path)).doesNotContain("Receive it").contains("Chain intact", "transfer.received");
        assertThat(support.page("/console/audit")).contains(path);
    }

    @Test
    void whoMayOnlyLookTellsNothing() {
        Visitor viewer = Visitor.signedIn(api, Role.VIEWER);

        assertThat(viewer.page("/console/transfers")).doesNotContain("/console/new-transfer");
        assertThat(viewer.page("/console/stock?sku=" + SKU)).doesNotContain("/console/new-transfer");
        assertThat(viewer.get("/console/new-transfer").statusCode()).isEqualTo(403);
        assertThat(viewer.post("/console/new-transfer", Map.of("from", "ST-DUBLIN"))
                        .statusCode())
                .isEqualTo(403);
        assertThat(viewer.get("/console/transfers/T-0000000000").statusCode()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ST-DUBLIN |           | NW-JKT-GRN-L 1 | 422 | where they go
            ST-DUBLIN | ST-HARBOR | NW-JKT-GRN-L   | 422 | a SKU and a number of units
            ST-DUBLIN | ST-HARBOR | NO-SUCH 1      | 422 | a SKU of the catalogue
            WH-EAST   | ST-HARBOR | NW-JKT-GRN-L 1 | 409 | record the transfer there
            """)
    void whatIsRefusedIsToldOnThePage(String from, @Nullable String to, String lines, int status, String why) {
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);
        Map<String, String> asked = filled(support.page("/console/new-transfer"), lines);
        asked.put("from", from);
        asked.put("to", to == null ? "" : to);

        HttpResponse<String> refused = support.post("/console/new-transfer", asked);

        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(status);
        assertThat(refused.body()).contains(why, lines.strip());
    }

    /** What the page holds, with goods that go from Dublin to the harbour. */
    private static Map<String, String> filled(String page, String lines) {
        Map<String, String> fields =
                new HashMap<>(Map.of("from", "ST-DUBLIN", "to", "ST-HARBOR", "lines", lines, "length", "P1D"));
        for (String field : List.of("name", "askedAt")) {
            Matcher matcher =
                    Pattern.compile("name=\"" + field + "\" value=\"([^\"]+)\"").matcher(page);
            assertThat(matcher.find()).isTrue();
            fields.put(field, matcher.group(1));
        }
        return fields;
    }

    private Answer request(String idempotencyKey, String from, String to, int units) {
        return api.postOnce(TRANSFERS, Role.SUPPORT, idempotencyKey, body(from, to, units));
    }

    private static String body(String from, String to, int units) {
        return "{\"from\":\"%s\",\"to\":\"%s\",\"lines\":[{\"sku\":\"%s\",\"units\":%d}]}"
                .formatted(from, to, SKU, units);
    }

    private static String units(int units) {
        return "{\"lines\":[{\"sku\":\"%s\",\"units\":%d}]}".formatted(SKU, units);
    }

    private void count(String facility, int units) {
        Answer counted = api.post(
                "/v1/facilities/" + facility + "/counts",
                Role.SUPPORT,
                "{\"countId\":\"%s\",\"countedAt\":\"%s\",\"lines\":[{\"sku\":\"%s\",\"counted\":%d}]}"
                        .formatted(key, Instant.now(), SKU, units));
        assertThat(counted.status()).as(counted.body()).isEqualTo(200);
    }

    private int inTransit(String facility) {
        Answer answer = api.get("/v1/availability?sku=" + SKU + "&facility=" + facility, Role.VIEWER);
        return answer.json().at("/facilities/0/quantities/inTransit").asInt();
    }
}
