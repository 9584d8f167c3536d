package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Goods of tills' sales that are taken back over counters, by the committed configuration. */
final class CounterReturnsApiTest {
    private static final String PATH = "/v1/counter-returns";

    private final TestingApi api = TestingApi.get();
    private final String saleId = "counter-" + UUID.randomUUID();

    @BeforeEach
    void aTillHasSoldTwoMugs() {
        Answer sold = api.post("/v1/stores/ST-DUBLIN/sales/batch", Role.INTEGRATION, """
                {"sales":[{"saleId":"%s","version":1,"register":"R1","soldAt":"%s","currency":"USD",
                 "taxesIncluded":false,
                 "lines":[{"sku":"NW-MUG-RED","quantity":2,"unitPrice":"20.00","total":"40.00",
                   "taxes":[{"title":"State","rate":"0.05","amount":"2.00"}]}],
                 "tenders":[{"kind":"cash","amount":"12.00"},{"kind":"square_card","amount":"30.00"}]}]}
                """.formatted(
                        saleId, Instant.now().minus(2, ChronoUnit.DAYS)));
        assertThat(sold.json().path("accepted").asInt()).as(sold.body()).isEqualTo(1);
    }

    @Test
    void aPreviewTellsTheRefundAndKeepsNothing() {
        Map<String, String> before = api.rows();

        Answer preview = api.post(PATH + "?preview=true", Role.SUPPORT, body(1, 1, "NEW"));

        assertThat(preview.status()).as(preview.body()).isEqualTo(200);
        assertThat(preview.text("/refund/total")).isEqualTo("21.00");
        assertThat(preview.text("/refund/taxes/0/amount")).isEqualTo("1.00");
        assertThat(preview.json().path("parts").findValuesAsText("way")).containsOnly("COUNTER");
        assertThat(preview.json().path("needsSecondPerson").asBoolean()).isFalse();
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void isTakenBackInAnotherStoreAndPaidOut() {
        String key = UUID.randomUUID().toString();
        Answer taken = api.postOnce(PATH, Role.SUPPORT, key, body(1, 1, "NEW"));

        assertThat(taken.status()).as(taken.body()).isEqualTo(202);
        String id = taken.text("/returnId");
        assertThat(taken.header("Location")).isEqualTo(TestingApi.PUBLIC_URL + PATH + "/" + id);
        assertThat(taken.text("/money")).isEqualTo("TO_PAY_OUT");
        assertThat(taken.text("/customerStatus")).isEqualTo("HANDLED_IN_PERSON");
        String page = "/console/counter-returns/" + id;
        assertThat(Visitor.signedIn(api, Role.VIEWER).page(page)).contains("Handled in person", page + "/slip");
        assertThat(Visitor.signedIn(api, Role.VIEWER).page(page + "/slip"))
                .contains(id, "NW-MUG-RED", "(ST-HARBOR)", "worth 21.00 USD", "still to be given back");
        assertThat(api.query("select topic from inbox_message where subject = 'counter-return/" + id + "'"))
                .contains("throughline/counter-return");
        assertThat(api.postOnce(PATH, Role.SUPPORT, key, body(1, 1, "NEW")).header("Idempotent-Replayed"))
                .isEqualTo("true");
        assertThat(api.postOnce(PATH, Role.SUPPORT, key, body(1, 2, "NEW")).status())
                .isEqualTo(422);

        Answer paid = api.post(PATH + "/" + id + "/payouts", Role.SUPPORT, "{\"reference\":\"drawer-2/0417\"}");
        assertThat(paid.status()).as(paid.body()).isEqualTo(202);
        assertThat(paid.text("/money")).isEqualTo("SETTLED");
        assertThat(paid.text("/customerStatus")).isEqualTo("REFUNDED");
        Answer booked = api.get("/v1/stores/ST-HARBOR/sales/" + id, Role.VIEWER);
        assertThat(booked.status()).as(booked.body()).isEqualTo(200);
        Answer found = api.get("/v1/lookup?id=" + id, Role.VIEWER);
        assertThat(found.text("/counterReturn")).as(found.body()).endsWith(PATH + "/" + id);
        Answer scanned = api.get(PATH + "?id=sale/ST-DUBLIN/" + saleId, Role.VIEWER);
        assertThat(scanned.text("/returns/0/returnId")).isEqualTo(id);
    }

    /** By the console, as by the API: who took the goods is not the second person. */
    @Test
    void peopleSeeItApproveItAndSayThatItWasPaidOut() {
        theTillHasSoldMuch();
        Answer taken = api.postOnce(PATH, Role.SUPPORT, UUID.randomUUID().toString(), body(1, 2, "NEW"));
        assertThat(taken.text("/money")).as(taken.body()).isEqualTo("UNAPPROVED");
        String page = "/console/counter-returns/" + taken.text("/returnId");
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);
        Visitor finance = Visitor.signedIn(api, Role.FINANCE);

        assertThat(support.page("/console/counter-returns")).contains(page, "Unapproved");
        assertThat(support.page(page)).contains("Refuse the return").doesNotContain("Approve 1260.00");
        assertThat(support.post(page + "/approvals", Map.of()).statusCode()).isEqualTo(403);
        assertThat(finance.page(page)).contains("Approve 1260.00", "Nothing of it is in a store's day");
        assertThat(support.post(page + "/payouts", Map.of("reference", "drawer-2"))
                        .statusCode())
                .as("nothing is paid out before that")
                .isEqualTo(409);
        Visitor.done(finance.post(page + "/approvals", Map.of()));

        assertThat(finance.page(page))
                .contains("To pay out", "sold in another store")
                .doesNotContain("Approve 1260.00");
        assertThat(support.post(page + "/payouts", Map.of("reference", "")).statusCode())
                .isEqualTo(422);
        Visitor.done(support.post(page + "/payouts", Map.of("reference", "drawer-2/0418")));
        assertThat(support.page(page)).contains("Settled", "drawer-2/0418", "In the day of ST-HARBOR");
        assertThat(support.get("/console/search?q=" + taken.text("/returnId"))
                        .headers()
                        .firstValue("Location"))
                .get()
                .asString()
                .endsWith(page);
    }

