package io.throughline.connectors.square;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilitySystem.Work;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.order.LineQuantity;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Sandbox;
import io.throughline.sandbox.core.SandboxConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Northwind's stores on a sandbox Square, whose staff wait to be told what to do. */
final class TestingStores implements AutoCloseable {

    static final AccountId POS = AccountId.of("square-northwind");
    static final String SIGNATURE_KEY = "synthetic-square-signature-key";
    static final URI HOOK = URI.create("https://throughline.example/webhooks/square");

    final Sandbox sandbox = Sandbox.start(SandboxConfig.inMemory());
    final SquareConnector square = connect(config());
    private final HttpClient http = HttpClient.newHttpClient();

    TestingStores() {
        for (String location : List.of("LDOWNTOWN", "LHARBOR", "LDUBLIN")) {
            script(location, "manual");
        }
    }

    SquareConfig config() {
        return SquareConfig.of(POS, sandbox.base("square"), "sandbox-square-token", "NORTHWIND", SIGNATURE_KEY, HOOK)
                .withTimeout(Duration.ofSeconds(5));
    }

    static SquareConnector connect(SquareConfig config) {
        return new SquareConnector(List.of(config), new Stores(), Clock.systemUTC());
    }

    void script(String location, String behaviour) {
        control("PUT", "/square/locations/" + location + "/script", "{\"behaviour\":\"" + behaviour + "\"}");
    }

    void fault(String operation, String rest) {
        control("POST", "/faults", "{\"system\":\"square\",\"operation\":\"" + operation + "\"," + rest + "}");
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
        return work(number, method, "NW-MUG-RED", Optional.empty());
    }

    static Work work(int number, DeliveryMethod method, String sku, Optional<String> reference) {
        return new Work(
                POS,
                "LHARBOR",
                new FulfillmentOrderId("O-7K2M9Q4XTA-F" + number),
                "#1001",
                method,
                List.of(new LineQuantity("line-1", Sku.of(sku), 2)),
                Optional.empty(),
                reference,
                Optional.of("Ann Example"));
    }

    /** The same work once it is known under the system's own name. */
    static Work released(Work work, String reference) {
        return work(
                Integer.parseInt(work.id().value().substring(work.id().value().lastIndexOf("-F") + 2)),
                work.method(),
                work.lines().getFirst().sku().value(),
                Optional.of(reference));
    }

    /** Releases and gives the work under Square's name of it. */
    Work release(Work work) {
        return released(work, reference(square.stores().release(work, "key-" + work.id())));
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
