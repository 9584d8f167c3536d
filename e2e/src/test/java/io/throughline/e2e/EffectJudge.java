package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.LastingEffects;
import io.throughline.local.demo.OrderRequest;
import io.throughline.local.demo.Stage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Judges by what the outside systems say was done to them, not by what we believe: for each order exactly one of each effect, and
 * none that nobody asked for.
 */
final class EffectJudge {
    private static final Set<String> UNDOING = Set.of(
            "refundCreate",
            "transactionVoid",
            "fulfillmentCancel",
            "fulfillmentOrderCancel",
            "fulfillmentOrderSubmitCancellationRequest",
            "account.invoice.credit");

    /** Where the shop lays all work that is not to be picked up. */
    private static final String FIRST_FACILITY = "WH-EAST";

    /** With which a warehouse itself takes on what it was asked for. */
    private static final String BY_WAREHOUSES = "fulfillmentOrderAcceptFulfillmentRequest";

    private final List<JsonNode> ledger;
    private final Orders orders;
    private final List<String> wrong = new ArrayList<>();

    /** How often each kind of effect was asked for by all orders together: nobody else may have had any. */
    private final Map<String, Long> asked = new TreeMap<>();

    /** What is shown of orders: by our API, by their shops, and by the ERP's books. */
    interface Orders {
        JsonNode order(OrderId id);

        List<JsonNode> journals(OrderId id);

        /** The money that the order's shop has moved, or that its client said to have taken. */
        List<JsonNode> transactions(Placed order);

        /** The ERP's moves of all orders. */
        List<JsonNode> moves();
    }

    /**
     * An order that went a way of its own, and exactly which effects that was to have outside, but for the moves behind its documents: these were
     * set against each other {@code settled} times, once by the order and once by each return.
     */
    record OwnWay(Placed order, int settled, Map<String, Long> effects) {
        OwnWay {
            effects = Map.copyOf(effects);
        }
    }

    EffectJudge(Stage stage) {
        this(Json.list(stage.sandbox().get("/ledger")), shownBy(stage));
    }

    EffectJudge(List<JsonNode> ledger, Orders orders) {
        this.ledger = List.copyOf(ledger);
        this.orders = orders;
    }

    private static Orders shownBy(Stage stage) {
        return new Orders() {
            @Override
            public JsonNode order(OrderId id) {
                return stage.order(id).orElseThrow();
            }

            @Override
            public List<JsonNode> journals(OrderId id) {
                return Json.list(
                        stage.api().get("/v1/orders/" + id + "/journals").path("journals"));
            }

            @Override
            public List<JsonNode> transactions(Placed order) {
                return order.kind().isOfShop() ? ofShop(order) : List.of(saidToBeTaken(order));
            }

            private List<JsonNode> ofShop(Placed order) {
                return Json.list(stage.sandbox()
                        .get("/shopify/" + order.shop() + "/orders/" + order.externalId())
                        .path("transactions"));
            }

            private JsonNode saidToBeTaken(Placed order) {
                ObjectNode taken = Json.object().put("kind", "SALE").put("status", "SUCCESS");
                taken.putObject("amount_set")
                        .putObject("shop_money")
                        .set("amount", OrderRequest.twoMugs(order.externalId()).get("total"));
                return taken;
            }

            @Override
            public List<JsonNode> moves() {
                return Json.list(stage.sandbox().get("/tryton/moves"));
            }
        };
    }

    /** How many effects the outside systems have written down. */
    int effects() {
        return ledger.size();
    }

    /** One line per thing that is not as it should be. */
    List<String> judge(List<Placed> placed) {
        return judge(placed, 0, List.of());
    }

    /** With so many documents beside the orders, each with one payment: of a store's day, or of what came back without a receipt. */
    List<String> judge(List<Placed> placed, long documents) {
        return judge(placed, documents, List.of());
    }

