package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.SampleRetailer;
import io.throughline.sandbox.core.SandboxContext;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the stores' people do on the shelves and enter at the point of sale: goods come, are thrown away, are counted. */
final class Shelves implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Shelves.class);

    private final SandboxContext context;
    private final Inventory inventory;
    private volatile Thread streaming = Thread.ofVirtual().unstarted(() -> {});

    Shelves(SandboxContext context, Inventory inventory) {
        this.context = context;
        this.inventory = inventory;
    }

    /**
     * {@code {"location":"LHARBOR","sku":..,"quantity":-2}}: units come from nowhere or go to waste, unless {@code from} and {@code to}
     * say otherwise; {@code {"location":..,"sku":..,"counted":7,"reference":..}} counts. {@code at} is when, if not now.
     */
    JsonNode adjust(JsonNode asked) throws Exception {
        String variation = Catalog.variationId(asked.path("sku").asText());
        String at = asked.path("at").asText(context.clock().instant().toString());
        ObjectNode change = Json.object();
        if (asked.has("counted")) {
            ObjectNode count = change.put("type", "PHYSICAL_COUNT").putObject("physical_count");
            if (asked.has("reference")) {
                count.set("reference_id", asked.path("reference"));
            }
            count.put("state", "IN_STOCK")
                    .put("location_id", asked.path("location").asText())
                    .put("catalog_object_id", variation)
                    .put("quantity", asked.path("counted").asText())
                    .put("occurred_at", at);
        } else {
            int units = asked.path("quantity").asInt();
            change.put("type", "ADJUSTMENT")
                    .putObject("adjustment")
                    .put("from_state", asked.path("from").asText(units < 0 ? "IN_STOCK" : "NONE"))
                    .put("to_state", asked.path("to").asText(units < 0 ? "WASTE" : "IN_STOCK"))
                    .put("location_id", asked.path("location").asText())
                    .put("catalog_object_id", variation)
                    .put("quantity", Integer.toString(Math.abs(units)))
                    .put("occurred_at", at);
        }
        ObjectNode body = Json.object().put("idempotency_key", Ids.other());
        body.putArray("changes").add(change);
        return context.documents().<JsonNode>atomically(() -> inventory.change(body));
    }

    /**
     * {@code {"perSecond":50,"count":500}}: that many adjustments of one unit, over all stores and products; each up and down in turn, unless
     * a {@code quantity} is given.
     */
    void stream(JsonNode asked) {
        int count = asked.path("count").asInt();
        long nanosBetween =
                TimeUnit.SECONDS.toNanos(1) / asked.path("perSecond").asInt(1);
        List<ObjectNode> places = places();
        streaming = Thread.ofVirtual().name("shelves").start(() -> {
            long began = System.nanoTime();
            try {
                for (int done = 0; done < count; done++) {
                    long due = began + done * nanosBetween;
                    Thread.sleep(Duration.ofNanos(Math.max(0, due - System.nanoTime())));
                    int inTurn = done / places.size() % 3 == 2 ? -1 : 1;
                    adjust(places.get(done % places.size())
                            .put("quantity", asked.path("quantity").asInt(inTurn)));
                }
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            } catch (Exception failed) {
                LOG.error("the shelves are left alone", failed);
            }
        });
    }

    private List<ObjectNode> places() {
        ArrayNode places = Json.array();
        for (SampleRetailer.Facility facility : context.retailer().facilities()) {
            for (SampleRetailer.Product product : context.retailer().products()) {
                if (facility.squareLocationId().isPresent()
                        && context.retailer().isShelved(product)) {
                    places.addObject()
                            .put("location", facility.squareLocationId().get())
                            .put("sku", product.sku());
                }
            }
        }
        return places.valueStream().map(ObjectNode.class::cast).toList();
    }

    @Override
    public void close() {
        streaming.interrupt();
    }
}
