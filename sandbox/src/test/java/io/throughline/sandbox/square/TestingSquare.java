package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.squareup.square.SquareClient;
import com.squareup.square.types.CreateOrderRequest;
import com.squareup.square.types.Fulfillment;
import com.squareup.square.types.FulfillmentPickupDetails;
import com.squareup.square.types.FulfillmentRecipient;
import com.squareup.square.types.FulfillmentShipmentDetails;
import com.squareup.square.types.FulfillmentType;
import com.squareup.square.types.Order;
import com.squareup.square.types.OrderLineItem;
import com.squareup.square.types.OrderLineItemDiscount;
import com.squareup.square.types.PayOrderRequest;
import com.sun.net.httpserver.HttpServer;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Sandbox;
import io.throughline.sandbox.core.SandboxConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A sandbox with Square's own client, a subscriber to the webhooks, and the director's calls. */
final class TestingSquare implements AutoCloseable {

    /** One message as the subscriber got it. */
    @SuppressWarnings("ArrayRecordComponent")
    record Received(String topic, byte[] body, String signature) {
        JsonNode json() {
            return Json.parse(body);
        }
    }

    final Sandbox sandbox;
    final SquareClient square;
    final String hookUrl;
    private final HttpServer subscriber;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>();
    private final HttpClient http = HttpClient.newHttpClient();

    TestingSquare() throws IOException {
        subscriber = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        subscriber.createContext("/hook", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            received.add(new Received(
                    Json.parse(body).path("type").asText(),
                    body,
                    String.valueOf(exchange.getRequestHeaders().getFirst("x-square-hmacsha256-signature"))));
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        subscriber.start();
        hookUrl = "http://127.0.0.1:" + subscriber.getAddress().getPort() + "/hook";
        sandbox = Sandbox.start(SandboxConfig.inMemory()
                .withSetting("square.webhook.url", hookUrl)
                .withSetting("square.ack.millis", "5")
                .withSetting("square.prepare.millis", "5")
                .withSetting("square.complete.millis", "5"));
        square = client("sandbox-square-token");
    }

    SquareClient client(String token) {
        return SquareClient.builder()
                .token(token)
                .url(sandbox.base("square").toString())
                .maxRetries(0)
                .timeout(5)
                .build();
    }

    /** The next message of a topic; others that came before it are dropped. */
    Received next(String topic) throws InterruptedException {
        while (true) {
            Received message = received.poll(5, TimeUnit.SECONDS);
            if (message == null) {
                throw new AssertionError("no webhook " + topic + " came");
            }
            if (message.topic().equals(topic)) {
                return message;
            }
        }
    }

    /** Waits until an order's work has come to a state. */
    void awaitWork(String orderId, String state) throws InterruptedException {
        while (true) {
            JsonNode told = next("order.fulfillment.updated")
                    .json()
                    .path("data")
                    .path("object")
                    .path("order_fulfillment_updated");
            if (told.path("order_id").asText().equals(orderId)
                    && told.path("fulfillment_update")
                            .path(0)
                            .path("new_state")
                            .asText()
                            .equals(state)) {
                return;
            }
        }
    }

    HttpResponse<String> control(String method, String path, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(sandbox.controlBase().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        return http.send(request, HttpResponse.BodyHandlers.ofString());
    }

    JsonNode controlled(String method, String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = control(method, path, body);
        if (response.statusCode() >= 300) {
            throw new AssertionError(response.statusCode() + " " + response.body());
        }
        return response.body().isEmpty() ? Json.object() : Json.parse(response.body());
    }

    List<JsonNode> effects(String operation) {
        return sandbox.ledger().read(Optional.of("square"), 0).stream()
                .filter(effect -> effect.path("operation").asText().equals(operation))
                .toList();
    }

    /** Work that costs the customer nothing more, for a store to ship. */
    static CreateOrderRequest shipment(String location, String reference, String key) {
        return request(
                location,
                reference,
                key,
                Fulfillment.builder()
                        .type(FulfillmentType.SHIPMENT)
                        .shipmentDetails(FulfillmentShipmentDetails.builder()
                                .recipient(recipient())
                                .build())
                        .build());
    }

    static CreateOrderRequest pickup(String location, String reference, String key) {
        return request(
                location,
                reference,
                key,
                Fulfillment.builder()
                        .type(FulfillmentType.PICKUP)
                        .pickupDetails(FulfillmentPickupDetails.builder()
                                .recipient(recipient())
                                .pickupAt("2026-12-01T10:00:00Z")
                                .build())
                        .build());
    }

    private static FulfillmentRecipient recipient() {
        return FulfillmentRecipient.builder().displayName("Customer").build();
    }

    private static CreateOrderRequest request(String location, String reference, String key, Fulfillment fulfillment) {
        return CreateOrderRequest.builder()
                .idempotencyKey(key)
                .order(Order.builder()
                        .locationId(location)
                        .referenceId(reference)
                        .metadata(Map.of("made_by", Optional.of("test")))
                        .lineItems(List.of(OrderLineItem.builder()
                                .quantity("2")
                                .catalogObjectId("SQ-NW-MUG-RED")
                                .build()))
                        .discounts(List.of(OrderLineItemDiscount.builder()
                                .name("Paid online")
                                .percentage("100")
                                .build()))
                        .fulfillments(List.of(fulfillment))
                        .build())
                .build();
    }

    Order create(CreateOrderRequest request) {
        return square.orders().create(request).getOrder().orElseThrow();
    }

    Order pay(String orderId) {
        return square.orders()
                .pay(PayOrderRequest.builder()
                        .orderId(orderId)
                        .idempotencyKey("pay-" + orderId)
                        .build())
                .getOrder()
                .orElseThrow();
    }

    @Override
    public void close() {
        sandbox.close();
        subscriber.stop(0);
        http.close();
    }
}
