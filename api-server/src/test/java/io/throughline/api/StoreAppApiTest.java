package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.PersonalData.PostalAddress;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.PickupCode;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.policy.OrderRules;
import io.throughline.domain.policy.SamplePolicies;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.stream.StreamSupport;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a store's device asks and reports, by a key that is good for its own facility. */
class StoreAppApiTest {
    private static final String PARCEL = "{\"parcels\":[{\"carrier\":\"UPS\",\"trackingNumber\":\"1Z-%s\"}]}";

    /** What others of these tests have found missing is covered first. */
    private static final int PLENTY = 100;

    private final TestingApi api = TestingApi.get();
    private final String harbor = key(SampleFacilities.ST_HARBOR);
    private final String dublin = key(SampleFacilities.ST_DUBLIN);
    private Order order = SampleOrders.twoLinesWithTaxAndDiscount();
    private FulfillmentOrderId id = FulfillmentOrderId.of(order.id(), 1);

    @BeforeEach
    void release() {
        id = released(SampleFacilities.ST_HARBOR, DeliveryMethod.SHIPPING);
    }

    @AfterEach
    void resume() {
        api.post("/v1/facilities/ST-HARBOR/resumption", Role.ADMIN, "");
    }

    @Test
    void aDeviceSeesTheWorkOfItsFacilityWithWhereItGoes() {
        JsonNode item = listed(get("/v1/facilities/ST-HARBOR/work?limit=500", harbor));

        assertThat(item.path("order").asText()).isEqualTo(order.id().value());
        assertThat(item.path("orderName").asText()).isEqualTo(order.name());
        assertThat(item.path("status").asText()).isEqualTo("RELEASED");
        assertThat(item.path("customer").asText()).isEqualTo("Ada Canary");
        assertThat(item.at("/shipTo/street").asText()).isEqualTo("1 Canary Wharf");
        assertThat(item.path("lines").findValuesAsText("lineId")).contains("L1", "L2");
        assertThat(item.at("/goods/0/title").asText()).isNotEmpty();
        assertThat(item.path("deadline").asText()).isNotEmpty();
        assertThat(listed(api.get("/v1/facilities/ST-HARBOR/work?limit=500", Role.SUPPORT))
                        .path("customer")
                        .asText())
                .isEqualTo("Ada Canary");
        JsonNode others = listed(api.get("/v1/facilities/ST-HARBOR/work?limit=500", Role.INTEGRATION));
        assertThat(others.path("customer").asText()).isEqualTo("A*** C***");
        assertThat(others.path("shipTo").isMissingNode()
                        || others.path("shipTo").isNull())
                .isTrue();
    }

    @Test
    void thatADeviceWasShownWhoseItIsIsKeptOnce() {
        get("/v1/facilities/ST-HARBOR/work?limit=500", harbor);
        get("/v1/facilities/ST-HARBOR/work?limit=500", harbor);
        api.get("/v1/facilities/ST-HARBOR/work?limit=500", Role.INTEGRATION);

        assertThat(api.database().trace().of(order.id().value()))
                .filteredOn(entry -> entry.kind().equals("work.person-shown"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.toString()).doesNotContain("Canary"));
    }

    @Test
    void whereLabelsAreBoughtOrNobodyLooksAtDocumentsTheNameStaysMasked() {
        id = released(SampleFacilities.ST_DUBLIN, DeliveryMethod.SHIPPING);
        JsonNode labelled = listed(get("/v1/facilities/ST-DUBLIN/work?limit=500", dublin));
        assertThat(labelled.path("customer").asText()).isEqualTo("A*** C***");
        assertThat(labelled.path("shipTo").isMissingNode()
                        || labelled.path("shipTo").isNull())
                .isTrue();

        id = released(SampleFacilities.ST_HARBOR, DeliveryMethod.PICKUP);
        assertThat(listed(get("/v1/facilities/ST-HARBOR/work?limit=500", harbor))
                        .path("customer")
                        .asText())
                .isEqualTo("A*** C***");
    }

