package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SampleRetailer.Product;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shop's bulk queries, at most five at a time. The result lies at an address of its own, with a signature in it and for those who know
 * it only, in whole or in pieces; the address ends after a week, at a control call, or with the sandbox's process.
 */
final class BulkOperations {

    private static final String KIND = "BulkOperation";
    private static final int MOST_AT_ONCE = 5;
    private static final Pattern RANGE = Pattern.compile("bytes=([0-9]+)-([0-9]+)");

    private final ShopStore store;
    private final ShopCatalog catalog;
    private final Notifier notifier;
    private final Background background;
    private final Map<String, byte[]> results = new ConcurrentHashMap<>();
    private volatile String host = "127.0.0.1";

    BulkOperations(ShopStore store, ShopCatalog catalog, Notifier notifier, Background background) {
        this.store = store;
        this.catalog = catalog;
        this.notifier = notifier;
        this.background = background;
    }

    /** Results are to be had where the shop was reached last. */
    void reachedAt(String address) {
        host = address;
    }

    ObjectNode run(JsonNode arguments) {
        String text = arguments.path("query").asText();
        BulkQuery query = BulkQuery.of(text);
        long running = store.list(KIND).stream()
                .filter(operation -> operation.path("status").asText().equals("RUNNING"))
                .count();
        if (running >= MOST_AT_ONCE) {
            throw UserErrors.coded("LIMIT_REACHED", "Bulk operations limit reached. Please try again later.", "query");
        }
        String id = Long.toString(store.nextId(KIND));
        ObjectNode operation = Json.object()
                .put("id", id)
                .put("type", "QUERY")
                .put("query", text)
                .put("status", "RUNNING")
                .put("createdAt", store.instant())
                .put("objectCount", 0)
                .put("rootObjectCount", 0);
        store.save(KIND, id, operation);
        background.later(store.context().config().setting("shopify.bulk.millis", 100L), () -> finish(id, query));
        return Json.object().put("bulkOperation", Gid.of(KIND, id));
    }

    private void finish(String id, BulkQuery query) {
        ObjectNode operation = store.find(KIND, id).orElseThrow();
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        Map<String, ObjectNode> changes = catalog.changes();
        catalog.products()
                .map(product -> query.line(
                        CatalogViews.variant(store, product, Optional.ofNullable(changes.get(product.sku()))),
                        gid -> node(gid, product, changes)))
                .forEach(line -> {
                    lines.writeBytes(Json.bytes(line));
                    lines.write('\n');
                });
        long count = catalog.products().count();
        results.put(id, lines.toByteArray());
        operation
                .put("status", "COMPLETED")
                .put("completedAt", store.instant())
                .put("objectCount", count)
                .put("rootObjectCount", count)
                .put("fileSize", lines.size());
        store.save(KIND, id, operation);
        notifier.publish("bulk_operations/finish", Gid.of(KIND, id), Bodies.bulkOperation(operation));
    }

    private JsonNode node(String gid, Product product, Map<String, ObjectNode> changes) {
        Optional<ObjectNode> change = Optional.ofNullable(changes.get(product.sku()));
        return switch (Gid.parse(gid).type()) {
            case "Product" -> CatalogViews.parent(product, change);
            case "InventoryItem" -> CatalogViews.item(product, change);
            default -> NullNode.instance;
        };
    }

    Optional<ObjectNode> view(String id) {
        return store.find(KIND, id).map(operation -> {
            boolean completed = operation.path("status").asText().equals("COMPLETED");
            boolean kept = results.containsKey(id);
            operation.put("__typename", KIND).put("id", Gid.of(KIND, id));
            if (completed && !kept) {
                operation.put("status", "EXPIRED");
            }
            if (completed && kept && operation.path("fileSize").asLong() > 0) {
                operation.put(
                        "url",
                        "http://" + host + "/" + store.shop().domain() + "/bulk/" + id + "?Signature=" + signature(id));
            }
            return operation;
        });
    }

    /** Whoever has the address may read it. */
    Response download(String id, Request request) {
        byte[] whole = results.get(id);
        if (whole == null
                || !request.parameter("Signature").filter(signature(id)::equals).isPresent()) {
            return expired();
        }
        Matcher range = RANGE.matcher(request.header("Range").orElse(""));
        if (!range.matches()) {
            return new Response(200, Map.of("Content-Type", "application/jsonl"), whole);
        }
        int first = Integer.parseInt(range.group(1));
        int end = Math.min(whole.length, Integer.parseInt(range.group(2)) + 1);
        if (first >= end) {
            return Response.empty(416);
        }
        return new Response(
                206,
                Map.of(
                        "Content-Type",
                        "application/jsonl",
                        "Content-Range",
                        "bytes " + first + "-" + (end - 1) + "/" + whole.length),
                Arrays.copyOfRange(whole, first, end));
    }

    private static Response expired() {
        return new Response(
                400,
                Map.of("Content-Type", "application/xml"),
                "<?xml version='1.0' encoding='UTF-8'?><Error><Code>ExpiredToken</Code></Error>"
                        .getBytes(StandardCharsets.UTF_8));
    }

    void expire() {
        results.clear();
    }

    private String signature(String id) {
        return Integer.toHexString((store.shop().clientSecret() + id).hashCode());
    }
}
