package io.throughline.sandbox.square;

import static io.throughline.sandbox.square.SquareOrdersTest.assertRefused;
import static io.throughline.sandbox.square.TestingSquare.shipment;
import static org.assertj.core.api.Assertions.assertThat;

import com.squareup.square.types.BatchChangeInventoryRequest;
import com.squareup.square.types.BatchGetInventoryCountsRequest;
import com.squareup.square.types.CancelPaymentByIdempotencyKeyRequest;
import com.squareup.square.types.CatalogQuery;
import com.squareup.square.types.CatalogQuerySet;
import com.squareup.square.types.CreatePaymentRequest;
import com.squareup.square.types.Currency;
import com.squareup.square.types.GetPaymentsRequest;
import com.squareup.square.types.InventoryChange;
import com.squareup.square.types.InventoryChangeType;
import com.squareup.square.types.InventoryCount;
import com.squareup.square.types.InventoryPhysicalCount;
import com.squareup.square.types.InventoryState;
import com.squareup.square.types.Money;
import com.squareup.square.types.Payment;
import com.squareup.square.types.RefundPaymentRequest;
import com.squareup.square.types.SearchCatalogObjectsRequest;
import com.squareup.square.types.SearchEventsRequest;
import com.squareup.square.utilities.WebhooksHelper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Payments, refunds, stock, catalog and events, driven by Square's own client. */
class SquareMoneyAndStockTest {

    private static final String KEY = "synthetic-square-signature-key";

    private TestingSquare testing;

    @BeforeEach
    void start() throws IOException {
        testing = new TestingSquare();
    }

    @AfterEach
    void stop() {
        testing.close();
    }

    @Test
    void paymentIsTakenOnceForAKey() {
        Payment first = take("k1", true);
        Payment again = take("k1", true);

        assertThat(again.getId()).isEqualTo(first.getId()).isPresent();
        assertThat(first.getStatus()).contains("COMPLETED");
        assertThat(testing.effects("POST /v2/payments")).hasSize(1);
    }

    @Test
    void cancelByKeyUndoesAnApprovalAndIsHarmlessOtherwise() {
        Payment approved = take("k1", false);
        cancelByKey("k1");
        cancelByKey("never-used");

        assertThat(testing.square
                        .payments()
                        .get(GetPaymentsRequest.builder()
                                .paymentId(approved.getId().orElseThrow())
                                .build())
                        .getPayment()
                        .orElseThrow()
                        .getStatus())
                .contains("CANCELED");
        assertThat(testing.effects("POST /v2/payments/{id}/cancel")).hasSize(1);
    }

    @Test
    void declinedCardIsAPaymentMethodError() {
        assertRefused(
                402,
                "GENERIC_DECLINE",
                () -> testing.square
                        .payments()
                        .create(CreatePaymentRequest.builder()
                                .sourceId("cnon:card-nonce-declined")
                                .idempotencyKey("k1")
                                .amountMoney(dollars(1000))
                                .build()));
    }

    @Test
    void longPaymentKeyIsRefused() {
        assertRefused(400, "VALUE_TOO_LONG", () -> take("k".repeat(46), true));
    }

    @Test
    void refundsNeverExceedThePayment() {
        Payment payment = take("k1", true);
        refund(payment, "r1", 600);

        assertRefused(400, "REFUND_AMOUNT_INVALID", () -> refund(payment, "r2", 600));
        refund(payment, "r3", 400);
        assertThat(testing.effects("POST /v2/refunds")).hasSize(2);
    }

    @Test
    void physicalCountSetsTheStock() throws Exception {
        testing.square
                .inventory()
                .batchCreateChanges(BatchChangeInventoryRequest.builder()
                        .idempotencyKey("count-1")
                        .changes(List.of(InventoryChange.builder()
                                .type(InventoryChangeType.PHYSICAL_COUNT)
                                .physicalCount(InventoryPhysicalCount.builder()
                                        .catalogObjectId("SQ-NW-BAG-TAN")
                                        .locationId("LHARBOR")
                                        .state(InventoryState.IN_STOCK)
                                        .quantity("7")
                                        .occurredAt("2026-11-23T12:00:00Z")
                                        .build())
                                .build()))
                        .build());

        List<InventoryCount> counts = new java.util.ArrayList<>();
        testing.square
                .inventory()
                .batchGetCounts(BatchGetInventoryCountsRequest.builder()
                        .catalogObjectIds(List.of("SQ-NW-BAG-TAN"))
                        .locationIds(List.of("LHARBOR"))
                        .build())
                .forEach(counts::add);
        assertThat(counts)
                .singleElement()
                .satisfies(count -> assertThat(count.getQuantity()).contains("7"));
        assertThat(testing.next("inventory.count.updated").json().toString()).contains("\"quantity\":\"7\"");
    }

