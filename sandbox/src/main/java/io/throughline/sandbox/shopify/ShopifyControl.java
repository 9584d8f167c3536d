package io.throughline.sandbox.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SampleRetailer.Facility;
import io.throughline.sandbox.core.SampleRetailer.Product;
import io.throughline.sandbox.core.SandboxContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** The controls of the Shopify stand-in: throw orders at a shop, play its merchant and its warehouses, make it forget. */
final class ShopifyControl {

    private final Map<String, ShopDesk> desks;
    private final LocationScripts scripts;
    private final SandboxContext context;

    ShopifyControl(Map<String, ShopDesk> desks, LocationScripts scripts, SandboxContext context) {
        this.desks = desks;
        this.scripts = scripts;
        this.context = context;
    }

    Response answer(Request request) throws Exception {
        String[] path = request.segments();
        String first = path.length == 0 ? "" : path[0];
        Optional<ShopDesk> desk = Optional.ofNullable(desks.get(first));
        try {
            if (desk.isPresent()) {
                List<String> rest = Arrays.asList(path).subList(1, path.length);
                return context.documents().atomically(() -> ofShop(desk.get(), request, rest));
            }
            return ofAllShops(request, path);
        } catch (InvalidOrder invalid) {
            return Response.json(
                    invalid.status(),
                    Json.object()
                            .put("status", invalid.status())
                            .put("field", invalid.field())
                            .put("detail", String.valueOf(invalid.getMessage())));
        } catch (DateTimeException notATime) {
            return Response.problem(422, "That is no instant: " + notATime.getMessage());
        } catch (UserErrors refused) {
            return Response.problem(409, String.valueOf(refused.getMessage()));
        }
    }

    private Response ofAllShops(Request request, String[] path) {
        String call = request.method() + " " + String.join("/", path);
        if (path.length == 3 && path[0].equals("locations") && path[2].equals("script")) {
            return script(request, path[1]);
        }
        return switch (call) {
            case "POST idempotency/forget" -> forAll(desk -> desk.idempotency().forgetAll());
            case "POST tokens/expire" -> forAll(desk -> desk.tokens().expireAll());
            case "PUT throttle" -> throttle(request.json());
            case "GET throttle" -> Response.json(200, throttles());
            default -> Response.problem(404, "No such control, and no shop of that name; shops: " + desks.keySet());
        };
    }

    private Response script(Request request, String facilityId) {
        if (context.retailer().facility(facilityId).isEmpty()) {
            return Response.problem(404, "No facility " + facilityId);
        }
        if (request.method().equals("PUT")) {
            scripts.put(facilityId, Json.mapper().convertValue(request.json(), LocationScripts.Script.class));
        }
        return Response.json(200, scripts.of(facilityId));
    }

    private Response throttle(JsonNode wanted) {
        double maximum = wanted.path("maximumAvailable").asDouble(2_000);
        double rate = wanted.path("restoreRate").asDouble(100);
        JsonNode level = wanted.path("currentlyAvailable");
        return forAll(desk -> desk.bucket().configure(maximum, rate, level.isNumber() ? level.asDouble() : null));
    }

    /** By shop, how full its bucket is and what was paid from it. */
    private ObjectNode throttles() {
        ObjectNode throttles = Json.object();
        desks.forEach((shop, desk) -> throttles.set(shop, desk.bucket().account()));
        return throttles;
    }

    private Response forAll(Consumer<ShopDesk> change) {
        desks.values().forEach(change);
        return Response.empty(204);
    }

    private Response ofShop(ShopDesk desk, Request request, List<String> path) {
        String call = request.method() + " " + (path.isEmpty() ? "" : path.getFirst());
        return switch (call) {
            case "POST orders" -> path.size() == 1 ? takeOrder(desk, request) : changeOrder(desk, request, path);
            case "GET orders" ->
                path.size() == 1
                        ? listOrders(desk)
                        : order(desk, path.get(1), () -> Response.problem(404, "No order " + path.get(1)));
            case "GET fulfillment-orders" -> listWork(desk, request);
            case "POST fulfillment-orders" -> playWarehouse(desk, request, path);
            case "GET inventory" -> listInventory(desk);
            case "PUT inventory" -> putInventory(desk, request.json());
            case "GET subscriptions" -> Response.json(200, array(desk.store().list("WebhookSubscription")));
            case "DELETE subscriptions" -> {
                desk.store().removeAll("WebhookSubscription");
                yield Response.empty(204);
            }
            case "POST disputes" ->
                path.size() == 2
                        ? Response.json(200, desk.disputes().decide(path.get(1), request.json()))
                        : Response.problem(404, "POST disputes/{id} with its status");
            case "POST returns" ->
                path.size() == 3
                        ? Response.json(200, desk.returns().byStaff(path.get(1), path.get(2), bodyOf(request)))
                        : Response.problem(404, "POST returns/{id}/{approve|decline|process|cancel|close}");
            case "GET gift-cards" -> Response.json(200, array(desk.store().list("GiftCard")));
            case "POST gift-cards" ->
                path.size() == 3
                                && path.get(2).equals("deactivate")
                                && desk.giftCards().deactivate(path.get(1))
                        ? Response.empty(204)
                        : Response.problem(404, "POST gift-cards/{id}/deactivate, of a card that there is");
            case "POST webhooks" -> resend(desk, request.json());
            default ->
                new CatalogControl(desk)
                        .answer(request, path)
                        .orElseGet(() -> Response.problem(404, "No such control of a shop"));
        };
    }

