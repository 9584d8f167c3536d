package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SandboxContext;
import java.util.Optional;
import java.util.function.Function;

/** The director's calls below {@code /square}: scripts for the stores, work by hand, till sales, the webhook subscription. */
final class SquareControl {

    private final Merchant merchant;
    private final SandboxContext context;
    private final Subscription subscription;
    private final OrderBook book;
    private final StoreStaff staff;
    private final Routes routes;

    SquareControl(
            SandboxContext context,
            Keys keys,
            Merchant merchant,
            Events events,
            Subscription subscription,
            OrderBook book,
            StoreStaff staff,
            Tills tills,
            TillReturns returns,
            Shelves shelves) {
        this.merchant = merchant;
        this.context = context;
        this.subscription = subscription;
        this.book = book;
        this.staff = staff;
        routes = new Routes()
                .on("GET", "/orders", (request, ids) -> list(request))
                .on("GET", "/orders/{id}", (request, ids) -> Response.json(200, book.get(ids.getFirst())))
                .on(
                        "POST",
                        "/orders/{id}/acknowledge",
                        (request, ids) -> moved(staff.acknowledge(ids.getFirst()), ids.getFirst()))
                .on(
                        "POST",
                        "/orders/{id}/prepare",
                        (request, ids) -> moved(staff.prepare(ids.getFirst()), ids.getFirst()))
                .on(
                        "POST",
                        "/orders/{id}/complete",
                        (request, ids) -> moved(staff.complete(ids.getFirst()), ids.getFirst()))
                .on(
                        "POST",
                        "/orders/{id}/reject",
                        (request, ids) -> moved(staff.reject(ids.getFirst(), reason(request)), ids.getFirst()))
                .on("GET", "/scripts", (_, _) -> Response.json(200, staff.scripts()))
                .on("PUT", "/locations/{id}/script", (request, ids) -> script(ids.getFirst(), request))
                .on("POST", "/sales", (request, ids) -> Response.json(201, rungUp(request, tills::sell)))
                .on("POST", "/returns", (request, ids) -> Response.json(201, rungUp(request, returns::takeBack)))
                .on("POST", "/adjustments", (request, ids) -> Response.json(201, adjust(shelves, request)))
                .on("POST", "/adjustments/stream", (request, ids) -> {
                    shelves.stream(request.json());
                    return Response.empty(202);
                })
                .on("PUT", "/webhook-subscription", (request, ids) -> subscribe(request))
                .on(
                        "GET",
                        "/webhook-subscription",
                        (request, ids) -> subscription
                                .find()
                                .map(found -> Response.json(200, found))
                                .orElseGet(() -> Response.empty(404)))
                .on("DELETE", "/webhook-subscription", (request, ids) -> unsubscribe())
                .on(
                        "POST",
                        "/events/{id}/resend",
                        (request, ids) -> Response.empty(events.resend(ids.getFirst()) ? 202 : 404))
                .on("POST", "/idempotency/forget", (request, ids) -> {
                    keys.forget();
                    return Response.empty(204);
                });
    }

    Response handle(Request request) throws Exception {
        Optional<Routes.Match> match = routes.find(request);
        if (match.isEmpty()) {
            return Response.problem(404, "No control " + request.method() + " " + request.path());
        }
        try {
            return match.get().answer(request);
        } catch (SquareError refusal) {
            return refusal.response();
        }
    }

    private Response list(Request request) {
        ArrayNode orders = Json.array();
        Optional<String> reference = request.parameter("reference");
        Optional<String> location = request.parameter("location");
        for (JsonNode order : book.all()) {
            if (reference
                            .filter(wanted ->
                                    !wanted.equals(order.path("reference_id").asText()))
                            .isEmpty()
                    && location.filter(wanted ->
                                    !wanted.equals(order.path("location_id").asText()))
                            .isEmpty()) {
                orders.add(order);
            }
        }
        return Response.json(200, orders);
    }

    private Response moved(boolean moved, String orderId) {
        return moved
                ? Response.json(200, book.get(orderId))
                : Response.problem(409, "The order's work is not at a point where that is next");
    }

    /** With {@code ?webhooks=none} as if all its webhooks were lost. */
    private JsonNode rungUp(Request request, Function<JsonNode, JsonNode> till) throws Exception {
        boolean silent = request.parameter("webhooks").filter("none"::equals).isPresent();
        return silent
                ? Events.silently(() -> context.documents().<JsonNode>atomically(() -> till.apply(request.json())))
                : context.documents().<JsonNode>atomically(() -> till.apply(request.json()));
    }

    /** With {@code ?webhooks=none} as if its webhook were lost. */
    private static JsonNode adjust(Shelves shelves, Request request) throws Exception {
        boolean silent = request.parameter("webhooks").filter("none"::equals).isPresent();
        return silent ? Events.silently(() -> shelves.adjust(request.json())) : shelves.adjust(request.json());
    }

    private static String reason(Request request) {
        String otherwise = "Item not found on the shelf";
        return request.body().length == 0
                ? otherwise
                : request.json().path("reason").asText(otherwise);
    }

    private Response script(String locationId, Request request) {
        merchant.facility(locationId);
        return Response.json(200, staff.setScript(locationId, request.json()));
    }

    private Response subscribe(Request request) {
        JsonNode body = request.json();
        String url = body.path("url").asText("");
        if (url.isEmpty()) {
            throw new IllegalArgumentException("a subscription needs a url");
        }
        subscription.put(
                url,
                Optional.of(body.path("signatureKey").asText(""))
                        .filter(key -> !key.isEmpty())
                        .orElseGet(() -> context.retailer().square().webhookSignatureKey()));
        return Response.empty(204);
    }

    private Response unsubscribe() {
        subscription.remove();
        return Response.empty(204);
    }
}
