package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SampleRetailer.Product;
import java.util.List;
import java.util.Optional;

/** The controls of one shop's catalogue and of its customers. */
final class CatalogControl {

    private final ShopDesk desk;

    CatalogControl(ShopDesk desk) {
        this.desk = desk;
    }

    /** Empty: this is a control of something else. */
    Optional<Response> answer(Request request, List<String> path) {
        return switch (request.method() + " "
                + String.join("/", path.stream().limit(1).toList())) {
            case "POST variants" -> Optional.of(makeUp(request));
            case "PUT variants" -> Optional.of(change(request));
            case "POST bulk-operations" -> Optional.of(expire());
            case "PUT customers" -> Optional.of(put(request));
            case "POST customers" -> Optional.of(merge(request.json(), path));
            case "POST privacy" -> Optional.of(ask(request, path.size() == 2 ? path.get(1) : ""));
            default -> Optional.empty();
        };
    }

    /** Many at once are made up silently unless their webhooks are asked for. */
    private Response makeUp(Request request) {
        boolean told = request.parameter("webhooks").orElse("none").equals("auto");
        desk.catalog().makeUp(request.json().path("count").asInt(), !told);
        return Response.empty(204);
    }

    private Response change(Request request) {
        JsonNode asked = request.json();
        Optional<Product> product = desk.catalog().product(asked.path("sku").asText());
        if (product.isEmpty() || !(asked instanceof ObjectNode wanted)) {
            return Response.problem(422, "Give the sku of a product, and what to change of it");
        }
        return Response.json(200, desk.catalog().change(product.get(), wanted, isSilent(request)));
    }

    private Response expire() {
        desk.bulk().expire();
        return Response.empty(204);
    }

    private Response put(Request request) {
        if (!(request.json() instanceof ObjectNode wanted) || !wanted.path("id").isIntegralNumber()) {
            return Response.problem(422, "Give a customer with a numeric id");
        }
        return Response.json(200, desk.customers().put(wanted, isSilent(request)));
    }

    private static boolean isSilent(Request request) {
        return request.parameter("webhooks").orElse("auto").equals("none");
    }

    private Response merge(JsonNode asked, List<String> path) {
        boolean merged = path.size() == 3
                && path.get(2).equals("merge")
                && desk.customers().merge(path.get(1), asked.path("into").asText());
        return merged
                ? Response.empty(204)
                : Response.problem(422, "POST customers/{id}/merge with the id of another one as 'into'");
    }

    private Response ask(Request request, String what) {
        JsonNode asked = request.body().length == 0 ? Json.object() : request.json();
        switch (what) {
            case "data_request" -> desk.customers().requestData(asked);
            case "redact" -> desk.customers().redact(asked);
            case "shop_redact" -> desk.customers().redactShop();
            default -> {
                return Response.problem(422, "POST privacy/{data_request|redact|shop_redact} with customer and orders");
            }
        }
        return Response.empty(202);
    }
}