    List<String> judge(List<Placed> placed, long documents, List<OwnWay> others) {
        wrong.clear();
        asked.clear();
        Footprints.times(LastingEffects.of(ledger), "system", "operation", "subject", "key")
                .forEach((effect, count) -> expect("all", effect, 1, count));
        List<JsonNode> moves = orders.moves();
        placed.forEach(order -> judge(order, moves));
        others.forEach(this::judge);
        for (String booking : List.of("account.invoice.post", "account.payment.succeed")) {
            asked.merge(booking, documents, Long::sum);
        }
        asked.forEach((operation, wanted) -> expect("all", operation, wanted, count(operation, row -> true)));
        books(documents
                + others.stream().mapToInt(OwnWay::settled).sum()
                + placed.stream()
                        .filter(order -> order.kind() != Kind.CALLED_OFF)
                        .count());
        return List.copyOf(wrong);
    }

    private void judge(OwnWay way) {
        Map<String, Long> found = new TreeMap<>();
        List<String> names = new ArrayList<>(
                List.of(way.order().channelId(), way.order().id().value()));
        // A carrier gives its labels numbers, and takes them back by these.
        ledger.stream()
                .filter(row -> operation(row).equals("label")
                        && names(row, way.order().id().value()))
                .forEach(row -> names.add(text(row, "subject")));
        ledger.stream()
                .filter(row -> names.stream().anyMatch(name -> names(row, name)))
                .map(EffectJudge::operation)
                .filter(operation -> !operation.startsWith("control:") && !operation.startsWith("account.move."))
                .filter(operation -> !operation.equals(BY_WAREHOUSES))
                .forEach(operation -> found.merge(operation, 1L, Long::sum));
        way.effects().forEach((operation, wanted) -> asked.merge(operation, wanted, Long::sum));
        expectEqual(way.order(), "effects", new TreeMap<>(way.effects()), found);
    }

    private static boolean names(JsonNode row, String name) {
        return text(row, "subject").equals(name)
                || text(row, "key").startsWith(name)
                || row.at("/detail/reference").asText().startsWith(name);
    }

    private void judge(Placed order, List<JsonNode> moves) {
        List<String> works = Json.list(orders.order(order.id()).path("fulfillmentOrders")).stream()
                .map(work -> text(work, "facility"))
                .toList();
        int pickup = order.kind() == Kind.PICKUP ? 1 : 0;
        int calledOff = order.kind().isCalledOff() ? 1 : 0;
        int carriedOut = 1 - calledOff;
        int paid = order.kind() == Kind.CALLED_OFF ? 0 : 1;
        int refunded = order.kind() == Kind.REFUNDED ? 1 : 0;
        int shipments = works.size() * carriedOut;
        long ofShop = order.kind().isOfShop() ? 1 : 0;
        long stores =
                works.stream().filter(facility -> facility.startsWith("ST-")).count();
        long elsewhere = works.stream()
                .filter(facility -> !facility.equals(FIRST_FACILITY))
                .count();
        expect(order, "works", order.kind() == Kind.SPLIT ? 2 : 1, works.size());
        shopify(order, "fulfillmentOrderMove", elsewhere * (1 - pickup) * ofShop);
        shopify(order, "fulfillmentOrderSubmitFulfillmentRequest", works.size() - stores);
        shopify(order, "fulfillmentOrderLineItemsPreparedForPickup", pickup);
        shopify(order, "fulfillmentCreate", shipments * ofShop);
        shopify(order, "orderCapture", order.kind() == Kind.AUTHORISED ? 1 : 0);
        shopify(order, "orderCancel", calledOff);
        square(order, "POST /v2/orders", stores);
        square(order, "POST /v2/orders/{id}/pay", stores);
        square(order, "PUT /v2/orders/{id}", calledOff);
        keyed(order, "mail", shipments + pickup + calledOff);
        keyed(order, "sale.sale.quote", 1);
        keyed(order, "sale.sale.cancel", calledOff);
        keyed(order, "sale.sale.confirm", carriedOut);
        keyed(order, "account.invoice.post", shipments);
        keyed(order, "account.payment.succeed", paid + refunded);
        UNDOING.forEach(operation -> asked.putIfAbsent(operation, 0L));
        money(order, paid, refunded, OrderMoney.of(orders.transactions(order), paymentsInErp(order), moves));
        journals(order, Map.of("INVOICE", shipments, "PAYMENT", paid, "REVERSAL", refunded));
    }

