package io.throughline.connectors.square;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.TestingGate;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.ClosedDoor;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilitySystem.Work;
import io.throughline.domain.fulfillment.FacilitySystemUnderTest;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderKey;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Sandbox;
import io.throughline.sandbox.core.SandboxConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Northwind's stores on a sandbox Square, whose staff wait to be told what to do. */
final class TestingStores implements AutoCloseable {

    static final AccountId POS = AccountId.of("square-northwind");
    static final String SIGNATURE_KEY = "synthetic-square-signature-key";
    static final String CREATE = "POST /v2/orders";
    static final String PAY = "POST /v2/orders/{id}/pay";
    static final String UPDATE = "PUT /v2/orders/{id}";
    static final URI HOOK = URI.create("https://throughline.example/webhooks/square");

    final Sandbox sandbox = Sandbox.start(SandboxConfig.inMemory());
    final SquareConnector square = connect(config(sandbox.base("square")));
    final SquareConnector unreachable = connect(config(ClosedDoor.uri()));
    private final HttpClient http = HttpClient.newHttpClient();

    TestingStores() {
        for (String location : List.of("LDOWNTOWN", "LHARBOR", "LDUBLIN")) {
            script(location, "manual");
        }
    }

    private static SquareConfig config(URI square) {
        return SquareConfig.of(POS, square, "sandbox-square-token", "NORTHWIND", SIGNATURE_KEY, HOOK)
                .withTimeout(Trouble.PATIENCE);
    }

    /** One whose merchant is paused. */
    static SquareConnector paused() {
        return new SquareConnector(
                List.of(config(ClosedDoor.uri())), new Stores(), new TestingGate().pause(POS), Clock.systemUTC());
    }

    private static SquareConnector connect(SquareConfig config) {
        return new SquareConnector(List.of(config), new Stores(), Clock.systemUTC());
    }

    void script(String location, String behaviour) {
        control("PUT", "/square/locations/" + location + "/script", "{\"behaviour\":\"" + behaviour + "\"}");
    }

    void fault(String operation, String rest) {
        control("POST", "/faults", "{\"system\":\"square\",\"operation\":\"" + operation + "\"," + rest + "}");
    }

    void fault(String operation, Trouble trouble) {
        control("POST", "/faults", trouble.rule("square", operation));
    }

    void noMoreFaults() {
        sandbox.faults().clear();
    }

    /** Of a sale at the till nobody hears but who asks. */
    OrderKey sell(String sale) {
        return new OrderKey(
                POS,
                control("POST", "/square/sales?webhooks=none", sale).path("id").asText());
    }

    JsonNode control(String method, String path, String body) {
        HttpRequest request = HttpRequest.newBuilder(sandbox.controlBase().resolve(path))
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build();
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() >= 300) {
                throw new AssertionError(path + ": " + response.statusCode() + " " + response.body());
            }
            return response.body().isEmpty() ? Json.object() : Json.parse(response.body());
        } catch (IOException failure) {
            throw new AssertionError(failure);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new AssertionError(stopped);
        }
    }

    List<JsonNode> effects(String operation) {
        return sandbox.ledger().read(Optional.of("square"), 0).stream()
                .filter(effect -> effect.path("operation").asText().equals(operation))
                .toList();
    }

    Work work(int number, DeliveryMethod method) {
        return work(number, method, "NW-MUG-RED");
    }

    static Work work(int number, DeliveryMethod method, String sku) {
        List<LineQuantity> lines = List.of(new LineQuantity("line-1", Sku.of(sku), 2));
        return new Work(
                POS,
                "LHARBOR",
                new FulfillmentOrderId("O-7K2M9Q4XTA-F" + number),
                "#1001",
                method,
                lines,
                lines,
                Optional.empty(),
                Optional.empty(),
                Optional.of("Ann Example"));
    }

    /** Releases and gives the work under Square's name of it. */
    Work release(Work work) {
        return FacilitySystemUnderTest.knownAs(work, reference(square.stores().release(work, "key-" + work.id())));
    }

    static String reference(Reply reply) {
        return switch (reply) {
            case Reply.Done(Receipt receipt) -> receipt.reference();
            case Reply.Refused refused -> throw new AssertionError(refused);
        };
    }

    void staff(Work work, String step) {
        control("POST", "/square/orders/" + work.workReference().orElseThrow() + "/" + step, "");
    }

    @Override
    public void close() {
        square.close();
        unreachable.close();
        sandbox.close();
        http.close();
    }

    /** The stores as this deployment would configure them. */
    static final class Stores implements Facilities {
        @Override
        public List<Facility> all() {
            return List.of(
                    store("ST-DOWNTOWN", "LDOWNTOWN", "US", 30.27, -97.74),
                    store("ST-HARBOR", "LHARBOR", "US", 42.36, -71.06),
                    store("ST-DUBLIN", "LDUBLIN", "IE", 53.35, -6.26));
        }

        @Override
        public Optional<Facility> find(FacilityId id) {
            return all().stream().filter(facility -> facility.id().equals(id)).findFirst();
        }

        private static Facility store(String id, String location, String country, double latitude, double longitude) {
            return new Facility(
                    new FacilityId(id),
                    id,
                    Facility.Kind.STORE,
                    ZoneId.of("UTC"),
                    country,
                    new GeoPoint(latitude, longitude),
                    POS,
                    Map.of(POS, location),
                    Set.of(POS),
                    Set.of(DeliveryMethod.SHIPPING, DeliveryMethod.PICKUP));
        }
    }
}
