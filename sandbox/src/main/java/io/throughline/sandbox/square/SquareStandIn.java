package io.throughline.sandbox.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.sandbox.carrier.Parcels;
import io.throughline.sandbox.core.Documents;
import io.throughline.sandbox.core.Json;
import io.throughline.sandbox.core.Request;
import io.throughline.sandbox.core.Response;
import io.throughline.sandbox.core.SandboxContext;
import io.throughline.sandbox.core.StandIn;
import io.throughline.sandbox.core.StandInFactory;
import java.util.Optional;
import java.util.concurrent.Callable;

/**
 * Square's API as far as the stores need it. A call's operation is its method and path with ids as {@code {id}}, for example
 * {@code POST /v2/orders} or {@code PUT /v2/orders/{id}}.
 */
public final class SquareStandIn implements StandIn {

    private static final int ORDER_KEY_LENGTH = 192;
    private static final int PAYMENT_KEY_LENGTH = 45;
    private static final int INVENTORY_KEY_LENGTH = 128;

    private final SandboxContext context;
    private final Documents documents;
    private final Keys keys;
    private final Merchant merchant;
    private final Catalog catalog;
    private final Events events;
    private final Subscription subscription;
    private final Inventory inventory;
    private final OrderBook book;
    private final Orders orders;
    private final OrderSearch search;
    private final Payments payments;
    private final Refunds refunds;
    private final StoreStaff staff;
    private final Shelves shelves;
    private final Routes routes = new Routes();
    private final SquareControl control;

    SquareStandIn(SandboxContext context) {
        this.context = context;
        documents = context.documents();
        keys = new Keys(documents);
        merchant = new Merchant(context.retailer());
        catalog = new Catalog(context.retailer());
        subscription = new Subscription(documents);
        events = new Events(context, subscription);
        inventory = new Inventory(documents, context.ledger(), events, merchant, catalog, context.clock());
        book = new OrderBook(documents, events, context.clock());
        orders = new Orders(book, merchant, catalog, inventory, context.ledger());
        search = new OrderSearch(book);
        payments = new Payments(documents, book, orders, merchant, events, context.ledger());
        refunds = new Refunds(documents, payments, book, context.ledger());
        staff = new StoreStaff(context, book, orders, new Parcels(documents));
        orders.whenPaid(staff::receive);
        Tills tills = new Tills(book, orders, payments, inventory, merchant, context.ledger());
        TillReturns returns = new TillReturns(book, payments, refunds, inventory, context.ledger());
        shelves = new Shelves(context, inventory);
        control =
                new SquareControl(context, keys, merchant, events, subscription, book, staff, tills, returns, shelves);
        orderRoutes();
        paymentRoutes();
        stockRoutes();
        eventRoutes();
    }

    /** Makes the stand-in; named in {@code META-INF/services}. */
    public static final class Factory implements StandInFactory {
        @Override
        public StandIn create(SandboxContext context) {
            return new SquareStandIn(context);
        }
    }

    private void orderRoutes() {
        routes.on(
                        "POST",
                        "/v2/orders",
                        (request, ids) -> once("orders", request, ORDER_KEY_LENGTH, false, orders::create))
                .on("POST", "/v2/orders/search", (request, ids) -> ok(search.search(request.json())))
                .on("POST", "/v2/orders/batch-retrieve", (request, ids) -> ok(search.batch(request.json())))
                .on("GET", "/v2/orders/{id}", (request, ids) -> ok(Orders.wrap(book.get(ids.getFirst()))))
                .on(
                        "PUT",
                        "/v2/orders/{id}",
                        (request, ids) -> once(
                                "orders/" + ids.getFirst(),
                                request,
                                ORDER_KEY_LENGTH,
                                false,
                                body -> orders.update(ids.getFirst(), body)))
                .on(
                        "POST",
                        "/v2/orders/{id}/pay",
                        (request, ids) -> once(
                                "pay/" + ids.getFirst(),
                                request,
                                ORDER_KEY_LENGTH,
                                true,
                                body -> pay(ids.getFirst(), body)));
    }

    private ObjectNode pay(String orderId, JsonNode body) {
        return body.path("payment_ids").isEmpty() ? orders.payNothing(orderId, body) : payments.payOrder(orderId, body);
    }