    private static Response takeOrder(ShopDesk desk, Request request) {
        boolean announce = !request.parameter("webhooks").orElse("auto").equals("none");
        OrderIntake.Taken taken = new OrderIntake(desk).take(request.json(), request.parameter("location"), announce);
        return Response.json(taken.isNew() ? 201 : 200, summary(desk, taken.order()));
    }

    private Response changeOrder(ShopDesk desk, Request request, List<String> path) {
        String action = path.size() == 3 ? path.get(2) : "";
        JsonNode asked = request.body().length == 0 ? Json.object() : request.json();
        boolean announce = !asked.path("webhooks").asText("auto").equals("none");
        return desk.store()
                .order(path.get(1))
                .map(order -> switch (action) {
                    case "cancel" -> cancel(desk, order, asked);
                    case "edit" -> {
                        new OrderEdit(desk).apply(order, asked, announce);
                        yield Response.json(200, summary(desk, order));
                    }
                    case "pay" -> {
                        desk.payments().receive(order);
                        yield Response.json(200, summary(desk, order));
                    }
                    case "refund" -> refund(desk, order, asked);
                    case "merge" -> {
                        new AdminWork(desk).merge(order, asked);
                        yield Response.json(200, summary(desk, order));
                    }
                    case "authorisation" -> {
                        desk.payments()
                                .lasts(order, Instant.parse(asked.path("until").asText()));
                        yield Response.json(200, summary(desk, order));
                    }
                    case "dispute" -> Response.json(201, desk.disputes().open(order, asked));
                    case "return" -> Response.json(201, desk.returns().ask(order, asked));
                    case "hold-refunds" -> {
                        desk.refunds().hold(order);
                        yield Response.json(200, summary(desk, order));
                    }
                    case "release-refunds" -> {
                        desk.refunds().release(order, asked.path("success").asBoolean(true));
                        yield Response.json(200, summary(desk, order));
                    }
                    default ->
                        Response.problem(
                                404,
                                "An order can be cancelled, edited, paid, refunded, returned or disputed, its work merged");
                })
                .orElseGet(() -> Response.problem(404, "No order " + path.get(1)));
    }

    private static JsonNode bodyOf(Request request) {
        return request.body().length == 0 ? Json.object() : request.json();
    }

    private static Response cancel(ShopDesk desk, OrderDocument order, JsonNode asked) {
        desk.cancellation().requireCancellable(order);
        ObjectNode arguments = Json.object();
        arguments.put("reason", asked.path("reason").asText("CUSTOMER"));
        arguments.put("restock", asked.path("restock").asBoolean(true));
        arguments
                .putObject("refundMethod")
                .put("originalPaymentMethodsRefund", asked.path("refund").asBoolean(true));
        desk.cancellation().cancel(order, arguments);
        return Response.json(200, summary(desk, order));
    }

    /**
     * As the shop's staff does it in the admin: units of a line, put on a shelf of a location or not, all of the delivery or nothing of it, an amount of the
     * first payment.
     */
    private static Response refund(ShopDesk desk, OrderDocument order, JsonNode asked) {
        ObjectNode payment = order.transactions().stream()
                .filter(each -> OrderDocument.is(each, "SALE") || OrderDocument.is(each, "CAPTURE"))
                .findFirst()
                .orElseThrow(() -> UserErrors.of("The order was not paid.", "transactions"));
        ObjectNode arguments = Json.object();
        ObjectNode input = arguments.putObject("input").put("orderId", order.gid());
        input.put("note", asked.path("note").asText("refunded by hand"));
        if (asked.path("quantity").asInt() > 0) {
            ObjectNode units = input.putArray("refundLineItems")
                    .addObject()
                    .put(
                            "lineItemId",
                            Gid.of("LineItem", asked.path("line_item").asText()))
                    .put("quantity", asked.path("quantity").asInt())
                    .put("restockType", asked.has("location") ? "RETURN" : "NO_RESTOCK");
            if (asked.has("location")) {
                units.put(
                        "locationId", Gid.of("Location", asked.path("location").asText()));
            }
        }
        input.putObject("shipping").put("fullRefund", asked.path("shipping").asBoolean());
        input.putArray("transactions")
                .addObject()
                .put("kind", "REFUND")
                .put("parentId", Payments.gid(payment))
                .put("gateway", payment.path("gateway").asText())
                .put("amount", asked.path("amount").asText());
        desk.refunds().create(arguments, "by-hand-" + asked);
        return Response.json(200, summary(desk, order));
    }

    private static Response listOrders(ShopDesk desk) {
        return Response.json(200, array(desk.store().list("OrderHead")));
    }