    @Test
    void catalogFindsVariationsBySku() {
        var found = testing.square
                .catalog()
                .search(SearchCatalogObjectsRequest.builder()
                        .objectTypes(List.of(com.squareup.square.types.CatalogObjectType.ITEM_VARIATION))
                        .query(CatalogQuery.builder()
                                .setQuery(CatalogQuerySet.builder()
                                        .attributeName("sku")
                                        .attributeValues(List.of("NW-MUG-RED", "NW-CAP-NVY"))
                                        .build())
                                .build())
                        .build())
                .getObjects()
                .orElseThrow();

        assertThat(found)
                .hasSize(2)
                .allSatisfy(object -> assertThat(object.getItemVariation()).isPresent());
    }

    @Test
    void locationsSpeakTheirCurrency() {
        assertThat(testing.square.locations().list().getLocations().orElseThrow())
                .extracting(location -> location.getId().orElseThrow() + " "
                        + location.getCurrency().orElseThrow())
                .containsExactly("LDOWNTOWN USD", "LHARBOR USD", "LDUBLIN EUR");
    }

    @Test
    void webhookIsSignedAsSquareSigns() throws Exception {
        testing.create(shipment("LHARBOR", "F1", "key-1"));
        TestingSquare.Received received = testing.next("order.created");
        String body = new String(received.body(), StandardCharsets.UTF_8);

        assertThat(WebhooksHelper.verifySignature(body, received.signature(), KEY, testing.hookUrl))
                .isTrue();
        assertThat(WebhooksHelper.verifySignature(body + " ", received.signature(), KEY, testing.hookUrl))
                .isFalse();
    }

    @Test
    void lostWebhooksEventCanStillBeSearched() throws Exception {
        testing.create(shipment("LHARBOR", "F0", "key-0"));
        testing.square.events().enableEvents();
        testing.controlled(
                "POST", "/webhook-faults", "{\"system\":\"square\",\"topic\":\"order.created\",\"kind\":\"lost\"}");
        String id = testing.create(shipment("LHARBOR", "F1", "key-1")).getId().orElseThrow();

        var events = testing.square
                .events()
                .searchEvents(SearchEventsRequest.builder().build())
                .getEvents()
                .orElseThrow();
        assertThat(events).singleElement().satisfies(event -> {
            assertThat(event.getType()).contains("order.created");
            assertThat(event.getData().orElseThrow().getId()).contains(id);
        });
    }

    @Test
    void lostReplyAppliedItsEffectOnce() throws Exception {
        testing.controlled(
                "POST",
                "/faults",
                "{\"system\":\"square\",\"operation\":\"POST /v2/payments\",\"kind\":\"lose_reply\"}");

        org.assertj.core.api.Assertions.assertThatException().isThrownBy(() -> take("k1", true));
        take("k1", true);
        assertThat(testing.effects("POST /v2/payments")).hasSize(1);
    }

    private Payment take(String key, boolean complete) {
        return testing.square
                .payments()
                .create(CreatePaymentRequest.builder()
                        .sourceId("cnon:card-nonce-ok")
                        .idempotencyKey(key)
                        .amountMoney(dollars(1000))
                        .locationId("LHARBOR")
                        .autocomplete(complete)
                        .build())
                .getPayment()
                .orElseThrow();
    }

    private void cancelByKey(String key) {
        testing.square
                .payments()
                .cancelByIdempotencyKey(CancelPaymentByIdempotencyKeyRequest.builder()
                        .idempotencyKey(key)
                        .build());
    }

    private void refund(Payment payment, String key, long minor) {
        testing.square
                .refunds()
                .refundPayment(RefundPaymentRequest.builder()
                        .idempotencyKey(key)
                        .amountMoney(dollars(minor))
                        .paymentId(payment.getId().orElseThrow())
                        .build());
    }

    private static Money dollars(long minor) {
        return Money.builder().amount(minor).currency(Currency.USD).build();
    }
}