    @Test
    void whoLooksAtADocumentSeesTheNameThatItHasToBear() {
        id = released(SampleFacilities.ST_HARBOR, DeliveryMethod.PICKUP, "standard-8");

        JsonNode collected = listed(get("/v1/facilities/ST-HARBOR/work?limit=500", harbor));

        assertThat(collected.path("customer").asText()).isEqualTo("Ada Canary");
        assertThat(collected.path("shipTo").isMissingNode()
                        || collected.path("shipTo").isNull())
                .isTrue();
    }

    @Test
    void otherStoresLookLikeNone() {
        assertThat(get("/v1/facilities/ST-HARBOR/work", dublin).status()).isEqualTo(404);
        assertThat(report("acknowledgement", dublin, "").status()).isEqualTo(404);
        assertThat(api.database().fulfillmentOrders().get(id).status()).isEqualTo(FulfillmentStatus.RELEASED);
    }

    @Test
    void theListIsReadInPages() {
        released(SampleFacilities.ST_HARBOR, DeliveryMethod.SHIPPING);

        JsonNode first = get("/v1/facilities/ST-HARBOR/work?limit=1", harbor).json();
        Answer second = get(
                "/v1/facilities/ST-HARBOR/work?limit=1&after="
                        + first.path("next").asText(),
                harbor);

        assertThat(second.text("/work/0/id"))
                .isNotEmpty()
                .isNotEqualTo(first.at("/work/0/id").asText());
        assertThat(get("/v1/facilities/ST-HARBOR/work?status=PICKED_UP", harbor)
                        .json()
                        .path("work"))
                .allSatisfy(item -> assertThat(item.path("status").asText()).isEqualTo("PICKED_UP"));
        assertThat(get("/v1/facilities/ST-HARBOR/work?status=LOST", harbor).status())
                .isEqualTo(400);
    }

    @Test
    void workIsCarriedToItsHandover() {
        assertTaken(report("acknowledgement", harbor, ""), "ACKNOWLEDGED");
        Answer pick = report("pick", harbor, "");
        assertTaken(pick, "PICKING");
        assertTaken(report("packing", harbor, PARCEL.formatted(id)), "PACKED");
        assertTaken(report("handover", harbor, "{}"), "SHIPPED");

        assertThat(report("pick", harbor, "").body()).as("the same again").isEqualTo(pick.body());
        assertThat(api.get("/v1/lookup?id=1Z-" + id, Role.VIEWER).text("/subject"))
                .isEqualTo(order.id().value());
    }

    @Test
    void eachParcelIsShownWithWhatLiesInItAndWhereItIs() {
        report(
                "packing",
                harbor,
                ("{\"parcels\":[{\"carrier\":\"UPS\",\"trackingNumber\":\"A-%1$s\",\"weightGrams\":800,"
                                + "\"lines\":[{\"lineId\":\"L1\",\"quantity\":2}]},"
                                + "{\"carrier\":\"UPS\",\"trackingNumber\":\"B-%1$s\",\"lines\":[{\"lineId\":\"L2\",\"quantity\":1}]}]}")
                        .formatted(id));
        assertTaken(report("handover", harbor, "{}"), "SHIPPED");

        JsonNode parcels =
                get("/v1/fulfillment-orders/" + id + "/parcels", harbor).json().path("parcels");

        assertThat(parcels).hasSize(2);
        assertThat(parcels.at("/0/id").asText()).isEqualTo(id + "-P1");
        assertThat(parcels.at("/0/status").asText()).isEqualTo("IN_TRANSIT");
        assertThat(parcels.at("/0/lines/0/lineId").asText()).isEqualTo("L1");
        assertThat(api.get("/v1/orders/" + order.id(), Role.SUPPORT).json().findValuesAsText("trackingNumber"))
                .contains("A-" + id, "B-" + id);
        assertThat(get("/v1/fulfillment-orders/" + id + "/parcels", dublin).status())
                .isEqualTo(404);
    }

