package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.order.Order;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnReckoning;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.returns.SampleRefunds;
import io.throughline.runtime.retailer.Retailer;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Parcels that do not reach their customer, claims, and money without goods, as carriers and support tell of them. */
class ReturnKindsApiTest {
    private final TestingApi api = TestingApi.get();
    private String parcel = "";
    private Order order = ShippedOrders.twoLines(api);

    @BeforeEach
    void anOrderHasLeft() {
        parcel = "1Z" + UUID.randomUUID().toString().replace("-", "");
        order = ShippedOrders.twoLines(api, Optional.of(new Tracking("UPS", parcel)));
    }

    @Test
    void aLostParcelIsPaidWithoutGoods() {
        Answer asked = outcome("?preview=true", parcel, "LOST");
        assertThat(asked.status()).as(asked.body()).isEqualTo(200);
        assertThat(asked.text("/refund/total")).isEqualTo("98.74");

        Answer lost = outcome("", parcel, "LOST");
        assertThat(lost.status()).as(lost.body()).isEqualTo(202);
        assertThat(lost.text("/kind")).isEqualTo("PARCEL_LOST");
        assertThat(lost.text("/goods")).isEqualTo("NOT_TO_COME");
        assertThat(lost.text("/money")).isEqualTo("UNCALCULATED");
        assertThat(detail(lost).text("/parcel")).isEqualTo(parcel);
        assertThat(outcome("", parcel, "LOST").status()).as("told again").isEqualTo(409);
    }

    @Test
    void aRefusedParcelIsWaitedFor() {
        Answer asked = outcome("?preview=true", parcel, "REFUSED");
        assertThat(asked.text("/refund/entries/2/kind")).as(asked.body()).isEqualTo("LABEL_FEE");

        Answer refused = outcome("", parcel, "REFUSED");
        assertThat(refused.text("/kind")).as(refused.body()).isEqualTo("PARCEL_REFUSED");
        assertThat(refused.text("/goods")).isEqualTo("AUTHORISED");
        assertThat(refused.text("/money")).isEqualTo("AWAITS_GOODS");
    }

    @Test
    void ofAParcelOnlyWhatLayInItIsPaid() {
        Answer asked = post(
                "/v1/parcels/" + parcel + "/outcome?preview=true",
                "{\"outcome\":\"LOST\",\"lines\":[{\"lineId\":\"L2\",\"quantity\":1}]}");

        assertThat(asked.text("/refund/total")).as(asked.body()).isEqualTo("43.40");
    }

    @Test
    void whatDidNotLeaveWithAParcelDidNotLieInIt() {
        Answer asked = post(
                "/v1/parcels/" + parcel + "/outcome?preview=true",
                "{\"outcome\":\"LOST\",\"lines\":[{\"lineId\":\"L9\",\"quantity\":1}]}");

        assertThat(asked.status()).as(asked.body()).isEqualTo(422);
        assertThat(asked.text("/errors/0/pointer")).isEqualTo("/lines/0/lineId");
    }

    @Test
    void aParcelThatNobodyKnowsIsNotFound() {
        assertThat(outcome("", "1Z-nowhere", "LOST").status()).isEqualTo(404);
    }

    @Test
    void aClaimWithItsPhotosIsKept() {
        Answer claimed = returned("[" + line("DAMAGED_ON_ARRIVAL") + "]", claim("\"photos/1.jpg\"", true));

        assertThat(claimed.status()).as(claimed.body()).isEqualTo(202);
        assertThat(claimed.text("/kind")).isEqualTo("CLAIM");
        assertThat(claimed.text("/goods")).isEqualTo("NOT_TO_COME");
        assertThat(detail(claimed).text("/photos/0")).isEqualTo("photos/1.jpg");
    }

    @Test
    void aPartOfThePriceIsGivenForWhatStays() {
        String part = "\"claim\":{\"photos\":[],\"goodsStay\":true,\"percent\":30}";
        Answer claimed = returned("[" + line("DAMAGED_ON_ARRIVAL") + "]", part);

        assertThat(claimed.status()).as(claimed.body()).isEqualTo(202);
        assertThat(detail(claimed).json().path("claimPercent").asInt()).isEqualTo(30);
        assertThat(page(Role.VIEWER, claimed)).contains("Paid of the price", "30 %");
    }

