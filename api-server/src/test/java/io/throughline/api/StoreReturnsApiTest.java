package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.Order;
import io.throughline.domain.returns.OnePolicy;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReckoning;
import io.throughline.domain.returns.Returns;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Returns of orders as the people of a store work with them, by a key that is good for their store only. */
class StoreReturnsApiTest {
    private final TestingApi api = TestingApi.get();
    private final String harbor = key(SampleFacilities.ST_HARBOR);
    private final String dublin = key(SampleFacilities.ST_DUBLIN);
    private Order order = ShippedOrders.twoLines(api);

    @BeforeEach
    void anOrderHasLeft() {
        order = ShippedOrders.twoLines(api);
    }

    @Test
    void aStoreScansPreviewsAuthorisesReceivesAndInspects() {
        Answer scanned = get("/v1/returns/scan?id=" + order.key().externalId(), harbor);
        assertThat(scanned.status()).as(scanned.body()).isEqualTo(200);
        assertThat(scanned.text("/orderId")).isEqualTo(order.id().value());
        assertThat(scanned.text("/lines/0/lineId")).isEqualTo("L1");
        assertThat(scanned.json().at("/lines/0/returnable").asInt()).isEqualTo(2);

        Answer preview = post("/v1/returns?preview=true", harbor, body("ST-HARBOR"));
        assertThat(preview.status()).as(preview.body()).isEqualTo(200);

        String id = authorised(harbor, "ST-HARBOR");
        assertThat(get("/v1/returns", harbor).json().path("returns").findValuesAsText("returnId"))
                .contains(id);
        assertThat(get("/v1/returns/" + id, harbor).status()).isEqualTo(200);
        assertThat(tell(id + "/receipts", harbor, receipt("ST-HARBOR")).text("/goods"))
                .isEqualTo("RECEIVED");
        assertThat(tell(id + "/inspections", harbor, inspection("ST-HARBOR")).text("/goods"))
                .isEqualTo("INSPECTED");
        Answer detail = get("/v1/returns/" + id, harbor);
        assertThat(detail.text("/lines/0/inspections/0/facility")).isEqualTo("ST-HARBOR");
        assertThat(detail.json().path("journals")).isEmpty();
    }

    @Test
    void whatComesToAnotherStoreIsThatStores() {
        String id = authorised(harbor, "ST-HARBOR");
        assertThat(get("/v1/returns", dublin).json().path("returns").findValuesAsText("returnId"))
                .doesNotContain(id);
        assertThat(get("/v1/returns?facility=ST-HARBOR", dublin).status()).isEqualTo(403);
        assertThat(tell(id + "/receipts", dublin, receipt("ST-HARBOR")).status())
                .as("into another store")
                .isEqualTo(403);

        tell(id + "/receipts", harbor, receipt("ST-HARBOR"));
        assertThat(get("/v1/returns/" + id, dublin).status())
                .as("nothing more is to come")
                .isEqualTo(404);
        assertThat(tell(id + "/inspections", dublin, inspection("ST-DUBLIN")).status())
                .isEqualTo(404);
    }

    /** Bought anywhere, returned anywhere: whoever stands at the counter has brought it there. */
    @Test
    void aStoreTakesInWhatWasToGoElsewhereAndLooksAtWhatLiesThereOnly() {
        String id = authorised(harbor, "ST-HARBOR");
        assertThat(get("/v1/returns?id=" + id, dublin).text("/returns/0/returnId"))
                .isEqualTo(id);

        assertThat(tell(id + "/receipts", dublin, receipt("ST-DUBLIN")).status())
                .isEqualTo(202);
        assertThat(tell(id + "/inspections", harbor, inspection("ST-HARBOR")).status())
                .isEqualTo(409);
        assertThat(tell(id + "/inspections", dublin, inspection("ST-DUBLIN")).status())
                .isEqualTo(202);
    }

    @Test
    void aStoreAuthorisesNeitherForOthersNorByMailNorMoneyFirst() {
        for (String more :
                new String[] {"\"store\":\"ST-DUBLIN\",", "", "\"store\":\"ST-HARBOR\",\"refundBeforeGoods\":true,"}) {
            Answer answer = once(
                    "/v1/returns",
                    harbor,
                    "{\"orderId\":\"" + order.id() + "\"," + more + "\"lines\":["
                            + "{\"lineId\":\"L1\",\"quantity\":1,\"reason\":\"UNWANTED\"}]}");

            assertThat(answer.status()).as(more + answer.body()).isEqualTo(403);
        }
    }

