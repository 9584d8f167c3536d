package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.returns.ClientRefund;
import io.throughline.domain.returns.Refund;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An order that a client has handed over comes back: what it is worth, and what its client, who has taken the money, tells of it. */
class ClientReturnsApiTest {
    private final TestingApi api = TestingApi.get();
    private Order order = ShippedOrders.fresh().build();

    /** Two tees and a cap at 40.00 with a tax of 2.50. */
    @BeforeEach
    void anOrderOfAClientHasLeft() {
        String externalId = "WEB-" + UUID.randomUUID();
        assertThat(api.postOnce(
                                "/v1/orders",
                                Role.INTEGRATION,
                                UUID.randomUUID().toString(),
                                SampleSubmissions.shipped(externalId))
                        .status())
                .isEqualTo(202);
        order = api.database()
                .submittedOrders()
                .read(new OrderKey(AccountId.of("rest"), externalId))
                .orElseThrow()
                .order();
        FulfillmentOrderId work = ShippedOrders.allocated(
                api, order, PersonalData.none(), SampleFacilities.ST_HARBOR, DeliveryMethod.SHIPPING, 0);
        api.database()
                .fulfillmentOrders()
                .observed(
                        work,
                        new WorkProgress(Optional.of(FulfillmentStatus.SHIPPED), Optional.empty(), Optional.empty()),
                        Instant.now(),
                        Optional.empty());
    }

    @Test
    void thePreviewTellsTheExactRefund() {
        Answer answer = api.post("/v1/returns?preview=true", Role.SUPPORT, body(1));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/refund/total")).isEqualTo("42.50");
        assertThat(answer.text("/refund/taxes/0/amount")).isEqualTo("2.50");
        assertThat(answer.text("/refund/tenders/0/payment")).isEqualTo("t-1");
        assertThat(answer.text("/refund/tenders/0/gateway")).isEqualTo("external");
    }

    @Test
    void whatIsRefusedNamesItsReason() {
        Answer answer = api.post("/v1/returns?preview=true", Role.SUPPORT, body(2));

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/lines/0/allowed").asBoolean(true)).isFalse();
        assertThat(answer.text("/lines/0/refusal")).isEqualTo("MORE_THAN_IS_LEFT");
        assertThat(api.postOnce("/v1/returns", Role.SUPPORT, UUID.randomUUID().toString(), body(2))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void itsClientReadsWhatItIsAskedForAndTellsThatItIsGiven() {
        String id = authorised();
        assertThat(refunds(id).json().path("refunds")).isEmpty();
        asks(id);

        Answer asked = refunds(id);
        assertThat(asked.text("/refunds/0/refund")).isEqualTo(id + "/t-1");
        assertThat(asked.text("/refunds/0/amount")).isEqualTo("42.50");
        assertThat(asked.text("/refunds/0/standing")).isEqualTo("ASKED");
        String key = UUID.randomUUID().toString();
        Answer told = tell(id, Role.INTEGRATION, key, "t-1", "GIVEN");
        assertThat(told.status()).as(told.body()).isEqualTo(202);
        assertThat(told.text("/returnId")).isEqualTo(id);
        assertThat(tell(id, Role.INTEGRATION, key, "t-1", "GIVEN").header("Idempotent-Replayed"))
                .isEqualTo("true");
        assertThat(refunds(id).text("/refunds/0/standing")).isEqualTo("GIVEN");
        assertThat(Visitor.signedIn(api, Role.VIEWER).page("/console/returns/" + id))
                .contains("Its client gives back", "42.50 USD of payment t-1 of " + order.id() + ", Given");
        Answer again = tell(id, Role.FINANCE, UUID.randomUUID().toString(), "t-1", "FAILED");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.text("/detail")).contains("t-1", "not answered yet");
    }

    @Test
    void whatWasNotAskedForCanNotBeTold() {
        String id = authorised();

        assertThat(tell(id, Role.INTEGRATION, UUID.randomUUID().toString(), "t-1", "GIVEN")
                        .status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @CsvSource({"VIEWER, 403", "SUPPORT, 202", "FINANCE, 202", "INTEGRATION, 202"})
    void clientsAndWhoPaysByHandTell(Role role, int status) {
        String id = authorised();
        asks(id);

        assertThat(tell(id, role, UUID.randomUUID().toString(), "t-1", "GIVEN").status())
                .isEqualTo(status);
    }

    @Test
    void whatCanNotBeReadChangesNothing() {
        String id = authorised();
        asks(id);
        Map<String, String> before = api.rows();

        Answer answer = api.postOnce(
                "/v1/returns/" + id + "/refunds",
                Role.INTEGRATION,
                UUID.randomUUID().toString(),
                "{\"payment\":\"t-1\",\"outcome\":\"GIVEN\",\"reference\":\"\",\"orderId\":\"nonsense\"}");

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("/reference", "/orderId", "an order's name");
        assertThat(api.rows()).isEqualTo(before);
    }

    private Answer refunds(String id) {
        return api.get("/v1/returns/" + id + "/refunds", Role.VIEWER);
    }

    private Answer tell(String id, Role role, String key, String payment, String outcome) {
        return api.postOnce(
                "/v1/returns/" + id + "/refunds",
                role,
                key,
                "{\"payment\":\"%s\",\"outcome\":\"%s\",\"reference\":\"re_1\"}".formatted(payment, outcome));
    }

    /** As its process does, once the goods have come and were looked at. */
    private void asks(String id) {
        api.database()
                .clientRefunds()
                .ask(
                        order.key(),
                        new ClientRefund(
                                id,
                                List.of(new LineQuantity("2", SampleOrders.CAP, 1)),
                                List.of(ClientRefund.Part.asked(new Refund.ToTender(
                                        "t-1", "external", MoneyBag.of(Money.of("42.50", CurrencyCode.of("USD")))))),
                                Instant.now()));
    }

    private String authorised() {
        Answer answer =
                api.postOnce("/v1/returns", Role.SUPPORT, UUID.randomUUID().toString(), body(1));
        assertThat(answer.status()).as(answer.body()).isEqualTo(202);
        return answer.text("/returnId");
    }

    private String body(int caps) {
        return "{\"orderId\":\"%s\",\"store\":\"ST-HARBOR\",\"lines\":[{\"lineId\":\"2\",\"quantity\":%d,\"reason\":\"UNWANTED\"}]}"
                .formatted(order.id(), caps);
    }
}
