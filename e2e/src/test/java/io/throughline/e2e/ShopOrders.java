package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.OrderRequest;
import io.throughline.local.demo.Stage;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** Places orders of every kind in a shop, each under a number of its own. */
final class ShopOrders {
    static final String SHOP = "northwind-demo.myshopify.com";
    static final String ACCOUNT = "northwind";
    static final String JAPAN = "northwind-jp.myshopify.com";

    /** What an order is like, and so which way it goes. */
    enum Kind {
        WAREHOUSE,
        STORE,
        PICKUP,
        AUTHORISED,
        SPLIT,
        /** Of a client, who asks again until he is answered. No shop has it. */
        REST,
        /** Its money is authorised only. */
        CALLED_OFF,
        /** It is paid and in the books, so all of that has to be turned round. */
        REFUNDED;

        /** Whether the store lets it lie until its customer no longer wants it. */
        boolean isCalledOff() {
            return this == CALLED_OFF || this == REFUNDED;
        }

        boolean isOfShop() {
            return this != REST;
        }
    }

    /** An order as its shop and as we name it; {@code process} is its workflow's id. */
    record Placed(Kind kind, String shop, OrderId id, String externalId, String process) {
        String channelId() {
            return "gid://shopify/Order/" + externalId;
        }
    }

    private record Product(int variant, String sku, String usd, String jpy) {}

    /** For several who take at once, which a stream's iterator is not. */
    private record Always(Product product) implements Iterator<Product> {
        @Override
        public boolean hasNext() {
            return true;
        }

        @Override
        public Product next() {
            return product;
        }
    }

    private static final Product SOCKS = new Product(4, "NW-SOCK-2PK", "33.00", "2701");

    /** No place has more than fifty of these, so sixty come from two. */
    private static final List<Product> PLENTIFUL = List.of(
            new Product(8, "NW-SCARF-GRY", "29.00", "4400"),
            new Product(3, "NW-JKT-GRN-L", "132.00", "19800"),
            new Product(1, "NW-TEE-BLK-M", "25.00", "3800"),
            new Product(2, "NW-CAP-NVY", "40.00", "6000"));

    static final List<String> STORES = List.of("LDOWNTOWN", "LHARBOR", "LDUBLIN");
    private static final int MANY = 60;
    private static final int PICKUPS_IN_STOCK = 3;

    /** Less than there is: the last pieces may be promised to others for a moment, and then a person is asked. */
    private static final int IN_WAREHOUSES = 90;

    private static final int IN_STORES = 26;

    /** What clients order two of: what the stores' own orders leave. The mugs are picked up. */
    private static final List<String> OF_CLIENTS = List.of("NW-TEE-BLK-M", "NW-CAP-NVY", "NW-JKT-GRN-L");

    private static final int OF_EACH = 4;

    /** Of a client, while the api-server is away. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Stage stage;
    private final AtomicLong numbers;
    private final Iterator<Product> warehousePieces;
    private final Iterator<Product> storePieces;
    private final int mostMugs;
    private final Optional<Customers> customers;
    private int splits;
    private int pickups;
    private int mugs;
    private int byClients;

    /** The store's staff hands over what is to be picked up at once, and nobody calls anything off. */
    ShopOrders(Stage stage, long first) {
        this(stage, first, Optional.empty(), IN_WAREHOUSES, fromWarehouses(), pieces(IN_STORES, IN_STORES));
    }

    ShopOrders(Stage stage, long first, Customers customers) {
        this(stage, first, Optional.of(customers), IN_WAREHOUSES, fromWarehouses(), pieces(IN_STORES, IN_STORES));
    }

    /** Of shelves that are never empty: all orders of one kind want the same. */
    static ShopOrders ofPlenty(Stage stage, long first) {
        Iterator<Product> always = new Always(SOCKS);
        return new ShopOrders(stage, first, Optional.empty(), Integer.MAX_VALUE, always, always);
    }

    private ShopOrders(
            Stage stage,
            long first,
            Optional<Customers> customers,
            int mugs,
            Iterator<Product> warehousePieces,
            Iterator<Product> storePieces) {
        this.stage = stage;
        this.numbers = new AtomicLong(first);
        this.customers = customers;
        this.mostMugs = mugs;
        this.storePieces = storePieces;
        this.warehousePieces = warehousePieces;
    }

    private static Iterator<Product> fromWarehouses() {
        return pieces(IN_WAREHOUSES, IN_WAREHOUSES - MANY);
    }