    /** What was taken is given back whole or not at all, and the ERP has booked each to the same amount. */
    private void money(Placed order, int paid, int refunded, OrderMoney money) {
        List<BigDecimal> back = refunded == 1 ? money.taken() : List.of();
        expect(order, "payments", paid, money.taken().size());
        expect(order, "voided authorisations", 1 - paid, money.voided());
        expectEqual(order, "given back", back, money.givenBack());
        expectEqual(order, "booked as taken", money.taken(), money.bookedAsTaken());
        expectEqual(order, "booked as given back", back, money.bookedAsGivenBack());
        if (refunded == 1) {
            expectEqual(order, "left in the books", Map.of(), money.left());
        }
    }

    private List<JsonNode> paymentsInErp(Placed order) {
        return ledger.stream()
                .filter(row -> operation(row).equals("account.payment.succeed"))
                .filter(row -> text(row, "key").startsWith(order.id().value()))
                .toList();
    }

    private void shopify(Placed order, String operation, long wanted) {
        expectOf(order, operation, wanted, row -> text(row, "subject").equals(order.channelId()));
    }

    private void square(Placed order, String operation, long wanted) {
        expectOf(
                order,
                operation,
                wanted,
                row -> row.at("/detail/reference").asText().startsWith(order.id() + "-"));
    }

    /** Where our own reference is what tells two effects apart. */
    private void keyed(Placed order, String operation, long wanted) {
        expectOf(
                order,
                operation,
                wanted,
                row -> text(row, "key").startsWith(order.id().value()));
    }

    private void expectOf(Placed order, String operation, long wanted, Predicate<JsonNode> ofOrder) {
        asked.merge(operation, wanted, Long::sum);
        expect(order, operation, wanted, count(operation, ofOrder));
    }

    private long count(String operation, Predicate<JsonNode> which) {
        return ledger.stream()
                .filter(row -> operation(row).equals(operation))
                .filter(which)
                .count();
    }

    /** Each document is posted by one move, and each order's documents are set against each other once. */
    private void books(long settled) {
        long documents = count("account.invoice.post", row -> true) + count("account.payment.succeed", row -> true);
        expect("all", "account.move.post", documents, count("account.move.post", row -> true));
        expect("all", "documents with a move", documents, subjects("account.move.post"));
        expect("all", "account.move.reconcile", settled, count("account.move.reconcile", row -> true));
        expect("all", "orders settled", settled, subjects("account.move.reconcile"));
    }

    private long subjects(String operation) {
        return ledger.stream()
                .filter(row -> operation(row).equals(operation))
                .map(row -> text(row, "subject"))
                .distinct()
                .count();
    }

    /** So many of each kind, all of which the ERP has given a number. */
    private void journals(Placed order, Map<String, Integer> wanted) {
        List<JsonNode> journals = orders.journals(order.id());
        wanted.forEach((kind, count) -> expect(
                order,
                kind + " journals",
                count,
                journals.stream()
                        .filter(journal -> text(journal, "kind").equals(kind))
                        .count()));
        expect(
                order,
                "booked journals",
                wanted.values().stream().mapToInt(Integer::intValue).sum(),
                journals.stream()
                        .filter(journal -> !text(journal, "documentNumber").isEmpty())
                        .count());
    }

    private void expect(Object order, String what, long wanted, long found) {
        if (wanted != found) {
            wrong.add(order + ": " + what + " " + found + " times instead of " + wanted);
        }
    }

    private void expectEqual(Object order, String what, Object wanted, Object found) {
        if (!wanted.equals(found)) {
            wrong.add(order + ": " + what + " " + found + " instead of " + wanted);
        }
    }

    private static String operation(JsonNode row) {
        return text(row, "operation");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
