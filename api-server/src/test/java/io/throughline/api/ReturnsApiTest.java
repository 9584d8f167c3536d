package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.order.Order;
import io.throughline.domain.returns.OnePolicy;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReckoning;
import io.throughline.domain.returns.Returns;
import java.net.http.HttpRequest;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Returns from their authorisation on, as clients and stores tell of them. */
class ReturnsApiTest {
    private final TestingApi api = TestingApi.get();
    private Order order = ShippedOrders.twoLines(api);

    @BeforeEach
    void anOrderHasLeft() {
        order = ShippedOrders.twoLines(api);
    }

    @Test
    void isAuthorisedStoredAndItsProcessWoken() {
        Answer answer = authorise(UUID.randomUUID().toString(), lines(1));

        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        String id = answer.text("/returnId");
        assertThat(id).isEqualTo(order.id() + "-R1");
        assertThat(answer.text("/workflowId")).isEqualTo("return/" + order.key().account() + "/" + id);
        assertThat(answer.text("/goods")).isEqualTo("AUTHORISED");
        assertThat(answer.text("/money")).isEqualTo("AWAITS_GOODS");
        assertThat(answer.header("Location")).isEqualTo(TestingApi.PUBLIC_URL + "/v1/returns/" + id);
        assertThat(api.get("/v1/lookup?id=" + id, Role.VIEWER).text("/orderReturn"))
                .isEqualTo(answer.header("Location"));
        assertThat(api.query("select topic from inbox_message where subject = '" + answer.text("/workflowId") + "'"))
                .contains("throughline/return");
    }

    @Test
    void theSameKeyIsTheSameReturn() {
        String key = UUID.randomUUID().toString();
        String id = authorise(key, lines(1)).text("/returnId");

        Answer again = authorise(key, lines(1));
        assertThat(again.text("/returnId")).isEqualTo(id);
        assertThat(again.header("Idempotent-Replayed")).isEqualTo("true");
        Answer other = authorise(key, lines(2));
        assertThat(other.status()).isEqualTo(422);
        assertThat(other.text("/type")).endsWith("idempotency-key-reused");
    }