    private static Response order(ShopDesk desk, String id, Supplier<Response> missing) {
        return desk.store()
                .order(id)
                .map(order -> {
                    ObjectNode all = summary(desk, order);
                    all.set("body", order.body());
                    all.set("transactions", order.transactionArray());
                    ArrayNode work = all.putArray("fulfillmentOrders");
                    desk.store().fulfillmentOrders(order).forEach(each -> work.add(each.node()));
                    return Response.json(200, all);
                })
                .orElseGet(missing);
    }

    private static ObjectNode summary(ShopDesk desk, OrderDocument order) {
        ObjectNode summary = Json.object();
        summary.put("id", order.gid());
        summary.put("name", order.name());
        summary.put("financialStatus", order.body().path("financial_status").asText());
        summary.put("fulfillmentStatus", order.body().path("fulfillment_status").asText("unfulfilled"));
        summary.put("cancelled", order.cancelled());
        ArrayNode work = summary.putArray("fulfillmentOrderIds");
        desk.store().fulfillmentOrders(order).forEach(each -> work.add(each.gid()));
        return summary;
    }

    private static Response listWork(ShopDesk desk, Request request) {
        Optional<String> order = request.parameter("order");
        return Response.json(
                200,
                array(desk.store().list("FulfillmentOrder").stream()
                        .filter(work -> order.isEmpty()
                                || order.get().equals(work.path("orderId").asText()))
                        .toList()));
    }

    private static Response playWarehouse(ShopDesk desk, Request request, List<String> path) {
        if (path.size() != 3) {
            return Response.problem(
                    404,
                    "POST fulfillment-orders/{id}/{accept|reject|ship|accept-cancellation|reject-cancellation|hold"
                            + "|release-hold|move|split}");
        }
        JsonNode asked = request.body().length == 0 ? Json.object() : request.json();
        String gid = Gid.of("FulfillmentOrder", path.get(1));
        ObjectNode arguments = Json.object().put("id", gid);
        arguments.put("message", asked.path("message").asText("By control call"));
        switch (path.get(2)) {
            case "accept" -> desk.requests().accept(arguments);
            case "reject" ->
                desk.requests()
                        .reject(arguments.put("reason", asked.path("reason").asText("OTHER")));
            case "ship" -> desk.locations().ship(gid);
            case "accept-cancellation" -> desk.requests().acceptCancellation(arguments);
            case "reject-cancellation" -> desk.requests().rejectCancellation(arguments);
            case "hold" -> {
                arguments
                        .putObject("fulfillmentHold")
                        .put("reason", asked.path("reason").asText("OTHER"))
                        .put("handle", "by-hand");
                desk.work().hold(arguments);
            }
            case "release-hold" -> desk.work().releaseHold(arguments);
            case "move" -> new AdminWork(desk).move(gid, asked);
            case "split" -> new AdminWork(desk).split(gid, asked);
            default -> {
                return Response.problem(404, "No such action on a fulfillment order: " + path.get(2));
            }
        }
        return Response.json(
                200, desk.store().fulfillmentOrder(path.get(1)).orElseThrow().node());
    }

    private static Response listInventory(ShopDesk desk) {
        Map<Long, String> skus =
                desk.catalog().products().collect(Collectors.toMap(Product::inventoryItemId, Product::sku));
        ArrayNode levels = Json.array();
        for (ObjectNode level : desk.store().list("InventoryLevel")) {
            ObjectNode row = level.deepCopy();
            row.put("on_hand", InventoryBook.quantity(level, "on_hand"));
            desk.store()
                    .location(level.path("locationId").asLong())
                    .ifPresent(facility -> row.put("facility", facility.id()));
            row.put("sku", skus.get(level.path("itemId").asLong()));
            levels.add(row);
        }
        return Response.json(200, levels);
    }

    private static Response putInventory(ShopDesk desk, JsonNode wanted) {
        Optional<Product> product =
                desk.store().retailer().product(wanted.path("sku").asText()).filter(Product::stocked);
        Optional<Facility> facility =
                desk.store().retailer().facility(wanted.path("facility").asText());
        if (product.isEmpty() || facility.isEmpty() || !wanted.path("available").isInt()) {
            return Response.problem(422, "Give sku (a stocked one), facility and available");
        }
        InventoryBook inventory = desk.inventory();
        long itemId = product.get().inventoryItemId();
        long locationId = facility.get().shopifyLocationId();
        ObjectNode level = inventory.level(itemId, locationId).orElseGet(() -> inventory.create(itemId, locationId, 0));
        inventory.change(
                level,
                "available",
                wanted.path("available").asInt() - level.path("available").asInt());
        return Response.json(200, level);
    }

    private static Response resend(ShopDesk desk, JsonNode asked) {
        String topic = asked.path("topic").asText("orders/updated");
        return desk.store()
                .order(asked.path("order").asText())
                .map(order -> {
                    desk.notifier().order(topic, order);
                    return Response.json(202, Json.object().put("topic", topic));
                })
                .orElseGet(() ->
                        Response.problem(404, "No order " + asked.path("order").asText()));
    }

    private static ArrayNode array(List<ObjectNode> nodes) {
        ArrayNode array = Json.array();
        nodes.forEach(array::add);
        return array;
    }
}