    @Test
    void whatWaitsForAnApprovalIsRefusedAndItsGoodsGoBack() {
        theTillHasSoldMuch();
        Answer taken = api.postOnce(PATH, Role.SUPPORT, UUID.randomUUID().toString(), body(1, 2, "NEW"));
        String page = "/console/counter-returns/" + taken.text("/returnId");
        Visitor finance = Visitor.signedIn(api, Role.FINANCE);

        Visitor.done(finance.post(page + "/refusal", Map.of("reason", "the seal is broken")));
        assertThat(finance.page(page)).contains("Refused", "Nothing of it is in a store's day");
        assertThat(finance.post(page + "/approvals", Map.of()).statusCode()).isEqualTo(409);
    }

    /** In coins, above what one person may give back. */
    private void theTillHasSoldMuch() {
        Answer sold = api.post("/v1/stores/ST-DUBLIN/sales/batch", Role.INTEGRATION, """
                {"sales":[{"saleId":"%s","version":2,"register":"R1","soldAt":"%s","currency":"USD",
                 "taxesIncluded":false,
                 "lines":[{"sku":"NW-MUG-RED","quantity":2,"unitPrice":"600.00","total":"1200.00",
                   "taxes":[{"title":"State","rate":"0.05","amount":"60.00"}]}],
                 "tenders":[{"kind":"cash","amount":"1260.00"}]}]}
                """.formatted(
                        saleId, Instant.now().minus(2, ChronoUnit.DAYS)));
        assertThat(sold.status()).as(sold.body()).isEqualTo(200);
    }

    @Test
    void whatIsNotTakenBackNamesTheRule() {
        Answer more = api.postOnce(PATH, Role.SUPPORT, UUID.randomUUID().toString(), body(1, 3, "NEW"));
        assertThat(more.status()).isEqualTo(409);
        assertThat(more.text("/errors/0/detail")).startsWith("MORE_THAN_IS_LEFT");

        Answer other = api.postOnce(PATH, Role.SUPPORT, UUID.randomUUID().toString(), body(2, 1, "NEW"));
        assertThat(other.status()).isEqualTo(409);
        assertThat(other.text("/errors/0/detail")).startsWith("NOT_OF_THIS_ORDER");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, NEW, ST-HARBOR, /lines/0/line",
        "1, 0, NEW, ST-HARBOR, /lines/0/quantity",
        "1, 20000, NEW, ST-HARBOR, /lines/0/quantity",
        "1, 1, shiny, ST-HARBOR, /lines/0/grade",
        "1, 1, NEW, WH-EAST, /store",
        "1, 1, NEW, ST-NOWHERE, /store"
    })
    void whatBreaksARuleIsNamed(int line, int quantity, String grade, String store, String pointer) {
        Answer answer = api.postOnce(
                PATH,
                Role.SUPPORT,
                UUID.randomUUID().toString(),
                body(line, quantity, grade).replace("ST-HARBOR", store));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
    }

    @Test
    void anUnknownSaleIsNamed() {
        Answer answer =
                api.post(PATH + "?preview=true", Role.SUPPORT, body(1, 1, "NEW").replace(saleId, "nothing"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("/sale");
    }

    @Test
    void onlyThoseWhoMayTakeGoodsBack() {
        assertThat(api.post(PATH, Role.VIEWER, body(1, 1, "NEW")).status()).isEqualTo(403);
        assertThat(api.post(PATH, Role.SUPPORT, body(1, 1, "NEW")).status()).isEqualTo(400);
        assertThat(api.get(PATH + "/RC-0000000000", Role.VIEWER).status()).isEqualTo(404);
        assertThat(api.get(PATH + "/nonsense", Role.VIEWER).status()).isEqualTo(404);
    }

    private String body(int line, int quantity, String grade) {
        return """
                {"sale":"sale/ST-DUBLIN/%s","store":"ST-HARBOR",
                 "lines":[{"line":%d,"quantity":%d,"reason":"UNWANTED","grade":"%s","disposition":"RESTOCK"}]}
                """.formatted(saleId, line, quantity, grade);
    }
}
