package io.throughline.e2e;

import io.throughline.domain.order.OrderId;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/**
 * People who come for their goods once they have been told that these lie ready, and not before; and people who no longer want what
 * they have ordered, and say so when there is most to undo.
 */
final class Customers implements AutoCloseable {
    private static final String TOLD = "/READY_FOR_PICKUP";
    private static final String STORE = "LDOWNTOWN";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    private final Stage stage;
    private final Set<String> theirs = ConcurrentHashMap.newKeySet();
    private final Set<String> gone = new HashSet<>();
    private final Queue<Placed> unwanted = new ConcurrentLinkedQueue<>();
    private final Thread customers = Thread.ofVirtual().name("customers").unstarted(this::live);

    Customers(Stage stage) {
        this.stage = stage;
        customers.start();
    }

    /** To be said before the order is placed: the store then only lays its goods ready. */
    void willPickUp(OrderId order) {
        theirs.add(order.value());
        stage.sandbox()
                .put(
                        "/square/locations/" + STORE + "/script",
                        Json.object().put("behaviour", "prepare").put("order", order.value()));
    }

    void willCallOff(Placed order) {
        unwanted.add(order);
    }

    private void live() {
        try {
            while (true) {
                try {
                    come();
                    unwanted.removeIf(this::callOff);
                } catch (UncheckedIOException | Json.UnexpectedAnswer away) {
                    // They come again: who stayed away for good would leave orders waiting for ever.
                }
                Thread.sleep(BETWEEN_LOOKS);
            }
        } catch (InterruptedException | IllegalStateException closed) {
            // The test is over.
        }
    }

    private void come() {
        Json.list(stage.sandbox().get("/ledger?system=messaging")).stream()
                .map(message -> message.path("key").asText())
                .filter(key -> key.endsWith(TOLD))
                .map(key -> key.substring(0, key.length() - TOLD.length()))
                .filter(work -> theirs.contains(work.substring(0, work.lastIndexOf("-F"))) && !gone.contains(work))
                .forEach(work -> {
                    pickUp(work);
                    gone.add(work);
                });
    }

    private void pickUp(String work) {
        Json.list(stage.sandbox().get("/ledger?system=square")).stream()
                .filter(row -> row.path("operation").asText().equals("POST /v2/orders"))
                .filter(row -> row.at("/detail/reference").asText().equals(work))
                .map(row -> row.path("subject").asText())
                .findFirst()
                .ifPresent(order -> stage.sandbox().post("/square/orders/" + order + "/complete", Json.object()));
    }

    /** True once it is called off; while nobody is there to be told, it is tried again. */
    private boolean callOff(Placed order) {
        try {
            boolean ripe = lies(order) && isKnownToErp(order);
            if (ripe) {
                cancel(order);
            }
            return ripe;
        } catch (UncheckedIOException | Json.UnexpectedAnswer away) {
            return false;
        }
    }

    private boolean lies(Placed order) {
        return stage.order(order.id()).stream()
                .flatMap(found -> Json.list(found.path("fulfillmentOrders")).stream())
                .anyMatch(work -> work.path("status").asText().equals("RELEASED"));
    }

    /** And what was paid for it, too. */
    private boolean isKnownToErp(Placed order) {
        Set<String> done = Json.list(stage.sandbox().get("/ledger?system=tryton&about=" + order.id())).stream()
                .map(row -> row.path("operation").asText())
                .collect(Collectors.toSet());
        return done.contains("sale.sale.quote")
                && (order.kind() != Kind.REFUNDED || done.contains("account.payment.succeed"));
    }

    /** By turns with the shop itself, and with us, who then have to cancel at the shop. */
    private void cancel(Placed order) {
        boolean atShop = Long.parseLong(order.externalId()) % 2 == 0;
        if (atShop) {
            stage.sandbox()
                    .post("/shopify/" + order.shop() + "/orders/" + order.externalId() + "/cancel", Json.object());
        } else {
            stage.cancel(order.id(), "the buyer has changed his mind");
        }
    }

    @Override
    public void close() {
        customers.interrupt();
    }
}