    private void paymentRoutes() {
        routes.on(
                        "POST",
                        "/v2/payments",
                        (request, ids) -> once("payments", request, PAYMENT_KEY_LENGTH, true, payments::create))
                .on(
                        "POST",
                        "/v2/payments/cancel",
                        (request, ids) -> atomically(() -> payments.cancelByKey(keys.answerOf(
                                "payments",
                                request.json().path("idempotency_key").asText()))))
                .on(
                        "GET",
                        "/v2/payments",
                        (request, ids) -> ok(payments.list(
                                request.parameter("location_id"), request.parameter("begin_time"), page(request))))
                .on("GET", "/v2/payments/{id}", (request, ids) -> {
                    ObjectNode answer = Json.object();
                    answer.set("payment", payments.get(ids.getFirst()));
                    return ok(answer);
                })
                .on(
                        "POST",
                        "/v2/payments/{id}/complete",
                        (request, ids) -> atomically(() -> payments.complete(ids.getFirst())))
                .on(
                        "POST",
                        "/v2/payments/{id}/cancel",
                        (request, ids) -> atomically(() -> payments.cancel(ids.getFirst())))
                .on(
                        "POST",
                        "/v2/refunds",
                        (request, ids) -> once("refunds", request, PAYMENT_KEY_LENGTH, true, refunds::create))
                .on("GET", "/v2/refunds", (request, ids) -> ok(refunds.list(page(request))))
                .on("GET", "/v2/refunds/{id}", (request, ids) -> ok(refunds.get(ids.getFirst())));
    }

    private void stockRoutes() {
        routes.on(
                        "POST",
                        "/v2/inventory/changes/batch-create",
                        (request, ids) -> once("inventory", request, INVENTORY_KEY_LENGTH, true, inventory::change))
                .on(
                        "POST",
                        "/v2/inventory/changes/batch-retrieve",
                        (request, ids) -> ok(inventory.changes(request.json())))
                .on(
                        "POST",
                        "/v2/inventory/counts/batch-retrieve",
                        (request, ids) -> ok(inventory.counts(request.json())))
                .on("GET", "/v2/inventory/{id}", (request, ids) -> ok(inventory.countsOf(ids.getFirst())))
                .on("GET", "/v2/locations", (request, ids) -> ok(locations()))
                .on("GET", "/v2/locations/{id}", (request, ids) -> {
                    ObjectNode answer = Json.object();
                    answer.set("location", merchant.location(ids.getFirst()));
                    return ok(answer);
                })
                .on("GET", "/v2/catalog/list", (request, ids) -> catalog.list(request))
                .on("GET", "/v2/catalog/object/{id}", (request, ids) -> catalog.get(ids.getFirst()))
                .on("POST", "/v2/catalog/batch-retrieve", (request, ids) -> catalog.batch(request.json()))
                .on("POST", "/v2/catalog/search", (request, ids) -> catalog.search(request.json()));
    }

    private void eventRoutes() {
        routes.on("POST", "/v2/events", (request, ids) -> events.search(request.json()))
                .on("PUT", "/v2/events/enable", (request, ids) -> ok(events.enable()))
                .on(
                        "GET",
                        "/v2/webhooks/subscriptions",
                        (request, ids) -> ok(subscription.list(request.parameter("include_disabled")
                                .filter("true"::equals)
                                .isPresent())))
                .on(
                        "PUT",
                        "/v2/webhooks/subscriptions/{id}",
                        (request, ids) -> atomically(() -> subscription.update(ids.getFirst(), request.json())));
    }

    private ObjectNode locations() {
        ObjectNode answer = Json.object();
        ArrayNode array = answer.putArray("locations");
        merchant.locations().forEach(array::add);
        return answer;
    }

    private static Page page(Request request) {
        int limit = request.parameter("limit").map(Integer::parseInt).orElse(100);
        return Page.of(request.parameter("cursor").orElse(""), limit, 100);
    }

    /** What a call does, given its body. */
    @FunctionalInterface
    private interface Work {
        JsonNode apply(JsonNode body) throws Exception;
    }

    private Response once(String endpoint, Request request, int keyLength, boolean keyRequired, Work work)
            throws Exception {
        JsonNode body = request.json();
        return atomically(() -> keys.once(endpoint, body, keyLength, keyRequired, () -> work.apply(body)));
    }

    private Response atomically(Callable<? extends JsonNode> work) throws Exception {
        return ok(documents.<JsonNode>atomically(work::call));
    }

    private static Response ok(JsonNode body) {
        return Response.json(200, body);
    }

    @Override
    public String system() {
        return "square";
    }

    @Override
    public String operation(Request request) {
        return routes.find(request).map(Routes.Match::name).orElseGet(() -> request.method() + " " + request.path());
    }

    @Override
    public Response handle(Request request) throws Exception {
        if (!merchant.accepts(request.header("authorization"))) {
            return error(401);
        }
        Optional<Routes.Match> match = routes.find(request);
        if (match.isEmpty()) {
            return error(404);
        }
        try {
            return match.get().answer(request);
        } catch (SquareError refusal) {
            return refusal.response();
        }
    }

    @Override
    public Response control(Request request) throws Exception {
        return control.handle(request);
    }

    @Override
    public Response error(int status) {
        return SquareError.ofStatus(status);
    }

    @Override
    public void seed() {
        inventory.seed(context.retailer());
        String url = context.config().setting("square.webhook.url", "");
        if (!url.isEmpty() && subscription.find().isEmpty()) {
            subscription.put(url, context.retailer().square().webhookSignatureKey());
        }
        staff.resume();
    }

    @Override
    public void close() {
        shelves.close();
        staff.close();
    }
}
