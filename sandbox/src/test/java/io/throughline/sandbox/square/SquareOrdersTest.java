package io.throughline.sandbox.square;

import static io.throughline.sandbox.square.TestingSquare.pickup;
import static io.throughline.sandbox.square.TestingSquare.shipment;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.squareup.square.core.SquareApiException;
import com.squareup.square.types.Fulfillment;
import com.squareup.square.types.FulfillmentState;
import com.squareup.square.types.GetOrdersRequest;
import com.squareup.square.types.Order;
import com.squareup.square.types.OrderState;
import com.squareup.square.types.SearchOrdersDateTimeFilter;
import com.squareup.square.types.SearchOrdersFilter;
import com.squareup.square.types.SearchOrdersQuery;
import com.squareup.square.types.SearchOrdersRequest;
import com.squareup.square.types.SearchOrdersSort;
import com.squareup.square.types.SearchOrdersSortField;
import com.squareup.square.types.SortOrder;
import com.squareup.square.types.TimeRange;
import com.squareup.square.types.UpdateOrderRequest;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders, driven by Square's own client. */
class SquareOrdersTest {

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
    void sameKeyAndBodyIsTheSameOrder() {
        Order first = testing.create(shipment("LHARBOR", "F1", "key-1"));
        Order again = testing.create(shipment("LHARBOR", "F1", "key-1"));

        assertThat(again.getId()).isEqualTo(first.getId()).isPresent();
        assertThat(testing.effects("POST /v2/orders")).hasSize(1);
    }

    @Test
    void sameKeyAndOtherBodyIsRefused() {
        testing.create(shipment("LHARBOR", "F1", "key-1"));

        assertRefused(400, "IDEMPOTENCY_KEY_REUSED", () -> testing.create(shipment("LHARBOR", "F2", "key-1")));
    }

    @Test
    void forgottenKeyMakesAnotherOrder() throws Exception {
        testing.create(shipment("LHARBOR", "F1", "key-1"));
        testing.controlled("POST", "/square/idempotency/forget", "");
        testing.create(shipment("LHARBOR", "F1", "key-1"));

        assertThat(testing.effects("POST /v2/orders")).hasSize(2);
    }

    @Test
    void wrongTokenIsUnauthorized() {
        assertRefused(
                401, "UNAUTHORIZED", () -> testing.client("stolen").orders().create(shipment("LHARBOR", "F1", "k")));
    }

    @Test
    void unknownLocationAndProductAreRefused() {
        assertRefused(404, "NOT_FOUND", () -> testing.create(shipment("LNOWHERE", "F1", "key-1")));
        assertRefused(
                404,
                "NOT_FOUND",
                () -> testing.square
                        .orders()
                        .get(GetOrdersRequest.builder().orderId("none").build()));
    }

    @Test
    void updateNeedsTheNewestVersion() {
        Order order = testing.create(shipment("LHARBOR", "F1", "key-1"));
        Order reserved = update(order, "RESERVED");

        assertThat(reserved.getVersion()).contains(2);
        assertThat(work(reserved).getState()).contains(FulfillmentState.RESERVED);
        assertRefused(409, "VERSION_MISMATCH", () -> update(order, "PREPARED"));
    }

    @Test
    void workNeverGoesBackNorOnFromItsEnd() {
        Order order = testing.create(shipment("LHARBOR", "F1", "key-1"));
        Order prepared = update(order, "PREPARED");

        assertRefused(400, "INVALID_VALUE", () -> update(prepared, "RESERVED"));
        Order canceled = update(prepared, "CANCELED");
        assertThat(canceled.getState()).contains(OrderState.CANCELED);
        assertRefused(400, "BAD_REQUEST", () -> update(canceled, "COMPLETED"));
    }

    @Test
    void workIsNotCompletedBeforeTheOrderIsPaid() {
        Order order = testing.create(shipment("LHARBOR", "F1", "key-1"));

        assertRefused(400, "BAD_REQUEST", () -> update(order, "COMPLETED"));
        assertThat(testing.effects("inventory SOLD")).isEmpty();
    }