    /** What there is for orders of one piece: the socks first. */
    private static Iterator<Product> pieces(int socks, int ofEachOther) {
        return Stream.concat(
                        Stream.generate(() -> SOCKS).limit(socks),
                        PLENTIFUL.stream()
                                .flatMap(product ->
                                        Stream.generate(() -> product).limit(ofEachOther)))
                .iterator();
    }

    /** The kind that is asked for as long as its stock lasts, then one of a warehouse, a store or the mug. */
    Placed place(Kind wanted) {
        return switch (wanted) {
            case WAREHOUSE -> warehousePieces.hasNext() ? warehouse() : place(Kind.STORE);
            case STORE -> storePieces.hasNext() ? store() : authorised();
            case AUTHORISED -> authorised();
            case PICKUP -> ++pickups > PICKUPS_IN_STOCK ? place(Kind.WAREHOUSE) : placePickup();
            case CALLED_OFF, REFUNDED -> storePieces.hasNext() ? placeToCallOff(wanted) : place(Kind.STORE);
            case REST -> ++byClients > OF_CLIENTS.size() * OF_EACH ? place(Kind.WAREHOUSE) : submit();
            case SPLIT -> ++splits > PLENTIFUL.size() + 1 ? place(Kind.WAREHOUSE) : split();
        };
    }

    private Placed warehouse() {
        Product product = warehousePieces.next();
        return place(
                Kind.WAREHOUSE,
                body -> body.line(product.variant(), product.sku(), 1, product.usd())
                        .shipping("4.90"));
    }

    /** The same; {@code before} is done when its name is known, and nobody has heard of it yet. */
    Placed placeInWarehouse(Consumer<OrderId> before) {
        long number = numbers.incrementAndGet();
        before.accept(stage.orderId(ACCOUNT, Long.toString(number)));
        Product product = warehousePieces.next();
        return place(
                Kind.WAREHOUSE,
                SHOP,
                OrderBody.usd(number)
                        .line(product.variant(), product.sku(), 1, product.usd())
                        .shipping("4.90")
                        .toJson());
    }

    private Placed store() {
        Product product = storePieces.next();
        return place(
                Kind.STORE,
                JAPAN,
                OrderBody.jpy(numbers.incrementAndGet())
                        .line(product.variant(), product.sku(), 1, product.jpy())
                        .shipping("600")
                        .toJson());
    }

    private Placed placeToCallOff(Kind kind) {
        OrderBody body = atTillsThatAre("silent");
        Placed order = place(kind, JAPAN, (kind == Kind.CALLED_OFF ? body.authorizedOnly() : body).toJson());
        customers.ifPresent(people -> people.willCallOff(order));
        return order;
    }

    /** An order of a store whose till does nothing by itself: a device says instead what becomes of it. */
    Placed placeForDevice(Kind kind) {
        return place(kind, JAPAN, atTillsThatAre("manual").toJson());
    }

    private OrderBody atTillsThatAre(String behaviour) {
        Product product = storePieces.next();
        long number = numbers.incrementAndGet();
        OrderId id = stage.orderId("northwind-jp", Long.toString(number));
        tillsAre(stage, behaviour, id);
        return OrderBody.jpy(number)
                .line(product.variant(), product.sku(), 1, product.jpy())
                .shipping("600");
    }

    /** What the tills of all stores are to do with one order, whichever of them gets it. */
    static void tillsAre(Stage stage, String behaviour, OrderId order) {
        for (String store : STORES) {
            stage.sandbox()
                    .put(
                            "/square/locations/" + store + "/script",
                            Json.object().put("behaviour", behaviour).put("order", order.value()));
        }
    }

    /** An order of a store; {@code before} is done when its name is known, and nobody has heard of it yet. */
    Placed placeInStore(Consumer<OrderId> before) {
        long number = numbers.incrementAndGet();
        before.accept(stage.orderId("northwind-jp", Long.toString(number)));
        return place(
                Kind.STORE,
                JAPAN,
                OrderBody.jpy(number)
                        .line(5, "NW-MUG-RED", 1, "2701")
                        .shipping("600")
                        .toJson());
    }

    private Placed authorised() {
        if (++mugs > mostMugs) {
            throw new IllegalStateException("the shop is sold out");
        }
        return place(
                Kind.AUTHORISED,
                body -> body.line(5, "NW-MUG-RED", 1, "18.00").shipping("4.90").authorizedOnly());
    }

