package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/**
 * Waits until orders have ended well: handed over, paid, and the books confirmed; or, where they were called off, with nothing kept and
 * nothing left in the books.
 */
final class Endings {
    /** To ask for each order that is still open, with all that belongs to it, takes from the machine what the orders need. */
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(3);

    private final Stage stage;

    Endings(Stage stage) {
        this.stage = stage;
    }

    /** {@code meanwhile} is done each second. The orders that have not ended well in time, with how far they came. */
    Map<String, String> await(List<Placed> orders, Duration limit, Runnable meanwhile) {
        List<Placed> open = new ArrayList<>(orders);
        AtomicReference<Instant> next = new AtomicReference<>(Instant.now());
        try {
            Awaitility.await()
                    .atMost(limit)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofSeconds(1))
                    .until(() -> {
                        meanwhile.run();
                        if (Instant.now().isBefore(next.get())) {
                            return false;
                        }
                        open.removeIf(this::well);
                        next.set(Instant.now().plus(BETWEEN_LOOKS));
                        return open.isEmpty();
                    });
        } catch (ConditionTimeoutException late) {
            open.removeIf(this::well);
        }
        Map<String, String> unfinished = new TreeMap<>();
        open.forEach(order -> unfinished.put(order.kind() + " " + order.id(), status(order) + cases(order)));
        return unfinished;
    }

    /** False also when nobody is there to be asked. */
    boolean well(Placed order) {
        return status(order).equals(goodEnd(order.kind()));
    }

    private static String goodEnd(Kind kind) {
        return switch (kind) {
            case WAREHOUSE, STORE, PICKUP, AUTHORISED, SPLIT, REST -> "COMPLETED/CAPTURED/CONFIRMED";
            case CALLED_OFF -> "CANCELLED/VOIDED/PENDING";
            case REFUNDED -> "CANCELLED/REFUNDED/REVERSED";
        };
    }

    private String status(Placed order) {
        try {
            JsonNode status = stage.order(order.id())
                    .map(found -> found.at("/order/status"))
                    .orElse(Json.object());
            return status.path("lifecycle").asText("UNKNOWN") + "/"
                    + status.path("payment").asText("UNKNOWN") + "/"
                    + status.path("posting").asText("UNKNOWN");
        } catch (UncheckedIOException away) {
            return "api-server away";
        }
    }

    private String cases(Placed order) {
        try {
            StringBuilder open = new StringBuilder();
            Json.list(stage.api().get("/v1/cases?status=OPEN&limit=200").path("cases")).stream()
                    .filter(one ->
                            one.path("subject").asText().equals(order.id().value()))
                    .forEach(one -> open.append(' ')
                            .append(one.path("code").asText())
                            .append(' ')
                            .append(one.path("step").asText())
                            .append(": ")
                            .append(one.path("detail").asText()));
            return open.toString();
        } catch (UncheckedIOException away) {
            return "";
        }
    }
}