    @Test
    void paidShipmentIsShippedByTheStoreAndLeavesItsStock() throws Exception {
        Order order = testing.create(shipment("LHARBOR", "F1", "key-1"));
        String id = order.getId().orElseThrow();
        assertThat(order.getTotalMoney().orElseThrow().getAmount()).contains(0L);

        testing.pay(id);
        testing.awaitWork(id, "COMPLETED");

        Order done = get(id);
        assertThat(done.getState()).contains(OrderState.COMPLETED);
        assertThat(work(done)
                        .getShipmentDetails()
                        .orElseThrow()
                        .getTrackingNumber()
                        .orElseThrow())
                .startsWith("SP");
        assertThat(testing.effects("staff RESERVED")).hasSize(1);
        assertThat(testing.effects("inventory SOLD"))
                .singleElement()
                .satisfies(effect ->
                        assertThat(effect.path("detail").path("after").asInt()).isEqualTo(10));
    }

    @Test
    void rejectingStoreGivesItsReason() throws Exception {
        testing.controlled(
                "PUT", "/square/locations/LHARBOR/script", "{\"behaviour\":\"reject\",\"reason\":\"Damaged\"}");
        String id = testing.create(pickup("LHARBOR", "F1", "key-1")).getId().orElseThrow();
        testing.pay(id);
        testing.awaitWork(id, "FAILED");

        assertThat(work(get(id)).getPickupDetails().orElseThrow().getCancelReason())
                .contains("Damaged");
        assertThat(get(id).getState()).contains(OrderState.CANCELED);
    }

    @Test
    void scriptForOneOrderGoesBeforeTheStores() throws Exception {
        testing.controlled("PUT", "/square/locations/LHARBOR/script", "{\"behaviour\":\"silent\"}");
        testing.controlled("PUT", "/square/locations/LHARBOR/script", "{\"behaviour\":\"prepare\",\"order\":\"F9\"}");
        String silent = testing.create(pickup("LHARBOR", "F1", "key-1")).getId().orElseThrow();
        String busy = testing.create(pickup("LHARBOR", "F9", "key-9")).getId().orElseThrow();
        testing.pay(silent);
        testing.pay(busy);
        testing.awaitWork(busy, "PREPARED");

        assertThat(work(get(silent)).getState()).contains(FulfillmentState.PROPOSED);
    }

    @Test
    void workByHandFollowsItsOrder() throws Exception {
        testing.controlled("PUT", "/square/locations/LDUBLIN/script", "{\"behaviour\":\"manual\"}");
        String id = testing.create(pickup("LDUBLIN", "F1", "key-1")).getId().orElseThrow();
        testing.pay(id);

        assertThat(testing.control("POST", "/square/orders/" + id + "/prepare", "")
                        .statusCode())
                .isEqualTo(409);
        testing.controlled("POST", "/square/orders/" + id + "/acknowledge", "");
        testing.controlled("POST", "/square/orders/" + id + "/prepare", "");
        JsonNode done = testing.controlled("POST", "/square/orders/" + id + "/complete", "");
        assertThat(done.path("state").asText()).isEqualTo("COMPLETED");
    }

    @Test
    void searchIsByLocationAndTimeAndPaged() {
        for (int index = 0; index < 3; index++) {
            testing.create(shipment("LHARBOR", "F" + index, "key-" + index));
        }
        testing.create(shipment("LDOWNTOWN", "F9", "key-9"));
        SearchOrdersQuery query = SearchOrdersQuery.builder()
                .filter(SearchOrdersFilter.builder()
                        .dateTimeFilter(SearchOrdersDateTimeFilter.builder()
                                .updatedAt(TimeRange.builder()
                                        .startAt("2020-01-01T00:00:00Z")
                                        .build())
                                .build())
                        .build())
                .sort(SearchOrdersSort.builder()
                        .sortField(SearchOrdersSortField.UPDATED_AT)
                        .sortOrder(SortOrder.ASC)
                        .build())
                .build();

        var first = testing.square
                .orders()
                .search(SearchOrdersRequest.builder()
                        .locationIds(List.of("LHARBOR"))
                        .query(query)
                        .limit(2)
                        .build());
        var second = testing.square
                .orders()
                .search(SearchOrdersRequest.builder()
                        .locationIds(List.of("LHARBOR"))
                        .query(query)
                        .limit(2)
                        .cursor(first.getCursor().orElseThrow())
                        .build());

        assertThat(first.getOrders().orElseThrow())
                .extracting(order -> order.getReferenceId().orElseThrow())
                .containsExactly("F0", "F1");
        assertThat(second.getOrders().orElseThrow())
                .extracting(order -> order.getReferenceId().orElseThrow())
                .containsExactly("F2");
        assertThat(second.getCursor()).isEmpty();
    }

