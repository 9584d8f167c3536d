package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.sandbox.core.Json;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** {@code POST /v2/orders/search} and {@code batch-retrieve}. As at Square there is no filter on the caller's reference. */
final class OrderSearch {

    private static final int MOST_LOCATIONS = 10;

    private final OrderBook book;

    OrderSearch(OrderBook book) {
        this.book = book;
    }

    JsonNode search(JsonNode body) {
        Set<String> locations = Catalog.texts(body.path("location_ids"));
        if (locations.isEmpty() || locations.size() > MOST_LOCATIONS) {
            throw SquareError.invalid("INVALID_VALUE", "Give 1 to 10 location ids.", "location_ids");
        }
        JsonNode filter = body.path("query").path("filter");
        JsonNode sort = body.path("query").path("sort");
        String sortField = sort.path("sort_field").asText("CREATED_AT").toLowerCase(java.util.Locale.ROOT);
        requireMatchingSort(filter.path("date_time_filter"), sortField);
        List<JsonNode> found = new ArrayList<>(book.all().stream()
                .filter(order -> locations.contains(order.path("location_id").asText()) && matches(order, filter))
                .toList());
        Comparator<JsonNode> order =
                Comparator.comparing((JsonNode entry) -> entry.path(sortField).asText(""));
        found.sort("ASC".equals(sort.path("sort_order").asText()) ? order : order.reversed());
        Page page = Page.of(body.path("cursor"), body.path("limit"), 500, 1000);
        return body.path("return_entries").asBoolean(false)
                ? page.write("order_entries", found, OrderSearch::entry)
                : page.write("orders", found, Function.identity());
    }

    private static void requireMatchingSort(JsonNode times, String sortField) {
        for (var entry : times.properties()) {
            if (!entry.getKey().equals(sortField)) {
                throw SquareError.invalid(
                        "BAD_REQUEST", "Sort by the field that the time filter is on.", "query.sort.sort_field");
            }
        }
    }

    private static boolean matches(JsonNode order, JsonNode filter) {
        for (var entry : filter.path("date_time_filter").properties()) {
            if (!Events.TimeRange.contains(
                    entry.getValue(), order.path(entry.getKey()).asText(""))) {
                return false;
            }
        }
        return allows(filter.path("state_filter").path("states"), order.path("state"))
                && allows(
                        filter.path("source_filter").path("source_names"),
                        order.path("source").path("name"))
                && fulfillment(order, filter.path("fulfillment_filter"));
    }

    private static boolean fulfillment(JsonNode order, JsonNode filter) {
        if (filter.isMissingNode()) {
            return true;
        }
        for (JsonNode fulfillment : order.path("fulfillments")) {
            if (allows(filter.path("fulfillment_types"), fulfillment.path("type"))
                    && allows(filter.path("fulfillment_states"), fulfillment.path("state"))) {
                return true;
            }
        }
        return false;
    }

    private static boolean allows(JsonNode values, JsonNode value) {
        return values.isEmpty() || Catalog.texts(values).contains(value.asText());
    }

    private static JsonNode entry(JsonNode order) {
        var entry = Json.object()
                .put("order_id", order.path("id").asText())
                .put("location_id", order.path("location_id").asText());
        if (order.has("version")) {
            entry.put("version", order.path("version").asLong());
        }
        return entry;
    }

    JsonNode batch(JsonNode body) {
        Set<String> wanted = Catalog.texts(body.path("order_ids"));
        var answer = Json.object();
        var orders = answer.putArray("orders");
        wanted.stream().filter(book::has).map(book::get).forEach(orders::add);
        return answer;
    }
}