    @Test
    void aStoreThatMayReadAllDoesNoMoreThanOthers() {
        String reader = api.keyRing()
                .make("reader", Set.of(Role.STORE, Role.VIEWER), Set.of(SampleFacilities.ST_HARBOR), Optional.empty())
                .reveal();
        String byMail = "{\"orderId\":\"" + order.id()
                + "\",\"lines\":[{\"lineId\":\"L1\",\"quantity\":1,\"reason\":\"UNWANTED\"}]}";

        assertThat(once("/v1/returns", reader, byMail).status()).isEqualTo(403);
        assertThat(once(
                                "/v1/facilities/ST-DUBLIN/held-goods/releases",
                                reader,
                                "{\"sku\":\"NW-TEE-BLK-M\",\"quantity\":1,\"outcome\":\"SCRAPPED\"}")
                        .status())
                .isEqualTo(403);
        assertThat(get("/v1/facilities/ST-DUBLIN/held-goods", reader).status()).isEqualTo(200);
    }

    @Test
    void financeRefusesOnlyWhatWaitsForASecondPerson() {
        String id = authorised(harbor, "ST-HARBOR");

        assertThat(api.post("/v1/returns/" + id + "/refusal", Role.FINANCE, "{\"reason\":\"worn\"}")
                        .status())
                .isEqualTo(403);
        assertThat(api.post("/v1/returns/" + id + "/refusal", Role.SUPPORT, "{\"reason\":\"worn\"}")
                        .status())
                .isEqualTo(202);
    }

    @Test
    void aKeyForNoStoreListsNothing() {
        authorised(harbor, "ST-HARBOR");

        assertThat(api.get("/v1/returns", Role.STORE).json().path("returns")).isEmpty();
    }

    @Test
    void aStoreSeesItsReturnsInTheConsoleAndWorksWithThem() {
        Visitor store = Visitor.signedIn(api, harbor);
        assertThat(store.get("/console/cases").statusCode()).isEqualTo(403);
        assertThat(store.page("/console/returns/scan?id=" + order.id())).contains("Take it back here", "May come back");

        Map<String, String> asked = new HashMap<>(Map.of(
                "id",
                order.id().value(),
                "store",
                "ST-HARBOR",
                "units/1",
                "1",
                "reason/1",
                "UNWANTED",
                "do",
                "preview"));
        asked.put("key", hidden(store.page("/console/returns/scan?id=" + order.id()), "key"));
        assertThat(store.post("/console/returns/scan", asked).body()).contains("USD would be given back");
        asked.put("do", "authorise");
        HttpResponse<String> authorised = store.post("/console/returns/scan", asked);
        Visitor.done(authorised);
        String page = "/console/returns/" + order.id() + "-R1";
        assertThat(store.page("/console/returns")).contains(page).doesNotContain("/console/orders/");

        Visitor.done(store.post(
                page + "/receipts",
                Map.of("key", hidden(store.page(page), "key"), "facility", "ST-HARBOR", "units/L1", "1")));
        String inspect = store.page(page);
        assertThat(inspect).contains("Look at what lies at ST-HARBOR").doesNotContain("/console/orders/");
        Map<String, String> found = new HashMap<>(Map.of(
                "facility",
                "ST-HARBOR",
                "line/1",
                "L1",
                "grade/1",
                "OPENED",
                "disposition/1",
                "RESTOCK",
                "photos",
                "shelf-7/1\nshelf-7/2"));
        found.put("key", formKey(inspect, page + "/inspections"));
        Visitor.done(store.post(page + "/inspections", found));
        assertThat(store.page(page))
                .contains("1 × Opened, Restock", "shelf-7/2")
                .doesNotContain("Look at what lies");
        assertThat(Visitor.signedIn(api, dublin).get(page).statusCode()).isEqualTo(404);
    }