    @Test
    void tillSaleHasNoVersionAndCannotBeUpdated() throws Exception {
        JsonNode sale = testing.controlled("POST", "/square/sales", """
                {"location": "LDOWNTOWN", "tender": "CASH", "items": [{"sku": "NW-TEE-BLK-M", "quantity": 2}],
                 "taxes": [{"name": "TX State", "percentage": "6.25"}, {"name": "Austin", "percentage": "2"}]}
                """);
        Order order = get(sale.path("id").asText());

        assertThat(order.getVersion()).isEmpty();
        assertThat(order.getState()).contains(OrderState.COMPLETED);
        // 2 x 25.00; 6.25 % is 3.125 and rounds half to even.
        assertThat(order.getTotalTaxMoney().orElseThrow().getAmount()).contains(412L);
        assertThat(order.getTotalMoney().orElseThrow().getAmount()).contains(5412L);
        assertThat(order.getTenders().orElseThrow())
                .singleElement()
                .satisfies(tender -> assertThat(
                                tender.getAmountMoney().orElseThrow().getAmount())
                        .contains(5412L));
        assertRefused(
                400,
                "BAD_REQUEST",
                () -> testing.square
                        .orders()
                        .update(UpdateOrderRequest.builder()
                                .orderId(order.getId().orElseThrow())
                                .order(Order.builder()
                                        .locationId("LDOWNTOWN")
                                        .version(1)
                                        .ticketName("x")
                                        .build())
                                .build()));
    }

    @Test
    void goodsThatComeBackAreAnOrderWithARefund() throws Exception {
        JsonNode sale = testing.controlled("POST", "/square/sales", """
                {"location": "LDOWNTOWN", "tender": "CASH", "items": [{"sku": "NW-TEE-BLK-M", "quantity": 2}],
                 "taxes": [{"name": "TX State", "percentage": "10"}]}
                """);

        Order back = get(testing.controlled(
                        "POST",
                        "/square/returns",
                        "{\"sale\": \"" + sale.path("id").asText()
                                + "\", \"items\": [{\"sku\": \"NW-TEE-BLK-M\", \"quantity\": 1}]}")
                .path("id")
                .asText());

        assertThat(back.getState()).contains(OrderState.COMPLETED);
        assertThat(back.getReturns().orElseThrow()).singleElement().satisfies(returned -> {
            assertThat(returned.getSourceOrderId()).contains(sale.path("id").asText());
            assertThat(returned.getReturnLineItems().orElseThrow()).hasSize(1);
        });
        assertThat(back.getRefunds().orElseThrow())
                .singleElement()
                .satisfies(refund ->
                        assertThat(refund.getAmountMoney().getAmount()).contains(2750L));
        assertThat(testing.effects("inventory RETURNED_BY_CUSTOMER")).hasSize(1);
    }

    private Order update(Order order, String state) {
        return testing.square
                .orders()
                .update(UpdateOrderRequest.builder()
                        .orderId(order.getId().orElseThrow())
                        .order(Order.builder()
                                .locationId(order.getLocationId())
                                .version(order.getVersion().orElseThrow())
                                .fulfillments(List.of(Fulfillment.builder()
                                        .uid(work(order).getUid().orElseThrow())
                                        .state(FulfillmentState.valueOf(state))
                                        .build()))
                                .build())
                        .build())
                .getOrder()
                .orElseThrow();
    }

    private Order get(String id) {
        return testing.square
                .orders()
                .get(GetOrdersRequest.builder().orderId(id).build())
                .getOrder()
                .orElseThrow();
    }

    private static Fulfillment work(Order order) {
        return order.getFulfillments().orElseThrow().getFirst();
    }

    static void assertRefused(int status, String code, Runnable call) {
        assertThatExceptionOfType(SquareApiException.class)
                .isThrownBy(call::run)
                .satisfies(failure -> {
                    assertThat(failure.statusCode()).isEqualTo(status);
                    assertThat(failure.errors())
                            .singleElement()
                            .satisfies(error ->
                                    assertThat(error.getCode().toString()).isEqualTo(code));
                });
    }
}
