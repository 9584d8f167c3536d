package io.throughline.sandbox.shopify;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FulfillmentTest {

    private final TestingShop shop = new TestingShop();
    private final ObjectNode body = TestingShop.payload(TestingShop.TWO_LINES);

    @BeforeEach
    void warehousesWaitToBeTold() {
        script("WH-EAST", "manual");
        script("WH-WEST", "manual");
        shop.take(body);
    }

    @AfterEach
    void stop() {
        shop.close();
    }

    private void script(String facility, String behaviour) {
        String script = "{\"behaviour\":\"" + behaviour + "\",\"acceptMillis\":0,\"shipMillis\":0}";
        assertThat(shop.control("PUT", "/shopify/locations/" + facility + "/script", script)
                        .statusCode())
                .isEqualTo(200);
    }

    private JsonNode work() {
        return shop.work(body).get(0);
    }

    private static ObjectNode id(JsonNode work) {
        return TestingShop.variables("id", work.path("id").asText());
    }

    private static ObjectNode items(JsonNode work, int line, int units) {
        ObjectNode variables = id(work);
        variables
                .putArray("items")
                .addObject()
                .put("id", work.at("/lineItems/nodes/" + line + "/id").asText())
                .put("quantity", units);
        return variables;
    }

    private static ObjectNode shipping(String gid, String number) {
        ObjectNode variables = Json.object();
        ObjectNode fulfillment = variables.putObject("fulfillment");
        fulfillment.putArray("lineItemsByFulfillmentOrder").addObject().put("fulfillmentOrderId", gid);
        fulfillment.putObject("trackingInfo").put("company", "UPS").put("number", number);
        return variables;
    }

    private int held(long location, String name) {
        return shop.quantity(1, location, name);
    }

    @Test
    void aRequestIsAcceptedAndShipped() {
        shop.change("RequestWork", id(work()));
        assertThat(work().path("supportedActions").findValuesAsText("action"))
                .containsExactly("CANCEL_FULFILLMENT_ORDER");

        shop.change("AcceptWork", id(work()));
        JsonNode payload = shop.change("Ship", shipping(work().path("id").asText(), "1Z1"));

        assertThat(payload.at("/fulfillment/name").asText()).isEqualTo("#1501-F1");
        assertThat(payload.at("/fulfillment/trackingInfo/0/number").asText()).isEqualTo("1Z1");
        assertThat(payload.at("/fulfillment/totalQuantity").asInt()).isEqualTo(3);
        assertThat(work().path("status").asText()).isEqualTo("CLOSED");
        assertThat(work().path("supportedActions")).isEmpty();
        assertThat(shop.order(body).path("displayFulfillmentStatus").asText()).isEqualTo("FULFILLED");
        assertThat(held(TestingShop.EAST, "committed")).isZero();
        assertThat(held(TestingShop.EAST, "on_hand")).isEqualTo(48);
        assertThat(shop.effects("fulfillmentCreate")).hasSize(1);
        assertThat(shop.refused("Ship", shipping(work().path("id").asText(), "1Z1"))
                        .path("message")
                        .asText())
                .contains("not in a fulfillable state");
        assertThat(shop.effects("fulfillmentCreate")).hasSize(1);
    }

    @Test
    void aThirdPartyWarehouseShipsByItself() {
        script("WH-EAST", "ship");
        shop.change("RequestWork", id(work()));

        Waiting.until(() -> work().path("status").asText().equals("CLOSED"));

        assertThat(shop.workOf(work().path("id").asText())
                        .at("/fulfillments/nodes/0/trackingInfo/0/number")
                        .asText())
                .startsWith("NWT");
        assertThat(shop.effects("fulfillmentOrderAcceptFulfillmentRequest")).hasSize(1);
        assertThat(shop.effects("fulfillmentCreate")).hasSize(1);
    }

    @Test
    void aWarehouseThatRejectsLeavesTheWorkToBeMoved() {
        script("WH-EAST", "reject");
        shop.change("RequestWork", id(work()));

        Waiting.until(() -> work().path("requestStatus").asText().equals("REJECTED"));
        JsonNode moved = shop.change("MoveWork", id(work()).put("to", Gid.of("Location", TestingShop.WEST)));

        assertThat(moved.at("/movedFulfillmentOrder/requestStatus").asText()).isEqualTo("UNSUBMITTED");
        assertThat(moved.at("/movedFulfillmentOrder/id")).isEqualTo(moved.at("/originalFulfillmentOrder/id"));
        assertThat(moved.path("remainingFulfillmentOrder").isNull()).isTrue();
        assertThat(held(TestingShop.EAST, "committed")).isZero();
        assertThat(held(TestingShop.EAST, "available")).isEqualTo(50);
        assertThat(held(TestingShop.WEST, "committed")).isEqualTo(2);
    }

    @Test
    void aWarehouseMayGoOnWithWhatItWasAskedToGiveBack() {
        script("WH-EAST", "accept");
        shop.change("RequestWork", id(work()));
        Waiting.until(() -> work().path("requestStatus").asText().equals("ACCEPTED"));
        String goesOn = "{\"behaviour\":\"ship\",\"acceptMillis\":0,\"shipMillis\":0,\"cancellation\":\"reject\"}";
        assertThat(shop.control("PUT", "/shopify/locations/WH-EAST/script", goesOn)
                        .statusCode())
                .isEqualTo(200);

        shop.change("AskToCancelWork", id(work()));

        Waiting.until(() -> work().path("status").asText().equals("CLOSED"));
        assertThat(shop.effects("fulfillmentOrderRejectCancellationRequest")).hasSize(1);
        assertThat(shop.effects("fulfillmentCreate")).hasSize(1);
    }

    @Test
    void aScriptWithAnUnknownAnswerIsRefused() {
        assertThat(shop.control(
                                "PUT",
                                "/shopify/locations/WH-EAST/script",
                                "{\"behaviour\":\"ship\",\"cancellation\":\"perhaps\"}")
                        .statusCode())
                .isEqualTo(400);
    }

    @Test
    void requestedWorkCannotBeMoved() {
        shop.change("RequestWork", id(work()));

        JsonNode error = shop.refused("MoveWork", id(work()).put("to", Gid.of("Location", TestingShop.WEST)));

        assertThat(error.path("message").asText()).contains("request status SUBMITTED");
        assertThat(shop.effects("fulfillmentOrderMove")).isEmpty();
    }

    @Test
    void partOfTheWorkMovesIntoWorkOfItsOwn() {
        JsonNode work = work();
        JsonNode payload = shop.change("MoveWork", items(work, 0, 1).put("to", Gid.of("Location", TestingShop.WEST)));

        String movedId = payload.at("/movedFulfillmentOrder/id").asText();
        assertThat(movedId).isNotEqualTo(work.path("id").asText());
        assertThat(payload.at("/remainingFulfillmentOrder/id")).isEqualTo(work.path("id"));
        assertThat(shop.workOf(movedId).at("/lineItems/nodes/0/totalQuantity").asInt())
                .isEqualTo(1);
        assertThat(work().at("/lineItems/nodes/0/totalQuantity").asInt()).isEqualTo(1);
        assertThat(held(TestingShop.EAST, "committed")).isEqualTo(1);
        assertThat(held(TestingShop.WEST, "committed")).isEqualTo(1);
    }

    @Test
    void wholeWorkMovedBesideOtherWorkIsMadeAnewThere() {
        JsonNode first = work();
        shop.change("MoveWork", items(first, 0, 1).put("to", Gid.of("Location", TestingShop.WEST)));

        JsonNode payload = shop.change("MoveWork", id(work()).put("to", Gid.of("Location", TestingShop.WEST)));

        assertThat(payload.at("/originalFulfillmentOrder/status").asText()).isEqualTo("CLOSED");
        assertThat(payload.at("/movedFulfillmentOrder/id")).isNotEqualTo(first.path("id"));
        assertThat(held(TestingShop.EAST, "committed")).isZero();
        assertThat(held(TestingShop.WEST, "committed")).isEqualTo(2);
    }

    @Test
    void workIsNotMovedWhereAnItemIsNotStocked() {
        ObjectNode bag = Json.object();
        bag.put("id", 88).put("name", "#88").put("currency", "USD").put("created_at", "2026-11-23T10:00:00Z");
        bag.put("total_price", "95.00").put("financial_status", "paid");
        bag.putArray("line_items")
                .addObject()
                .put("id", 1)
                .put("quantity", 1)
                .put("price", "95.00")
                .put("sku", "NW-BAG-TAN");
        shop.take(bag, "?location=WH-WEST");
        JsonNode work = shop.work(bag).get(0);

        JsonNode error = shop.refused("MoveWork", id(work).put("to", Gid.of("Location", TestingShop.EAST)));

        assertThat(error.path("message").asText()).contains("does not stock");
        JsonNode places = shop.workOf(work.path("id").asText()).at("/locationsForMove/nodes");
        assertThat(places).anySatisfy(place -> {
            assertThat(place.at("/location/name").asText()).isEqualTo("Northwind Harbor");
            assertThat(place.path("movable").asBoolean()).isTrue();
        });
        assertThat(places).anySatisfy(place -> {
            assertThat(place.at("/location/name").asText()).isEqualTo("Northwind East Warehouse");
            assertThat(place.path("movable").asBoolean()).isFalse();
        });
    }

    @Test
    void splitWorkKeepsEachUnitOnce() {
        JsonNode work = work();
        ObjectNode variables = Json.object();
        ObjectNode split = variables.putArray("splits").addObject();
        split.put("fulfillmentOrderId", work.path("id").asText());
        split.putArray("fulfillmentOrderLineItems")
                .addObject()
                .put("id", work.at("/lineItems/nodes/0/id").asText())
                .put("quantity", 1);

        shop.change("SplitWork", variables);

        assertThat(shop.work(body).findValuesAsText("remainingQuantity")).containsExactly("1", "1", "1");
        assertThat(work().path("supportedActions").findValuesAsText("action")).contains("MERGE");
    }

    @Test
    void holdsAreCountedByHandleAndReleasedById() {
        JsonNode work = work();
        ObjectNode hold = id(work);
        hold.putObject("hold").put("reason", "HIGH_RISK_OF_FRAUD").put("handle", "order-1501");

        String holdId = shop.change("HoldWork", hold).at("/fulfillmentHold/id").asText();

        assertThat(work().path("status").asText()).isEqualTo("ON_HOLD");
        assertThat(shop.refused("HoldWork", hold).path("code").asText()).isEqualTo("DUPLICATE_FULFILLMENT_HOLD_HANDLE");
        assertThat(shop.refused("RequestWork", id(work)).path("message").asText())
                .contains("ON_HOLD");
        ObjectNode release = id(work);
        release.putArray("holdIds").add(holdId);
        assertThat(shop.change("ReleaseWork", release)
                        .at("/fulfillmentOrder/status")
                        .asText())
                .isEqualTo("OPEN");
        assertThat(shop.effects("fulfillmentOrderHold")).hasSize(1);
    }

    @Test
    void acceptedWorkIsCancelledByAskingForIt() {
        shop.change("RequestWork", id(work()));
        shop.change("AcceptWork", id(work()));
        shop.change("AskToCancelWork", id(work()));
        assertThat(work().path("requestStatus").asText()).isEqualTo("CANCELLATION_REQUESTED");

        shop.change("AcceptCancellation", id(work()));

        assertThat(work().path("requestStatus").asText()).isEqualTo("CANCELLATION_ACCEPTED");
        assertThat(work().path("supportedActions").findValuesAsText("action")).contains("MOVE", "REQUEST_FULFILLMENT");
    }

    @Test
    void aRequestNotYetAcceptedIsCancelledAtOnceAndReplaced() {
        shop.change("RequestWork", id(work()));

        JsonNode payload = shop.change("CancelWork", id(work()));

        assertThat(payload.at("/fulfillmentOrder/status").asText()).isEqualTo("CLOSED");
        JsonNode replacement =
                shop.workOf(payload.at("/replacementFulfillmentOrder/id").asText());
        assertThat(replacement.path("requestStatus").asText()).isEqualTo("UNSUBMITTED");
        assertThat(replacement.findValuesAsText("remainingQuantity")).containsExactly("2", "1");
    }

    @Test
    void partOfARequestLeavesTheRestUnsubmitted() {
        JsonNode payload = shop.change("RequestWork", items(work(), 0, 2));

        assertThat(payload.at("/submittedFulfillmentOrder/requestStatus").asText())
                .isEqualTo("SUBMITTED");
        assertThat(payload.at("/unsubmittedFulfillmentOrder/requestStatus").asText())
                .isEqualTo("UNSUBMITTED");
    }

    @Test
    void aPickupIsPreparedAndHandedOver() {
        ObjectNode pickup = TestingShop.payload(TestingShop.PICKUP);
        shop.take(pickup);
        String gid = shop.work(pickup).get(0).path("id").asText();
        ObjectNode prepared = Json.object();
        prepared.putObject("input")
                .putArray("lineItemsByFulfillmentOrder")
                .addObject()
                .put("fulfillmentOrderId", gid);

        shop.change("PreparedForPickup", prepared);
        assertThat(shop.refused("PreparedForPickup", prepared).path("code").asText())
                .isEqualTo("NO_LINE_ITEMS_TO_PREPARE_FOR_FULFILLMENT_ORDER");
        JsonNode shipped = shop.change("Ship", shipping(gid, ""));

        assertThat(shipped.at("/fulfillment/displayStatus").asText()).isEqualTo("PICKED_UP");
        assertThat(shop.order(pickup).path("displayFulfillmentStatus").asText()).isEqualTo("FULFILLED");
    }

    @Test
    void reportedProgressBindsTheWorkToItsStore() {
        ObjectNode pickup = TestingShop.payload(TestingShop.PICKUP);
        shop.take(pickup);
        ObjectNode gid = id(shop.work(pickup).get(0));
        shop.change("ReportProgress", gid);

        ObjectNode move = gid.deepCopy().put("to", Gid.of("Location", TestingShop.EAST));
        assertThat(shop.refused("MoveWork", move).path("code").asText())
                .isEqualTo("CANNOT_MOVE_FULFILLMENT_ORDER_WITH_REPORTED_PROGRESS");
        assertThat(shop.refused("ReportProgress", id(work())).path("code").asText())
                .isEqualTo("FULFILLMENT_ORDER_INVALID_FULFILLMENT_SERVICE_OWNERSHIP");
        shop.change("OpenWork", gid);
        shop.change("MoveWork", move);
    }

    @Test
    void aCancelledFulfillmentIsWorkAgain() {
        String fulfillment = shop.change("Ship", shipping(work().path("id").asText(), "1Z1"))
                .at("/fulfillment/id")
                .asText();

        ObjectNode track = TestingShop.variables("id", fulfillment);
        track.putObject("tracking").put("number", "1Z2").put("company", "UPS").put("url", "https://ups.example/1Z2");
        assertThat(shop.change("Track", track)
                        .at("/fulfillment/trackingInfo/0/number")
                        .asText())
                .isEqualTo("1Z2");
        shop.change("UnShip", TestingShop.variables("id", fulfillment));

        assertThat(work().path("status").asText()).isEqualTo("OPEN");
        assertThat(held(TestingShop.EAST, "committed")).isEqualTo(2);
        assertThat(held(TestingShop.EAST, "on_hand")).isEqualTo(50);
        assertThat(shop.refused("UnShip", TestingShop.variables("id", fulfillment))
                        .path("message")
                        .asText())
                .contains("already cancelled");
    }

    @Test
    void theIdOfAnotherKindIsRefusedAsAWhole() {
        JsonNode answer = shop.answer("AcceptWork", TestingShop.variables("id", "gid://shopify/Order/1"));

        assertThat(answer.at("/errors/0/extensions/code").asText()).isEqualTo("RESOURCE_NOT_FOUND");
        assertThat(shop.refused("AcceptWork", TestingShop.variables("id", "gid://shopify/FulfillmentOrder/1"))
                        .path("message")
                        .asText())
                .contains("does not exist");
    }
}
