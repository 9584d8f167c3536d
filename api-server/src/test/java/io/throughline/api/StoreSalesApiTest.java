package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Batches of sales over HTTP, by the committed configuration. */
final class StoreSalesApiTest {
    private static final String BATCH = "/v1/stores/ST-DUBLIN/sales/batch";

    private final TestingApi api = TestingApi.get();

    @Test
    void goodSalesAreKeptAndBadOnesToldWhatIsWrong() {
        Answer answer = submit(
                sale("mixed-1", 1, "2", "40.00", "40.00"),
                sale("mixed-2", 1, "2", "40.00", "39.00"),
                sale("mixed-3", 1, "1", "20.00", "20.00").replace("NW-MUG-RED", "NW-NOTHING"),
                sale("mixed-4", 1, "\"two\"", "40.00", "40.00"),
                "{\"saleId\":\"mixed-5\"}",
                sale("mixed-6", 1, "-1", "-20.00", "-20.00"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("accepted").asInt()).isEqualTo(2);
        assertThat(answer.json().path("refused").asInt()).isEqualTo(4);
        assertThat(answer.json().path("sales").findValuesAsText("saleId"))
                .containsExactly("mixed-1", "mixed-2", "mixed-3", "mixed-4", "mixed-5", "mixed-6");
        assertThat(answer.text("/sales/0/postedWith")).isEqualTo("2026-11-20");
        assertThat(answer.text("/sales/1/errors/0/detail"))
                .isEqualTo("come to 39.00 USD, the lines, charges and taxes to 40.00 USD");
        assertThat(answer.text("/sales/2/errors/0/pointer")).isEqualTo("/lines/0/sku");
        assertThat(answer.text("/sales/3/errors/0/pointer")).isEqualTo("/lines/0/quantity");
        assertThat(answer.text("/sales/4/detail")).isNotEmpty();
        for (int refused = 1; refused <= 4; refused++) {
            assertThat(answer.text("/sales/" + refused + "/caseId")).startsWith("C-");
        }
    }

    @Test
    void aSaleWithATipAServiceChargeAndRoundingIsTakenAsATillTellsIt() {
        String charged = sale("charged-1", 1, "1", "20.00", "25.00").replace("\"tenders\":", """
                "charges":[{"kind":"SERVICE","title":"Gift wrapping","total":"2.00","taxes":[]},
                 {"kind":"TIP","total":"3.02"},{"kind":"ROUNDING","total":"-0.02"}],
                 "tenders":""");

        assertThat(outcome(submit(charged))).isEqualTo("ACCEPTED");

        Answer sale = api.get("/v1/stores/ST-DUBLIN/sales/charged-1", Role.SUPPORT);
        assertThat(sale.text("/total")).isEqualTo("25.00");
        assertThat(sale.json().path("charges").findValuesAsText("title"))
                .containsExactly("Gift wrapping", "Tip", "Rounding");
        assertThat(sale.json().path("charges").findValuesAsText("total")).containsExactly("2.00", "3.02", "-0.02");
    }

    @Test
    void aChargeIsCheckedLikeALine() {
        String charged = sale("charged-2", 1, "1", "20.00", "20.00").replace("\"tenders\":", """
                "charges":[{"kind":"TIP","total":"0.00","taxes":[]},
                 {"kind":"TIP","total":"1.00","taxes":[{"title":"VAT","rate":"0.1","amount":"0.10"}]}],
                 "tenders":""");

        Answer answer = submit(charged);

        assertThat(outcome(answer)).isEqualTo("REFUSED");
        assertThat(answer.json().at("/sales/0/errors").findValuesAsText("pointer"))
                .containsExactly("/charges/0/total", "/charges/1/taxes");
    }

    @Test
    void aRefusedSaleIsACaseUntilItComesMendedUnderItsId() {
        String wrong = sale("kept-1", 1, "2", "40.00", "39.00");
        String caseId = submit(wrong).text("/sales/0/caseId");
        assertThat(submit(wrong).text("/sales/0/caseId"))
                .as("the same batch again")
                .isEqualTo(caseId);
        Answer open = api.get("/v1/cases/" + caseId, Role.SUPPORT);
        assertThat(open.text("/code")).isEqualTo("SALE_NOT_BOOKED");
        assertThat(open.text("/status")).isEqualTo("OPEN");
        assertThat(open.text("/subject")).isEqualTo("refused-sale/ST-DUBLIN/kept-1");
        assertThat(open.text("/detail")).contains("come to 39.00 USD");

        Answer kept = api.get("/v1/stores/ST-DUBLIN/sales/kept-1/refused", Role.SUPPORT);
        assertThat(kept.text("/told")).contains("\"tenders\":[{\"kind\":\"cash\",\"amount\":\"39.00\"}]");
        assertThat(kept.text("/mayBeRetried")).isEqualTo("false");

        assertThat(outcome(submit(sale("kept-1", 1, "2", "40.00", "40.00")))).isEqualTo("ACCEPTED");

        assertThat(api.get("/v1/stores/ST-DUBLIN/sales/kept-1/refused", Role.SUPPORT)
                        .status())
                .isEqualTo(404);
        assertThat(api.get("/v1/cases/" + caseId, Role.SUPPORT).text("/status")).isEqualTo("CLOSED");
        Answer late = submit(wrong);
        assertThat(outcome(late)).isEqualTo("REFUSED");
        assertThat(late.json().at("/sales/0").has("caseId")).isFalse();
        assertThat(late.text("/sales/0/detail")).contains("there is nothing to do");
    }

    @Test
    void aTillWhoseClockIsAheadAndAnotherSaleUnderAKnownIdAreKept() {
        Answer ahead = submit(sale("ahead-1", 1, "1", "20.00", "20.00").replace("2026-11-20", "2126-11-20"));
        assertThat(ahead.text("/sales/0/errors/0/pointer")).isEqualTo("/soldAt");
        assertThat(ahead.text("/sales/0/caseId")).startsWith("C-");

        submit(sale("twice-1", 1, "1", "20.00", "20.00"));
        Answer twice = submit(sale("twice-1", 1, "3", "60.00", "60.00"));
        assertThat(twice.text("/sales/0/caseId")).startsWith("C-");
    }

    @Test
    void halfOfASurrogatePairKeepsNoOtherSaleFromBeingTaken() {
        Answer answer = submit(
                sale("half-1", 1, "1", "20.00", "20.00").replace("\"R1\"", "\"R\\ud83d\""),
                sale("half-2", 1, "1", "20.00", "20.00"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("sales").findValuesAsText("outcome")).containsExactly("REFUSED", "ACCEPTED");
        assertThat(answer.text("/sales/0/caseId")).startsWith("C-");
    }

    @Test
    void nothingIsKeptOfWhatHasNoIdOrOfWhoHasBought() {
        Answer nameless = submit(sale("x", 1, "1", "20.00", "20.00").replace("\"x\"", "\"no/id\""), "7");
        assertThat(nameless.json().path("sales").findValuesAsText("outcome")).containsExactly("REFUSED", "REFUSED");
        assertThat(nameless.json().path("sales").findValuesAsText("caseId")).isEmpty();

        submit(sale("named-1", 1, "1", "20.00", "20.00")
                .replace("\"currency\":", "\"customer\":{\"name\":\"Ada Canary\"},\"currency\":")
                .replace("\"R1\"", "\"R\\u0000\""));
        assertThat(api.query("select told from refused_sale where sale_id = 'named-1'"))
                .hasValueSatisfying(told -> assertThat(told).contains("named-1").doesNotContain("Canary"));
    }

    @Test
    void aRepeatedSaleIsKnownAChangedOneNeedsAVersion() {
        submit(sale("again-1", 1, "1", "20.00", "20.00"));

        assertThat(outcome(submit(sale("again-1", 1, "1", "20.00", "20.00")))).isEqualTo("KNOWN");
        Answer conflict = submit(sale("again-1", 1, "2", "40.00", "40.00"));
        assertThat(outcome(conflict)).isEqualTo("REFUSED");
        assertThat(conflict.text("/sales/0/detail")).contains("send it with a version above 1");
        assertThat(outcome(submit(sale("again-1", 2, "2", "40.00", "40.00")))).isEqualTo("CORRECTED");
        assertThat(outcome(submit(sale("again-1", 1, "1", "20.00", "20.00")))).isEqualTo("KNOWN");
    }

    @Test
    void tellsWhatADayHasTakenAndWhatWaits() {
        String body = sale("day-1", 1, "2", "40.00", "40.00").replace("2026-11-20", "2026-11-19");
        submit(body, body.replace("day-1", "day-2").replace("cash", "square_card"));

        Answer day = api.get("/v1/stores/ST-DUBLIN/days/2026-11-19", Role.FINANCE);

        assertThat(day.status()).as(day.body()).isEqualTo(200);
        assertThat(day.json().path("waiting").asInt()).isEqualTo(2);
        assertThat(day.text("/policy")).isEqualTo("store-day-1");
        assertThat(day.text("/dueAt")).isNotEmpty();
        JsonNode sold = day.json().path("sold");
        assertThat(sold.findValuesAsText("kind")).containsExactly("cash", "square_card");
        assertThat(sold.findValuesAsText("amount")).containsExactly("40.00", "40.00");
        assertThat(day.json().path("summaries")).isEmpty();
    }

    @Test
    void showsASaleAndWithWhichDayItIsPosted() {
        submit(sale("one-1", 1, "2", "40.00", "40.00"));
        submit(sale("one-1", 2, "1", "20.00", "20.00"));

        Answer sale = api.get("/v1/stores/ST-DUBLIN/sales/one-1", Role.SUPPORT);

        assertThat(sale.status()).as(sale.body()).isEqualTo(200);
        assertThat(sale.text("/total")).isEqualTo("20.00");
        assertThat(sale.text("/businessDate")).isEqualTo("2026-11-20");
        assertThat(sale.json().path("entries").findValuesAsText("takenBack")).containsExactly("false", "true", "false");
        assertThat(sale.json().path("entries").findValuesAsText("postedWith")).containsOnly("2026-11-20");
        assertThat(sale.json().has("trace")).as("it is told in the day's line").isFalse();
        assertThat(api.get("/v1/stores/ST-DUBLIN/sales/none", Role.SUPPORT).status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"ST-PARIS, 404", "WH-EAST, 404", "st-dublin, 404"})
    void onlyStoresSell(String facility, int status) {
        String body = "{\"sales\":[" + sale("nowhere", 1, "1", "20.00", "20.00") + "]}";

        assertThat(api.post("/v1/stores/" + facility + "/sales/batch", Role.INTEGRATION, body)
                        .status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"2026-01-01", "2026-02-30", "yesterday"})
    void aDayWithoutSalesIsNotThere(String date) {
        assertThat(api.get("/v1/stores/ST-DUBLIN/days/" + date, Role.VIEWER).status())
                .isEqualTo(404);
    }

    @Test
    void aSaleFromBeforeAllPoliciesIsTakenByTheFirst() {
        assertThat(outcome(submit(sale("old-1", 1, "1", "20.00", "20.00").replace("2026-11-20", "2021-11-20"))))
                .isEqualTo("ACCEPTED");
    }

    @Test
    void aBatchIsBounded() {
        assertThat(submit().status()).isEqualTo(422);
        assertThat(submit(Collections.nCopies(501, "{}").toArray(String[]::new)).status())
                .isEqualTo(422);
        assertThat(api.post(BATCH, Role.INTEGRATION, "{\"sales\":7}").status()).isEqualTo(400);
        assertThat(api.post(BATCH, Role.SUPPORT, "{\"sales\":[]}").status()).isEqualTo(403);
    }

    private Answer submit(String... sales) {
        return api.post(BATCH, Role.INTEGRATION, "{\"sales\":[" + String.join(",", sales) + "]}");
    }

    private static String outcome(Answer answer) {
        return answer.text("/sales/0/outcome");
    }

    private static String sale(String id, int version, String quantity, String total, String tendered) {
        return """
                {"saleId":"%s","version":%d,"register":"R1","soldAt":"2026-11-20T15:00:00Z","currency":"USD",
                 "taxesIncluded":true,
                 "lines":[{"sku":"NW-MUG-RED","quantity":%s,"unitPrice":"20.00","total":"%s","taxes":[]}],
                 "tenders":[{"kind":"cash","amount":"%s"}]}
                """.formatted(id, version, quantity, total, tendered);
    }
}