    @Test
    void withoutAKeyNothingIsAuthorised() {
        Map<String, String> before = api.rows();

        assertThat(api.post("/v1/returns", Role.SUPPORT, body(lines(1))).status())
                .isEqualTo(400);

        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void whatIsNotTakenBackIsAConflictThatNamesTheRule() {
        Answer answer = authorise(UUID.randomUUID().toString(), lines(3));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("/lines/0");
        assertThat(answer.text("/errors/0/detail")).startsWith("MORE_THAN_IS_LEFT");
    }

    @Test
    void goodsAreReceivedAndInspected() {
        String id = authorised();

        Answer received = tell(id + "/receipts", receipt("L1", 1));
        assertThat(received.status()).as(received.body()).isEqualTo(202);
        assertThat(received.text("/goods")).isEqualTo("RECEIVED");
        assertThat(received.text("/customerStatus")).isEqualTo("RECEIVED");
        Answer inspected = tell(id + "/inspections", inspection("L1", 1, "OPENED"));
        assertThat(inspected.status()).as(inspected.body()).isEqualTo(202);
        assertThat(inspected.text("/goods")).isEqualTo("INSPECTED");
        assertThat(inspected.text("/money")).isEqualTo("UNCALCULATED");
        assertThat(inspected.text("/customerStatus")).isEqualTo("UNDER_REVIEW");

        Answer detail = api.get("/v1/returns/" + id, Role.VIEWER);
        assertThat(detail.text("/lines/0/inspections/0/grade")).isEqualTo("OPENED");
        assertThat(detail.text("/lines/0/inspections/0/disposition")).isEqualTo("RESTOCK");
        assertThat(detail.text("/store")).isEqualTo("ST-HARBOR");
    }

    @Test
    void photosOfAnInspectionAreKeptAndShown() {
        String id = authorised();
        tell(id + "/receipts", receipt("L1", 1));
        Answer inspected = tell(
                id + "/inspections",
                inspection("L1", 1, "OPENED")
                        .replace("]}", "],\"photos\":[\"https://photos.example/<1>.jpg\",\"shelf-7/22\"]}"));
        assertThat(inspected.status()).as(inspected.body()).isEqualTo(202);

        assertThat(api.get("/v1/returns/" + id, Role.VIEWER).json().at("/lines/0/inspections/0/photos"))
                .extracting(photo -> photo.asText())
                .containsExactly("https://photos.example/<1>.jpg", "shelf-7/22");
        assertThat(Visitor.signedIn(api, Role.VIEWER).page("/console/returns/" + id))
                .contains("https://photos.example/&lt;1", "shelf-7/22");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        [" "]
        ["a","a"]
        """)
    void photosThatNameNothingAreRefused(String photos) {
        String id = authorised();
        tell(id + "/receipts", receipt("L1", 1));

        Answer answer =
                tell(id + "/inspections", inspection("L1", 1, "NEW").replace("]}", "],\"photos\":" + photos + "}"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("/photos");
    }

    @Test
    void aSlipTellsTheNumberTheGoodsAndWhereTheyGo() {
        String id = authorised();
        String slip = Visitor.signedIn(api, Role.VIEWER).page("/console/returns/" + id + "/slip");

        assertThat(slip)
                .contains(id, "NW-TEE-BLK-M", "Unwanted", "Bring the goods and this slip to", "(ST-HARBOR)", "Until")
                .doesNotContain("style=", "<script>", "hx-trigger=");
        api.post("/v1/returns/" + id + "/refusal", Role.SUPPORT, "{\"reason\":\"worn\"}");
        assertThat(Visitor.signedIn(api, Role.VIEWER).page("/console/returns/" + id + "/slip"))
                .contains("has ended")
                .doesNotContain("Bring the goods");
        assertThat(Visitor.signedIn(api, Role.VIEWER)
                        .get("/console/returns/O-0000000000-R1/slip")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void whatGoodsCostIsForFinance() {
        String id = authorised();

        assertThat(api.get("/v1/returns/" + id, Role.FINANCE).json().path("costs"))
                .isEmpty();
        Answer day = api.get("/v1/goods-costs?date=2026-11-23", Role.FINANCE);
        assertThat(day.status()).as(day.body()).isEqualTo(200);
        assertThat(day.text("/date")).isEqualTo("2026-11-23");
        assertThat(api.get("/v1/goods-costs?date=yesterday", Role.FINANCE).status())
                .isEqualTo(400);
        assertThat(api.get("/v1/goods-costs", Role.FINANCE).status()).isEqualTo(400);
        assertThat(api.get("/v1/goods-costs?date=2026-11-23", Role.SUPPORT).status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "receipts, WH-NOWHERE, L1, 1, NEW, /facility",
        "receipts, ST-HARBOR, L1, 0, NEW, /lines/0/quantity",
        "inspections, ST-HARBOR, L1, 1, SHINY, /lines/0/grade",
        "inspections, ST-HARBOR, L1, 20000, NEW, /lines/0/quantity"
    })
    void whatBreaksARuleIsNamed(String what, String facility, String line, int quantity, String grade, String pointer) {
        String more = what.equals("receipts") ? "" : ",\"grade\":\"" + grade + "\",\"disposition\":\"RESTOCK\"";
        Answer answer = tell(
                authorised() + "/" + what,
                "{\"facility\":\"%s\",\"lines\":[{\"lineId\":\"%s\",\"quantity\":%d%s}]}"
                        .formatted(facility, line, quantity, more));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
    }

    @Test
    void whatIsNotTakenGoesBackWithItsReason() {
        String id = authorised();
        tell(id + "/receipts", receipt("L1", 1));

        Answer sentBack = tell(id + "/inspections", notTaken("SEND_BACK", ",\"reason\":\"WRONG_ARTICLE\""));
        assertThat(sentBack.status()).as(sentBack.body()).isEqualTo(202);

        Answer detail = api.get("/v1/returns/" + id, Role.VIEWER);
        assertThat(detail.text("/lines/0/inspections/0/reason")).isEqualTo("WRONG_ARTICLE");
        assertThat(detail.text("/parcels/0/direction")).isEqualTo("TO_CUSTOMER");
        assertThat(detail.text("/parcels/0/status")).isEqualTo("TO_BE_LABELLED");
        assertThat(detail.text("/parcels/0/facility")).isEqualTo("ST-HARBOR");
    }

    @ParameterizedTest
    @CsvSource({"SEND_BACK, ''", "RESTOCK, ',\"reason\":\"USED\"'"})
    void whatIsNotTakenAndNothingElseHasAReason(String disposition, String reason) {
        String id = authorised();
        tell(id + "/receipts", receipt("L1", 1));

        Answer answer = tell(id + "/inspections", notTaken(disposition, reason));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("/lines/0/reason");
    }

    private static String notTaken(String disposition, String reason) {
        return "{\"facility\":\"ST-HARBOR\",\"lines\":[{\"lineId\":\"L1\",\"quantity\":1,\"grade\":\"NEW\",\"disposition\":\"%s\"%s}]}"
                .formatted(disposition, reason);
    }

    @Test
    void whatHasNotComeIsNotInspected() {
        assertThat(tell(authorised() + "/inspections", inspection("L1", 1, "NEW"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void isFoundByWhateverCanBeScanned() {
        String id = authorised();

        for (String scanned : new String[] {id, order.id().value(), order.key().externalId()}) {
            assertThat(api.get("/v1/returns?id=" + scanned, Role.SUPPORT).text("/returns/0/returnId"))
                    .as(scanned)
                    .isEqualTo(id);
        }
        assertThat(api.get("/v1/returns?id=unheard-of", Role.SUPPORT).json().path("returns"))
                .isEmpty();
        assertThat(api.get("/v1/returns?limit=1", Role.VIEWER).json().path("returns"))
                .hasSize(1);
    }

    @Test
    void aRefusalsReasonIsForSupport() {
        String id = authorised();

        Answer refused = api.post("/v1/returns/" + id + "/refusal", Role.SUPPORT, "{\"reason\":\"worn\"}");
        assertThat(refused.status()).as(refused.body()).isEqualTo(202);
        assertThat(refused.text("/goods")).isEqualTo("REFUSED");
        assertThat(api.get("/v1/returns/" + id, Role.SUPPORT).text("/refusal/reason"))
                .isEqualTo("worn");
        assertThat(api.get("/v1/returns/" + id, Role.FINANCE)
                        .json()
                        .at("/refusal/reason")
                        .isMissingNode())
                .isTrue();
        assertThat(api.post("/v1/returns/" + id + "/refusal", Role.SUPPORT, "{\"reason\":\"worn\"}")
                        .status())
                .isEqualTo(409);
    }

    @Test
    void aRefundIsApprovedBySomebodyElse() {
        String id = authorised();
        assertThat(approve(id)).isEqualTo(409);
        tell(id + "/receipts", receipt("L1", 1));
        tell(id + "/inspections", inspection("L1", 1, "NEW"));
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

        assertThat(approve(id)).isEqualTo(202);
        Answer detail = api.get("/v1/returns/" + id, Role.FINANCE);
        assertThat(detail.text("/repayment/approvedBy")).isEqualTo("FINANCE");
        assertThat(detail.text("/repayment/refund/total")).isEqualTo("24.42");
        assertThat(detail.text("/summary/money")).isEqualTo("APPROVED");
    }

    @ParameterizedTest
    @CsvSource({"SUPPORT, 202", "INTEGRATION, 202", "VIEWER, 403", "FINANCE, 403"})
    void supportAndClientsAuthorise(Role role, int status) {
        assertThat(api.postOnce("/v1/returns", role, UUID.randomUUID().toString(), body(lines(1)))
                        .status())
                .isEqualTo(status);
    }

    @Test
    void whatIsUnknownIsNotFound() {
        assertThat(api.get("/v1/returns/O-0000000000-R1", Role.SUPPORT).status())
                .isEqualTo(404);
        assertThat(api.get("/v1/returns/nonsense", Role.SUPPORT).status()).isEqualTo(404);
    }

    private int approve(String id) {
        return api.send(api.to("/v1/returns/" + id + "/approvals", Role.FINANCE)
                        .POST(HttpRequest.BodyPublishers.noBody()))
                .status();
    }

    private String authorised() {
        return authorise(UUID.randomUUID().toString(), lines(1)).text("/returnId");
    }

    private Answer authorise(String key, String lines) {
        return api.postOnce("/v1/returns", Role.SUPPORT, key, body(lines));
    }

    private Answer tell(String what, String body) {
        return api.postOnce(
                "/v1/returns/" + what, Role.SUPPORT, UUID.randomUUID().toString(), body);
    }

    private String body(String lines) {
        return "{\"orderId\":\"" + order.id() + "\",\"store\":\"ST-HARBOR\",\"lines\":[" + lines + "]}";
    }

    private static String lines(int quantity) {
        return "{\"lineId\":\"L1\",\"quantity\":" + quantity + ",\"reason\":\"UNWANTED\"}";
    }

    private static String receipt(String line, int quantity) {
        return "{\"facility\":\"ST-HARBOR\",\"lines\":[{\"lineId\":\"%s\",\"quantity\":%d}]}".formatted(line, quantity);
    }

    private static String inspection(String line, int quantity, String grade) {
        return "{\"facility\":\"ST-HARBOR\",\"lines\":[{\"lineId\":\"%s\",\"quantity\":%d,\"grade\":\"%s\",\"disposition\":\"RESTOCK\"}]}"
                .formatted(line, quantity, grade);
    }
}
