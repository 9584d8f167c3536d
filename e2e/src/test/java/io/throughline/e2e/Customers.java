package io.throughline.e2e;

import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/** People who come for their goods once they have been told that these lie ready, and not before. */
final class Customers implements AutoCloseable {
    private static final String TOLD = "/READY_FOR_PICKUP";
    private static final String STORE = "LDOWNTOWN";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Stage stage;
    private final Set<String> gone = new HashSet<>();
    private final Thread customers = Thread.ofVirtual().name("customers").unstarted(this::come);

    Customers(Stage stage) {
        this.stage = stage;
        customers.start();
    }

    /** To be said before the order is placed: the store then only lays its goods ready. */
    void willPickUp(OrderId order) {
        stage.sandbox()
                .put(
                        "/square/locations/" + STORE + "/script",
                        Json.object().put("behaviour", "prepare").put("order", order.value()));
    }

    private void come() {
        try {
            while (true) {
                Json.list(stage.sandbox().get("/ledger?system=messaging")).stream()
                        .map(message -> message.path("key").asText())
                        .filter(key -> key.endsWith(TOLD))
                        .map(key -> key.substring(0, key.length() - TOLD.length()))
                        .filter(gone::add)
                        .forEach(this::pickUp);
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException | IllegalStateException closed) {
            // The test is over.
        }
    }

    private void pickUp(String work) {
        Json.list(stage.sandbox().get("/ledger?system=square")).stream()
                .filter(row -> row.path("operation").asText().equals("POST /v2/orders"))
                .filter(row -> row.at("/detail/reference").asText().equals(work))
                .map(row -> row.path("subject").asText())
                .findFirst()
                .ifPresent(order -> stage.sandbox().post("/square/orders/" + order + "/complete", Json.object()));
    }

    @Override
    public void close() {
        customers.interrupt();
    }
}