    @Test
    void aSlipHasABarcodeThatScannersRead() {
        String id = authorised(harbor, "ST-HARBOR");

        assertThat(Visitor.signedIn(api, harbor).page("/console/returns/" + id + "/slip"))
                .contains("class=\"barcode\"", "Barcode of " + id, "<rect x=\"10\"")
                .doesNotContain("style=");
    }

    @Test
    void aSecondPersonSaysNoAndTheGoodsGoBackOrStay() {
        String id = unapproved();
        Visitor finance = Visitor.signedIn(api, Role.FINANCE);
        String page = "/console/returns/" + id;
        assertThat(finance.page(page)).contains("Correct the condition", "Refuse after all", "Go back to the customer");

        String number = detail(id).json().at("/lines/0/inspections/0/number").asText();
        Visitor.done(finance.post(
                page + "/regradings",
                Map.of("key", formKey(finance.page(page), page + "/regradings"), "grade/" + number, "OPENED")));
        assertThat(detail(id).text("/lines/0/inspections/0/grade")).isEqualTo("OPENED");
        assertThat(detail(id).text("/summary/money")).isEqualTo("UNCALCULATED");

        calculate(id);
        assertThat(api.send(api.to("/v1/returns/" + id + "/approvals", Role.FINANCE)
                                .POST(HttpRequest.BodyPublishers.noBody()))
                        .status())
                .as("who has looked")
                .isEqualTo(409);
        Answer refused =
                api.post("/v1/returns/" + id + "/refusal", Role.FINANCE, "{\"reason\":\"worn\",\"goods\":\"KEEP\"}");
        assertThat(refused.status()).as(refused.body()).isEqualTo(202);
        assertThat(refused.text("/money")).isEqualTo("ENDED");
    }

    @Test
    void unexpectedGoodsAreDecidedInTheConsole() {
        String id = authorised(harbor, "ST-HARBOR");
        tell(id + "/receipts", harbor, receipt("ST-HARBOR"));
        tell(id + "/receipts", harbor, receipt("ST-HARBOR"));
        String page = "/console/returns/" + id;
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);
        assertThat(support.page(page)).contains("What nobody had authorised, at ST-HARBOR");

        Visitor.done(support.post(
                page + "/unexpected-goods",
                Map.of(
                        "key", formKey(support.page(page), page + "/unexpected-goods"),
                        "facility", "ST-HARBOR",
                        "line/1", "L1",
                        "units/1", "1",
                        "disposition/1", "REFURBISH")));