    private Placed submit() {
        String externalId = "client-" + numbers.incrementAndGet();
        ObjectNode order = OrderRequest.twoMugs(externalId);
        ((ObjectNode) order.at("/lines/0")).put("sku", OF_CLIENTS.get((byClients - 1) / OF_EACH));
        Awaitility.await()
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .ignoreExceptionsMatching(ShopOrders::isAway)
                .until(() -> stage.api().post("/v1/orders", order, Map.of("Idempotency-Key", externalId)) != null);
        return new Placed(Kind.REST, "", stage.orderId("rest", externalId), externalId, "order/rest/" + externalId);
    }

    private static boolean isAway(Throwable failure) {
        return failure instanceof UncheckedIOException || failure instanceof Json.UnexpectedAnswer;
    }

    /** First the scarce bag, of which no place has three. */
    private Placed split() {
        if (splits == 1) {
            return place(
                    Kind.SPLIT, body -> body.line(6, "NW-BAG-TAN", 3, "95.00").shipping("6.50"));
        }
        Product product = PLENTIFUL.get(splits - 2);
        return place(
                Kind.SPLIT,
                body -> body.line(product.variant(), product.sku(), MANY, product.usd())
                        .shipping("6.50"));
    }

    /** Of any stock, for shelves that a test has filled itself. */
    Placed placePickup() {
        long number = numbers.incrementAndGet();
        customers.ifPresent(people -> people.willPickUp(stage.orderId(ACCOUNT, Long.toString(number))));
        return place(Kind.PICKUP, SHOP, pickup(number));
    }

    /** An order in dollars of whatever is put into it. */
    Placed place(Kind kind, UnaryOperator<OrderBody> content) {
        return place(
                kind,
                SHOP,
                content.apply(OrderBody.usd(numbers.incrementAndGet())).toJson());
    }

    /** A scarf and a bag, whose work the shop gives to neither of the warehouses that shall do it: each part is moved once. */
    Placed placeTwoParcels() {
        return placeWith(
                "location=ST-HARBOR",
                Kind.SPLIT,
                body -> body.line(8, "NW-SCARF-GRY", 1, "29.00")
                        .line(6, "NW-BAG-TAN", 1, "95.00")
                        .shipping("6.50"));
    }

    /** By a client that has no shop. */
    Placed placeByRest() {
        String externalId = "rest-" + numbers.incrementAndGet();
        stage.api().post("/v1/orders", OrderRequest.twoMugs(externalId), Map.of("Idempotency-Key", externalId));
        return new Placed(
                Kind.STORE, "rest", stage.orderId("rest", externalId), externalId, "order/rest/" + externalId);
    }

    /** Nobody is told of this one, as if all its webhooks were lost. */
    Placed placeSilently() {
        return placeWith(
                "webhooks=none",
                Kind.WAREHOUSE,
                body -> body.line(4, "NW-SOCK-2PK", 1, "33.00").shipping("4.90"));
    }

    private Placed placeWith(String parameter, Kind kind, UnaryOperator<OrderBody> content) {
        ObjectNode body =
                content.apply(OrderBody.usd(numbers.incrementAndGet())).toJson();
        stage.sandbox().post("/shopify/" + SHOP + "/orders?" + parameter, body);
        String externalId = body.path("id").asText();
        return placed(kind, SHOP, stage.orderId(ACCOUNT, externalId), externalId);
    }

    /** The recorded body under another number. */
    static ObjectNode pickup(long number) {
        ObjectNode body = OrderBody.recorded("orders_paid_bopis.json");
        body.put("id", number)
                .put("admin_graphql_api_id", "gid://shopify/Order/" + number)
                .put("name", "#" + number % 100_000);
        int line = 0;
        for (JsonNode item : body.withArray("line_items")) {
            ((ObjectNode) item).put("id", number * 10 + ++line);
        }
        return body;
    }

    private Placed place(Kind kind, String shop, ObjectNode body) {
        OrderId id = stage.place(shop, body);
        return placed(kind, shop, id, body.path("id").asText());
    }

    private static Placed placed(Kind kind, String shop, OrderId id, String externalId) {
        String account = shop.equals(SHOP) ? ACCOUNT : "northwind-jp";
        return new Placed(kind, shop, id, externalId, "order/" + account + "/" + externalId);
    }
}
