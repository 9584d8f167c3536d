package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.carrier.Parcels;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SandboxContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The people in the stores. Paid orders with work in them reach the staff, who follow the location's script or wait for control
 * calls. A script for orders whose name or reference contains a text goes before the location's own.
 */
final class StoreStaff {

    private static final Logger LOG = LoggerFactory.getLogger(StoreStaff.class);
    private static final String SCRIPTS = "square.script";

    private final SandboxContext context;
    private final OrderBook book;
    private final Orders orders;
    private final Parcels parcels;
    private final ScheduledExecutorService clockwork = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("square-staff").factory());

    StoreStaff(SandboxContext context, OrderBook book, Orders orders, Parcels parcels) {
        this.context = context;
        this.book = book;
        this.orders = orders;
        this.parcels = parcels;
    }

    JsonNode setScript(String locationId, JsonNode body) {
        String matching = body.path("order").asText("");
        StoreScript script = scriptOf(locationId, "").with(body);
        ObjectNode entry = script.json().put("location", locationId).put("order", matching);
        context.documents().put(SCRIPTS, locationId + "|" + matching, entry);
        return entry;
    }

    private StoreScript scriptOf(String locationId, String orderText) {
        StoreScript usual = StoreScript.usual(
                context.config().setting("square.ack.millis", 150),
                context.config().setting("square.prepare.millis", 250),
                context.config().setting("square.complete.millis", 250));
        Optional<JsonNode> special = context.documents().list(SCRIPTS).stream()
                .filter(entry -> locationId.equals(entry.path("location").asText())
                        && !entry.path("order").asText().isEmpty()
                        && orderText.contains(entry.path("order").asText()))
                .findFirst();
        return special.or(() -> context.documents().get(SCRIPTS, locationId + "|"))
                .map(usual::with)
                .orElse(usual);
    }

    /** Takes up work; called inside the transaction that pays the order. */
    void receive(String orderId) {
        ObjectNode order = book.get(orderId);
        if (Fulfillments.of(order).stream().allMatch(Fulfillments::isFinal)) {
            return;
        }
        String text = order.path("ticket_name").asText("") + " "
                + order.path("reference_id").asText("");
        StoreScript script = scriptOf(order.path("location_id").asText(), text);
        context.documents().afterCommit(() -> plan(orderId, script));
    }

    /** Takes up again what was left when the sandbox stopped. */
    void resume() {
        for (JsonNode order : book.all()) {
            if ("OPEN".equals(order.path("state").asText()) && Orders.isPaid((ObjectNode) order)) {
                receive(order.path("id").asText());
            }
        }
    }

    private void plan(String orderId, StoreScript script) {
        List<Runnable> steps = new ArrayList<>();
        List<Long> waits = new ArrayList<>();
        switch (script.behaviour()) {
            case SILENT, MANUAL -> {}
            case REJECT -> {
                steps.add(() -> reject(orderId, script.reason()));
                waits.add(script.acknowledgeMillis());
            }
            case ACKNOWLEDGE -> {
                steps.add(() -> acknowledge(orderId));
                waits.add(script.acknowledgeMillis());
            }
            case PREPARE, SHIP, HAND_OVER -> {
                steps.add(() -> acknowledge(orderId));
                waits.add(script.acknowledgeMillis());
                steps.add(() -> prepare(orderId));
                waits.add(script.prepareMillis());
                if (script.behaviour() != StoreScript.Behaviour.PREPARE) {
                    steps.add(() -> complete(orderId));
                    waits.add(script.completeMillis());
                }
            }
        }
        next(steps, waits, 0);
    }

    private void next(List<Runnable> steps, List<Long> waits, int index) {
        if (index == steps.size() || clockwork.isShutdown()) {
            return;
        }
        Runnable step = () -> {
            try {
                steps.get(index).run();
                next(steps, waits, index + 1);
            } catch (RuntimeException failure) {
                if (!clockwork.isShutdown()) {
                    LOG.warn("The staff could not go on: {}", failure.toString());
                }
            }
        };
        var _ = clockwork.schedule(step, waits.get(index), TimeUnit.MILLISECONDS);
    }

    boolean acknowledge(String orderId) {
        return move(orderId, Optional.of("PROPOSED"), "RESERVED", _ -> {});
    }

    boolean prepare(String orderId) {
        return move(orderId, Optional.of("RESERVED"), "PREPARED", _ -> {});
    }

    /** Hands a pickup over, or ships: then the parcel has a number at the carrier. */
    boolean complete(String orderId) {
        return move(orderId, Optional.of("PREPARED"), "COMPLETED", fulfillment -> {
            if (!Fulfillments.isPickup(fulfillment)) {
                String number = parcels.post(orderId);
                Fulfillments.details(fulfillment)
                        .put("carrier", Parcels.CARRIER)
                        .put("tracking_number", number);
            }
        });
    }

    boolean reject(String orderId, String reason) {
        return move(
                orderId,
                Optional.empty(),
                "FAILED",
                fulfillment -> Fulfillments.details(fulfillment)
                        .put(Fulfillments.isPickup(fulfillment) ? "cancel_reason" : "failure_reason", reason));
    }

    private boolean move(String orderId, Optional<String> from, String to, Consumer<ObjectNode> note) {
        try {
            return context.documents().atomically(() -> orders.moveByStaff(orderId, from, to, note));
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    JsonNode scripts() {
        var array = Json.array();
        context.documents().list(SCRIPTS).forEach(array::add);
        return array;
    }

    void close() {
        clockwork.shutdownNow();
    }
}