        assertThat(detail(id).json().path("unexpectedToDecide")).isEmpty();
        Answer held = get("/v1/facilities/ST-HARBOR/held-goods", harbor);
        assertThat(held.json().path("held").findValuesAsText("source")).contains(id);
    }

    @Test
    void heldGoodsGoByApiAndConsole() {
        String id = authorised(harbor, "ST-HARBOR");
        tell(id + "/receipts", harbor, receipt("ST-HARBOR"));
        tell(id + "/receipts", harbor, receipt("ST-HARBOR"));
        once(
                "/v1/returns/" + id + "/unexpected-goods",
                api.key(Role.SUPPORT),
                "{\"facility\":\"ST-HARBOR\",\"lines\":[{\"lineId\":\"L1\",\"quantity\":1,\"disposition\":\"REFURBISH\"}]}");
        String path = "/v1/facilities/ST-HARBOR/held-goods";
        String body = "{\"sku\":\"NW-TEE-BLK-M\",\"quantity\":1,\"outcome\":\"MADE_GOOD\"}";
        int before = get(path, harbor).json().path("held").size();

        assertThat(get(path, dublin).status()).isEqualTo(404);
        assertThat(once(path + "/releases", dublin, body).status()).isEqualTo(404);
        String key = UUID.randomUUID().toString();
        assertThat(keyed(path + "/releases", harbor, key, body).status()).isEqualTo(200);
        assertThat(keyed(path + "/releases", harbor, key, body).header("Idempotent-Replayed"))
                .isEqualTo("true");
        assertThat(get(path, harbor).json().path("held").size()).isLessThan(before);
        assertThat(once(path + "/releases", harbor, body.replace(":1,", ":9999,"))
                        .status())
                .isEqualTo(409);

        Visitor store = Visitor.signedIn(api, harbor);
        assertThat(store.page("/console/facilities/ST-HARBOR/held")).contains("Held in");
        assertThat(store.get("/console/facilities/ST-DUBLIN/held").statusCode()).isEqualTo(404);
        assertThat(store.post(
                                "/console/facilities/ST-HARBOR/held",
                                Map.of("key", "k", "sku", "NW-TEE-BLK-M", "quantity", "9999", "outcome", "SCRAPPED"))
                        .statusCode())
                .isEqualTo(409);
    }

    @Test
    void returnsAreListedByWhatPeopleLookFor() {
        String id = authorised(harbor, "ST-HARBOR");

        assertThat(api.get("/v1/returns?status=AWAITED&facility=ST-HARBOR&limit=500", Role.SUPPORT)
                        .json()
                        .path("returns")
                        .findValuesAsText("returnId"))
                .contains(id);
        assertThat(api.get("/v1/returns?overdue=true&limit=500", Role.SUPPORT)
                        .json()
                        .path("returns")
                        .findValuesAsText("returnId"))
                .doesNotContain(id);
        Answer first = api.get("/v1/returns?limit=1", Role.SUPPORT);
        Answer second = api.get("/v1/returns?limit=1&after=" + first.text("/next"), Role.SUPPORT);
        assertThat(second.text("/returns/0/returnId")).isNotEqualTo(first.text("/returns/0/returnId"));
        assertThat(api.get("/v1/returns?status=NONSENSE", Role.SUPPORT).status())
                .isEqualTo(400);
    }

    private String unapproved() {
        String id = authorised(harbor, "ST-HARBOR");
        tell(id + "/receipts", harbor, receipt("ST-HARBOR"));
        tell(id + "/inspections", harbor, inspection("ST-HARBOR"));
        calculate(id);
        return id;
    }

    private void calculate(String id) {
        Return returned = api.database().returns().find(new ReturnId(id)).orElseThrow();
        api.database()
                .returns()
                .calculate(
                        returned.id(),
                        purchase -> new Returns.Reckoned(
                                new ReturnReckoning(new OnePolicy(new ReturnPolicyBuilder().build()))
                                        .of(returned, purchase)
                                        .refund(),
                                true));
    }

    private Answer detail(String id) {
        return api.get("/v1/returns/" + id, Role.FINANCE);
    }

    private static String hidden(String page, String name) {
        Matcher field =
                Pattern.compile("name=\"" + name + "\" value=\"([^\"]*)\"").matcher(page);
        assertThat(field.find()).as(page).isTrue();
        return field.group(1);
    }

    /** The key of the form that is sent to an address. */
    private static String formKey(String page, String action) {
        int form = page.indexOf("action=\"" + action + "\"");
        assertThat(form).as(page).isPositive();
        return hidden(page.substring(form), "key");
    }

    private String authorised(String key, String store) {
        Answer answer = once("/v1/returns", key, body(store));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.text("/returnId");
    }

    private Answer tell(String what, String key, String body) {
        return once("/v1/returns/" + what, key, body);
    }

    private Answer once(String path, String key, String body) {
        return keyed(path, key, UUID.randomUUID().toString(), body);
    }

    private Answer keyed(String path, String key, String once, String body) {
        return api.send(api.to(path)
                .header("Authorization", "Bearer " + key)
                .header("Idempotency-Key", once)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer post(String path, String key, String body) {
        return api.send(api.to(path)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private Answer get(String path, String key) {
        return api.send(api.to(path).header("Authorization", "Bearer " + key).GET());
    }

    private String key(FacilityId facility) {
        return api.keyRing()
                .make("device-" + facility, Set.of(Role.STORE), Set.of(facility), Optional.empty())
                .reveal();
    }

    private String body(String store) {
        return "{\"orderId\":\"" + order.id() + "\",\"store\":\"" + store
                + "\",\"lines\":[{\"lineId\":\"L1\",\"quantity\":1,\"reason\":\"UNWANTED\"}]}";
    }

    private static String receipt(String store) {
        return "{\"facility\":\"" + store + "\",\"lines\":[{\"lineId\":\"L1\",\"quantity\":1}]}";
    }

    private static String inspection(String store) {
        return "{\"facility\":\"" + store
                + "\",\"lines\":[{\"lineId\":\"L1\",\"quantity\":1,\"grade\":\"NEW\",\"disposition\":\"RESTOCK\"}]}";
    }
}