    @Test
    void aWrongPickupCodeIsAConflictAndTheRightOneHandsOver() {
        id = released(SampleFacilities.ST_HARBOR, DeliveryMethod.PICKUP);
        PickupCode code = PickupCode.of("K7QM-X3PD");
        api.database().pickupCodes().made(id, code);
        report("ready", harbor, "");

        Answer wrong = report("handover", harbor, "{\"code\":\"K7QM-X3PE\"}");
        assertThat(wrong.status()).as(wrong.body()).isEqualTo(409);
        assertThat(wrong.text("/detail")).contains("ask for a document");
        assertTaken(report("handover", harbor, "{\"code\":\"k7qm x3pd\",\"collectedBy\":\"Bob\"}"), "PICKED_UP");
    }

    @Test
    void ofWhatLiesReadyAPartIsHandedOverAndTheRestWaitsForItsCustomer() {
        id = released(SampleFacilities.ST_HARBOR, DeliveryMethod.PICKUP);
        report("ready", harbor, "");

        Answer part = report(
                "handover",
                harbor,
                "{\"document\":\"PASSPORT\",\"lines\":[{\"lineId\":\"L1\",\"quantity\":1}],\"rest\":\"WAITS\"}");
        assertTaken(part, "PICKED_UP");
        assertThat(part.text("/givenBack")).isEqualTo(order.id() + "-F2");
        id = FulfillmentOrderId.of(order.id(), 2);
        assertTaken(report("handover", harbor, "{\"document\":\"PASSPORT\"}"), "PICKED_UP");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"document":"PASSPORT","lines":[{"lineId":"L1","quantity":1}]}                                     | /rest
            {"document":"PASSPORT","rest":"WAITS"}                                                             | /lines
            {"document":"PASSPORT","lines":[{"lineId":"L1","quantity":1},{"lineId":"L1","quantity":1}],"rest":"WAITS"} | /lines/1/lineId
            {"document":"PASSPORT","lines":[{"lineId":"L9","quantity":1}],"rest":"NOT_FOUND"}                  | L9
            {"document":"PASSPORT","lines":[{"lineId":"L1","quantity":0}],"rest":"NOT_FOUND"}                  | at least one unit
            {"document":"PASSPORT","lines":[{"lineId":"L1","quantity":99}],"rest":"WAITS"}                     | units
            """)
    void aPartThatIsNoneIsRefused(String body, String said) {
        id = released(SampleFacilities.ST_HARBOR, DeliveryMethod.PICKUP);
        report("ready", harbor, "");

        Answer refused = report("handover", harbor, body);

        assertThat(refused.status()).as(refused.body()).isEqualTo(422);
        assertThat(refused.body()).contains(said);
    }

    @Test
    void aCarriersWebhookNeedsItsSignature() {
        String body = "{\"id\":\"e-%s\",\"number\":\"SP1\",\"status\":\"DELIVERED\"}".formatted(id);

        assertThat(webhook(body, "synthetic-carrier-webhook-secret").status()).isEqualTo(200);
        assertThat(webhook(body, "another-secret").status()).isGreaterThanOrEqualTo(400);
    }

    private Answer webhook(String body, String secret) {
        return api.send(api.to("/webhooks/carrier")
                .header("Content-Type", "application/json")
                .header("X-Carrier-Hmac-Sha256", signature(body, secret))
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    private static String signature(String body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return Base64.getEncoder().encodeToString(mac.doFinal(body.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    @Test
    void whatIsShortIsNamedInTheAnswer() {
        Answer answer =
                report("shortage", harbor, "{\"lines\":[{\"lineId\":\"L1\",\"found\":1}],\"reason\":\"NOT_FOUND\"}");

        assertTaken(answer, "RELEASED");
        assertThat(answer.text("/givenBack")).isEqualTo(order.id() + "-F2");
        assertThat(report("packing", harbor, PARCEL.formatted(id)).status()).isEqualTo(200);
    }

    @Test
    void whatTheStatusForbidsIsAConflictThatSaysWhy() {
        report("packing", harbor, PARCEL.formatted(id));

        Answer rejected = report("rejection", harbor, "{\"scope\":\"GROUP\",\"reason\":\"NO_CAPACITY\"}");

        assertThat(rejected.status()).isEqualTo(409);
        assertThat(rejected.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(rejected.text("/detail")).isEqualTo(id + " is PACKED: what is packed leaves the store.");
        assertThat(report("ready", harbor, "").status()).isEqualTo(409);
    }

    @Test
    void aCancelledOrderIsNotHandedOverNorAHandedOverOneCancelled() {
        report("packing", harbor, PARCEL.formatted(id));
        String cancellation = "/v1/orders/" + order.id() + "/cancellation";
        assertThat(api.post(cancellation, Role.SUPPORT, "{\"reason\":\"by telephone\"}")
                        .status())
                .isEqualTo(202);

        Answer tooLate = report("handover", harbor, "{}");

        assertThat(tooLate.status()).isEqualTo(409);
        assertThat(tooLate.text("/detail")).contains("is being cancelled");
    }

    @Test
    void aHandedOverOrderIsNotCancelled() {
        report("packing", harbor, PARCEL.formatted(id));
        report("handover", harbor, "{\"collectedBy\":\"the driver\"}");

        Answer cancellation =
                api.post("/v1/orders/" + order.id() + "/cancellation", Role.SUPPORT, "{\"reason\":\"by telephone\"}");

        assertThat(cancellation.status()).isEqualTo(409);
        assertThat(cancellation.text("/detail")).contains("its goods have left");
    }

    @Test
    void aCustomerWhoWaitsIsListedFirst() {
        id = released(SampleFacilities.ST_HARBOR, DeliveryMethod.PICKUP);
        assertTaken(report("ready", harbor, ""), "READY_FOR_PICKUP");

        assertTaken(report("arrival", harbor, "{\"spot\":\"Bay 3\"}"), "READY_FOR_PICKUP");

        Answer list = get("/v1/facilities/ST-HARBOR/work", harbor);
        assertThat(list.json().at("/work/0/arrivedAt").asText()).isNotEmpty();
        assertThat(list.body()).contains("Bay 3");
        assertTaken(report("handover", harbor, "{\"collectedBy\":\"Ada's brother\"}"), "PICKED_UP");
        assertThat(api.get("/v1/orders/" + order.id() + "/trace", Role.VIEWER).body())
                .doesNotContain("brother")
                .doesNotContain("Bay 3");
    }

    @Test
    void aWarehousesWorkIsToldByItsOwnSystem() {
        id = released(SampleFacilities.WH_EAST, DeliveryMethod.SHIPPING);

        Answer answer = api.post("/v1/fulfillment-orders/" + id + "/acknowledgement", Role.INTEGRATION, "");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("/detail")).contains("WH-EAST is no store");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            shortage  | {"lines":[],"reason":"NOT_FOUND"}
            shortage  | {"lines":[{"lineId":"L9","found":0}],"reason":"NOT_FOUND"}
            shortage  | {"lines":[{"lineId":"L1","found":99}],"reason":"NOT_FOUND"}
            shortage  | {"lines":[{"lineId":"L1","found":1},{"lineId":"L1","found":0}],"reason":"NOT_FOUND"}
            rejection | {"scope":"ITEM","reason":"NOT_FOUND"}
            rejection | {"scope":"GROUP","lines":["L1"],"reason":"NOT_FOUND"}
            rejection | {"scope":"SKU","lines":["L1"],"reason":"NO_CAPACITY"}
            rejection | {"scope":"GROUP","reason":"OTHER","note":" "}
            packing   | {"parcels":[]}
            packing   | {"parcels":[{"carrier":"","trackingNumber":"1"}]}
            packing   | {"parcels":[{"carrier":"UPS"}]}
            packing   | {"parcels":[{"weightGrams":900}]}
            packing   | {"parcels":[{"carrier":"UPS","trackingNumber":"1","weightGrams":0}]}
            packing   | {"parcels":[{"carrier":"UPS","trackingNumber":"1","lines":[{"lineId":"L1","quantity":99}]}]}
            handover  | {"code":"1234"}
            handover  | {"code":"ABCD-EFGH","document":"PASSPORT"}
            """)
    void whatBreaksARuleIsRefused(String what, String body) {
        Answer answer = report(what, harbor, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().at("/errors")).hasSize(1);
    }

    @Test
    void unknownWorkIsNotFound() {
        assertThat(post("/v1/fulfillment-orders/O-0000000000-F1/pick", harbor, "")
                        .status())
                .isEqualTo(404);
        assertThat(post("/v1/fulfillment-orders/nonsense/pick", harbor, "").status())
                .isEqualTo(404);
    }

    @Test
    void aFacilityIsPausedAndResumed() {
        Answer paused = api.post(
                "/v1/facilities/ST-HARBOR/pause", Role.SUPPORT, "{\"reason\":\"flooded\",\"openWork\":\"REROUTE\"}");

        assertThat(paused.status()).as(paused.body()).isEqualTo(200);
        assertThat(paused.json().at("/paused").asBoolean()).isTrue();
        assertThat(api.database().facilityPauses().paused()).contains(SampleFacilities.ST_HARBOR);
        assertThat(api.post("/v1/facilities/ST-HARBOR/resumption", Role.ADMIN, "")
                        .json()
                        .at("/paused")
                        .asBoolean())
                .isFalse();
        assertThat(api.database().facilityPauses().paused()).doesNotContain(SampleFacilities.ST_HARBOR);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            SUPPORT | {"reason":" ","openWork":"REROUTE"}                                        | 422
            SUPPORT | {"reason":"x","openWork":"WAIT"}                                           | 422
            SUPPORT | {"reason":"x","openWork":"WAIT","until":"2020-01-01T00:00:00Z"}            | 422
            VIEWER  | {"reason":"x","openWork":"REROUTE"}                                        | 403
            STORE   | {"reason":"x","openWork":"REROUTE"}                                        | 403
            """)
    void aPauseNeedsAReasonAndTheRole(Role role, String body, int status) {
        assertThat(api.post("/v1/facilities/ST-HARBOR/pause", role, body).status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"owner":"till 3","roles":["STORE"],"facilities":["ST-HARBOR"]} | 201
            {"owner":"till 3","roles":["STORE"]}                            | 422
            {"owner":"till 3","roles":["STORE"],"facilities":["ST-PARIS"]}  | 422
            {"owner":"till 3","roles":["VIEWER"],"facilities":["ST-HARBOR"]}| 422
            """)
    void aDevicesKeyNamesItsFacilities(String body, int status) {
        assertThat(api.post("/v1/keys", Role.ADMIN, body).status()).isEqualTo(status);
    }

    private static void assertTaken(Answer answer, String status) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/status")).isEqualTo(status);
    }

    private JsonNode listed(Answer list) {
        assertThat(list.status()).as(list.body()).isEqualTo(200);
        return StreamSupport.stream(list.json().path("work").spliterator(), false)
                .filter(item -> item.path("id").asText().equals(id.value()))
                .findFirst()
                .orElseThrow();
    }

    private Answer report(String what, String key, String body) {
        return post("/v1/fulfillment-orders/" + id + "/" + what, key, body);
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
                .make("device", Set.of(Role.STORE), Set.of(facility), Optional.empty())
                .reveal();
    }

    /** Two lines, given to a facility. */
    private FulfillmentOrderId released(FacilityId facility, DeliveryMethod method) {
        return released(facility, method, SamplePolicies.STANDARD.version());
    }

    private FulfillmentOrderId released(FacilityId facility, DeliveryMethod method, String policy) {
        order = ShippedOrders.fresh().paid().build();
        api.database().orders().hint(order.key(), order.channel(), new OrderRules(policy, Set.of()));
        PersonalData person = new PersonalData(
                Optional.of("Ada Canary"),
                Optional.empty(),
                Optional.empty(),
                Optional.of(new PostalAddress(
                        Optional.of("Ada Canary"),
                        Optional.of("1 Canary Wharf"),
                        Optional.of("Boston"),
                        Optional.of("MA"),
                        Optional.of("02110"),
                        Optional.of("US"),
                        Optional.empty())),
                Optional.empty());
        FulfillmentOrderId made = ShippedOrders.allocated(api, order, person, facility, method, PLENTY);
        api.database()
                .fulfillmentOrders()
                .released(
                        made,
                        AccountId.of("northwind-pos"),
                        "SQ-" + made,
                        Instant.now().plusSeconds(3600));
        return made;
    }
}