    @Test
    void aClaimWithoutAPhotoIsNotGranted() {
        Answer asked = post("/v1/returns?preview=true", body("[" + line("DAMAGED_ON_ARRIVAL") + "]", claim("", true)));
        assertThat(asked.text("/objection")).as(asked.body()).contains("claims.photosAbove");

        assertThat(returned("[" + line("DAMAGED_ON_ARRIVAL") + "]", claim("", true))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void moneyIsGivenForPeaceWithinLimits() {
        Answer given = returned("[]", appeasement("10.00", "USD"));

        assertThat(given.status()).as(given.body()).isEqualTo(202);
        assertThat(given.text("/kind")).isEqualTo("APPEASEMENT");
        Answer tooMuch = returned("[]", appeasement("50.01", "USD"));
        assertThat(tooMuch.status()).isEqualTo(409);
        assertThat(tooMuch.text("/detail")).contains("appeasements.upTo");
        assertThat(returned("[]", appeasement("10.00", "EUR")).text("/detail")).contains("the order is in USD");
    }

    @Test
    void whatIsGivenWithoutGoodsMayBeRefusedInTheConsoleUntilItIsApproved() {
        ReturnId id = new ReturnId(returned("[]", appeasement("20.01", "USD")).text("/returnId"));
        Returns returns = api.database().returns();
        returns.calculate(id, purchase -> new Returns.Reckoned(SampleRefunds.ofOneUnit(order, "L2", "20.01"), true));
        Visitor support = Visitor.signedIn(api, Role.SUPPORT);

        assertThat(support.page("/console/returns/" + id)).contains("Refuse the return");
        support.post("/console/returns/" + id + "/refusal", Map.of("reason", "not so much"));
        assertThat(returns.find(id).orElseThrow().money()).isEqualTo(MoneyStatus.ENDED);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        [LINE]  | "claim":{"photos":[],"goodsStay":true}                                          | UNWANTED      | /lines/0/reason
        [LINE]  | "claim":{"photos":[],"goodsStay":false}                                         | NEVER_ARRIVED | /lines/0/reason
        [LINE]  | "store":"ST-HARBOR","claim":{"photos":[],"goodsStay":true}                      | DEFECTIVE     | /store
        [LINE]  | "claim":{"photos":[],"goodsStay":true,"percent":0}                              | DEFECTIVE     | /claim/percent
        [LINE]  | "claim":{"photos":[],"goodsStay":true,"percent":100}                            | DEFECTIVE     | /claim/percent
        [LINE]  | "claim":{"photos":[],"goodsStay":false,"percent":30}                            | DEFECTIVE     | /claim/percent
        [LINE]  | "claim":{"photos":[" "],"goodsStay":true}                                       | DEFECTIVE     | /claim/photos
        [LINE]  | "store":"ST-HARBOR"                                                             | NEVER_ARRIVED | /lines/0/reason
        [LINE]  | "appeasement":{"amount":"1.00","currency":"USD","reason":"OTHER"}               | UNWANTED      | /lines
        []      | "appeasement":{"amount":"-1.00","currency":"USD","reason":"OTHER"}              | UNWANTED      | /appeasement
        []      | "appeasement":{"amount":"1.001","currency":"USD","reason":"OTHER"}              | UNWANTED      | /appeasement
        []      | "appeasement":{"amount":"1e999999999","currency":"USD","reason":"OTHER"}        | UNWANTED      | /appeasement/amount
        []      | "store":"ST-HARBOR"                                                             | UNWANTED      | /lines
        """)
    void whatDoesNotFitTogetherIsNamed(String lines, String more, String reason, String pointer) {
        Answer answer = returned(lines.replace("LINE", line(reason)), more);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
    }

    @Test
    void theConsoleTellsWhyMoneyIsGivenBack() {
        String lost = page(Role.VIEWER, outcome("", parcel, "LOST"));
        assertThat(lost)
                .contains("Parcel lost", parcel, "Not to come", "Nothing comes back", "money without goods")
                .doesNotContain("PARCEL_LOST", "NOT_TO_COME", "waited for until", "Refuse the return");

        order = ShippedOrders.twoLines(api);
        Answer claim = returned("[" + line("NEVER_ARRIVED") + "]", claim("\"photos/<1>.jpg\"", true));
        String claimed = page(Role.VIEWER, claim);
        assertThat(claimed).contains("Claim", "photos/&lt;1", "Never arrived");
        assertThat(Visitor.signedIn(api, Role.VIEWER).page("/console/returns")).contains("Parcel lost", "Claim");
    }

    @Test
    void theConsoleLetsASecondPersonDecideAboutMoneyForPeace() {
        Answer given = returned("[]", appeasement("25.00", "USD"));
        ReturnId id = new ReturnId(given.text("/returnId"));
        Return asked = api.database().returns().find(id).orElseThrow();
        ReturnPolicies policies = Retailer.load(Path.of("../config"), Map.of()).returnPolicies();
        api.database().returns().calculate(id, purchase -> new ReturnReckoning(policies).of(asked, purchase));

        assertThat(page(Role.FINANCE, given))
                .contains("Appeasement", "25.00 USD", "went wrong: arrived late", "Approve 25.00 USD", "Unapproved")
                .contains("It is about no goods")
                .as("a second person may say no, too")
                .contains("Refuse the return")
                .doesNotContain("ARRIVED_LATE");
        assertThat(page(Role.SUPPORT, given)).contains("Refuse the return").doesNotContain("Approve 25.00 USD");
        HttpResponse<String> refused = Visitor.signedIn(api, Role.SUPPORT)
                .post("/console/returns/" + id + "/refusal", Map.of("reason", "it came in time"));
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(303);
        assertThat(page(Role.SUPPORT, given))
                .contains("it came in time", "Nothing is given back")
                .doesNotContain("Given back</th>", "Refuse the return");
        assertThat(Visitor.signedIn(api, Role.FINANCE).page("/console/orders/" + order.id() + "/books"))
                .contains("Returned and credited</th><td class=\"number\">0.00</td>");
    }

    private String page(Role role, Answer summary) {
        assertThat(summary.status()).as(summary.body()).isEqualTo(202);
        return Visitor.signedIn(api, role).page("/console/returns/" + summary.text("/returnId"));
    }

    @ParameterizedTest
    @CsvSource({"SUPPORT, 202", "INTEGRATION, 202", "VIEWER, 403", "FINANCE, 403"})
    void supportAndClientsTellOfParcels(Role role, int status) {
        assertThat(post(role, "/v1/parcels/" + parcel + "/outcome", "{\"outcome\":\"LOST\"}")
                        .status())
                .isEqualTo(status);
    }

    private Answer outcome(String query, String number, String outcome) {
        return post("/v1/parcels/" + number + "/outcome" + query, "{\"outcome\":\"" + outcome + "\"}");
    }

    private Answer returned(String lines, String more) {
        return post("/v1/returns", body(lines, more));
    }

    private Answer detail(Answer summary) {
        return api.get("/v1/returns/" + summary.text("/returnId"), Role.SUPPORT);
    }

    private Answer post(String path, String body) {
        return post(Role.SUPPORT, path, body);
    }

    private Answer post(Role role, String path, String body) {
        return api.postOnce(path, role, UUID.randomUUID().toString(), body);
    }

    private String body(String lines, String more) {
        return "{\"orderId\":\"" + order.id() + "\",\"lines\":" + lines + "," + more + "}";
    }

    private static String line(String reason) {
        return "{\"lineId\":\"L2\",\"quantity\":1,\"reason\":\"" + reason + "\"}";
    }

    private static String claim(String photos, boolean goodsStay) {
        return "\"claim\":{\"photos\":[" + photos + "],\"goodsStay\":" + goodsStay + "}";
    }

    private static String appeasement(String amount, String currency) {
        return "\"appeasement\":{\"amount\":\"" + amount + "\",\"currency\":\"" + currency
                + "\",\"reason\":\"ARRIVED_LATE\"}";
    }
}
