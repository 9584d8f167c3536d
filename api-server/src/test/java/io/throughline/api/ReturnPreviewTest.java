package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.order.OrderId;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a return would be worth. */
class ReturnPreviewTest {
    private static final String PREVIEW = "/v1/returns?preview=true";

    private final TestingApi api = TestingApi.get();
    private OrderId order = new OrderId("O-0000000000");

    /** Two tees with a discount and a cap, with two taxes, to New York: 98.74 USD. */
    @BeforeEach
    void anOrderHasLeft() {
        order = ShippedOrders.twoLines(api).id();
    }

    @Test
    void tellsEachStepOfTheRefund() {
        Answer answer = ask(body("\"store\":\"ST-HARBOR\",", line("L1", 1, "UNWANTED", "OPENED")));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/policyVersion")).isEqualTo("returns-1");
        assertThat(answer.json().at("/lines/0/allowed").asBoolean()).isTrue();
        assertThat(answer.text("/lines/0/rule")).isEqualTo("windows.apparel-bought-unseen");
        assertThat(answer.text("/refund/total")).isEqualTo("21.98");
        assertThat(answer.text("/refund/entries/0/kind")).isEqualTo("GOODS");
        assertThat(answer.text("/refund/entries/0/discount")).isEqualTo("2.50");
        assertThat(answer.text("/refund/entries/0/amount")).isEqualTo("24.42");
        assertThat(answer.text("/refund/entries/1/kind")).isEqualTo("CONDITION");
        assertThat(answer.text("/refund/entries/1/rule")).isEqualTo("grades.OPENED");
        assertThat(answer.text("/refund/taxes/0/title")).isEqualTo("NY State");
        assertThat(answer.text("/refund/taxes/0/amount")).isEqualTo("0.81");
        assertThat(answer.text("/refund/tenders/0/presentmentAmount")).isEqualTo("21.98");
        assertThat(answer.json().at("/mayComeBeforeGoods").asBoolean()).isTrue();
        assertThat(answer.json().at("/mayComeWithoutGoods").asBoolean()).isFalse();
        assertThat(answer.json().at("/needsSecondPerson").asBoolean()).isFalse();
    }

    @Test
    void tellsToWhatTheRefundGoes() {
        Answer answer =
                ask(body("\"store\":\"ST-HARBOR\",\"refundTo\":\"STORE_CREDIT\",", line("L1", 1, "UNWANTED", "NEW")));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/refundTo")).isEqualTo("STORE_CREDIT");
        assertThat(answer.text("/refund/tenders/0/payment")).isEqualTo("store-credit");
        assertThat(answer.text("/refund/tenders/0/gateway")).isEqualTo("shopify_store_credit");
        assertThat(answer.text("/refund/tenders/0/amount")).isEqualTo("24.42");
        assertThat(ask(body("", line("L1", 1, "UNWANTED", "NEW"))).text("/refundTo"))
                .isEqualTo("ORIGINAL");
    }

    @Test
    void byMailTheLabelIsKept() {
        Answer answer = ask(body("\"policyVersion\":\"returns-1\",", line("L2", 1, "UNWANTED", "NEW")));

        assertThat(answer.text("/refund/entries/1/kind")).isEqualTo("LABEL_FEE");
        assertThat(answer.text("/refund/entries/1/amount")).isEqualTo("-6.95");
        assertThat(answer.text("/refund/total")).isEqualTo("36.45");
    }

    @Test
    void whatIsRefusedIsToldBesideWhatIsNot() {
        Answer answer = ask(body("", line("L1", 3, "UNWANTED", "NEW") + "," + line("L2", 1, "DEFECTIVE", "NEW")));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/lines/0/allowed").asBoolean(true)).isFalse();
        assertThat(answer.text("/lines/0/refusal")).isEqualTo("MORE_THAN_IS_LEFT");
        assertThat(answer.text("/lines/0/why")).isEqualTo("of the 2 that were handed over, 2 can still come back");
        assertThat(answer.text("/refund/total")).isEqualTo("43.40");
    }

    @Test
    void changesNothing() {
        Map<String, String> before = api.rows();

        ask(body("", line("L1", 2, "UNWANTED", "NEW") + "," + line("L2", 1, "UNWANTED", "NEW")));

        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void yesOrNoIsTheQuestion() {
        Answer answer = api.post("/v1/returns?preview=yes", Role.SUPPORT, body("", line("L1", 1, "UNWANTED", "NEW")));

        assertThat(answer.status()).as(answer.body()).isEqualTo(400);
        assertThat(answer.text("/detail")).contains("preview");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"orderId\":\"O- | \"orderId\":\"X- | /orderId | an order's name",
                "\"orderId\":\"O- | \"policyVersion\":\"returns-0\",\"orderId\":\"O- | /policyVersion | a version that"
                        + " is kept",
                "\"orderId\":\"O- | \"store\":\"WH-EAST\",\"orderId\":\"O- | /store | a store",
                "\"quantity\":1 | \"quantity\":0 | /lines/0/quantity | 1 to 10000 units",
                "\"lineId\":\"L1\" | \"lineId\":\"\" | /lines/0/lineId | 1 to 100 visible",
                "\"grade\":\"NEW\" | \"grade\":\"new\" | /lines/0/grade | a grade such as OPENED"
            })
    void refusesWhatBreaksARule(String good, String bad, String pointer, String rule) {
        Answer answer = ask(body("", line("L1", 1, "UNWANTED", "NEW")).replace(good, bad));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(answer.text("/errors/0/detail")).startsWith(rule);
    }

    @Test
    void ofAnUnknownOrderNothingIsTold() {
        Answer answer = ask(body("", line("L1", 1, "UNWANTED", "NEW")).replace(order.value(), "O-0000000000"));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo("/orderId");
    }

    @Test
    void reasonsAreAClosedSet() {
        Answer answer = ask(body("", line("L1", 1, "BORED", "NEW")));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text("/errors/0/detail")).contains("UNWANTED", "DEFECTIVE");
    }

    @ParameterizedTest
    @CsvSource({"SUPPORT, 200", "INTEGRATION, 200", "VIEWER, 403", "FINANCE, 403"})
    void isForSupportAndClients(Role role, int status) {
        assertThat(api.post(PREVIEW, role, body("", line("L1", 1, "UNWANTED", "NEW")))
                        .status())
                .isEqualTo(status);
    }

    private Answer ask(String body) {
        return api.post(PREVIEW, Role.SUPPORT, body);
    }

    private String body(String more, String lines) {
        return "{" + more + "\"orderId\":\"" + order + "\",\"lines\":[" + lines + "]}";
    }

    private static String line(String lineId, int quantity, String reason, String grade) {
        return "{\"lineId\":\"%s\",\"quantity\":%d,\"reason\":\"%s\",\"grade\":\"%s\"}"
                .formatted(lineId, quantity, reason, grade);
    }
}
