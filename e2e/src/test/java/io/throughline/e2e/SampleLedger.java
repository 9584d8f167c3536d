package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What is shown and written down of orders that end well, made up as the sandbox and our API write it. */
final class SampleLedger implements EffectJudge.Orders {
    private static final String AMOUNT = "35.06";

    final List<Placed> placed = new ArrayList<>();
    final List<JsonNode> rows = new ArrayList<>();
    private final Map<OrderId, List<String>> works = new HashMap<>();
    private final Map<OrderId, List<JsonNode>> journals = new HashMap<>();
    private final Map<OrderId, List<JsonNode>> transactions = new HashMap<>();
    private final List<JsonNode> moves = new ArrayList<>();
    private int documents;

    static SampleLedger ofEveryKind() {
        SampleLedger ledger = new SampleLedger();
        ledger.order(Kind.WAREHOUSE, "WH-EAST");
        ledger.order(Kind.STORE, "ST-HARBOR");
        ledger.order(Kind.PICKUP, "ST-DOWNTOWN");
        ledger.order(Kind.AUTHORISED, "WH-EAST");
        ledger.order(Kind.SPLIT, "WH-WEST", "ST-HARBOR");
        ledger.order(Kind.REST, "ST-HARBOR");
        ledger.order(Kind.CALLED_OFF, "ST-HARBOR");
        ledger.order(Kind.REFUNDED, "ST-HARBOR");
        return ledger;
    }

    /** The order of a kind. */
    Placed of(Kind kind) {
        return placed.stream().filter(order -> order.kind() == kind).findFirst().orElseThrow();
    }

    private void order(Kind kind, String... facilities) {
        String number = Integer.toString(1001 + placed.size());
        OrderId id = OrderId.of(new OrderKey(AccountId.of("northwind"), number));
        Placed order = new Placed(kind, ShopOrders.SHOP, id, number, "order/northwind/" + number);
        placed.add(order);
        works.put(id, List.of(facilities));
        journals.put(id, new ArrayList<>());
        transactions.put(id, new ArrayList<>());
        if (kind.isOfShop()) {
            shopify(order, "control:order", "");
        }
        row("tryton", "sale.sale.quote", id.value(), id.value());
        for (String facility : facilities) {
            given(order, id + "-F" + (works.get(id).indexOf(facility) + 1), facility);
        }
        pay(order);
        if (kind.isCalledOff()) {
            callOff(order);
        } else {
            row("tryton", "sale.sale.confirm", id.value(), id.value());
            for (String facility : facilities) {
                handedOver(order, id + "-F" + (works.get(id).indexOf(facility) + 1));
            }
        }
        if (kind != Kind.CALLED_OFF) {
            row("tryton", "account.move.reconcile", "documents of " + id, "lines of " + id);
        }
    }

    private void given(Placed order, String work, String facility) {
        if (facility.startsWith("ST-")) {
            square("POST /v2/orders", work, work);
            square("POST /v2/orders/{id}/pay", work, work + "-pay");
        } else {
            shopify(order, "fulfillmentOrderSubmitFulfillmentRequest", work);
        }
        if (order.kind() == Kind.PICKUP) {
            shopify(order, "fulfillmentOrderLineItemsPreparedForPickup", work);
            row("messaging", "mail", "kim@example.com", work + "/READY_FOR_PICKUP");
        } else if (order.kind().isOfShop() && !facility.equals("WH-EAST")) {
            shopify(order, "fulfillmentOrderMove", work);
        }
    }

    private void pay(Placed order) {
        switch (order.kind()) {
            case CALLED_OFF -> transaction(order, "AUTHORIZATION");
            case AUTHORISED -> {
                transaction(order, "AUTHORIZATION");
                shopify(order, "orderCapture", "");
                transaction(order, "CAPTURE");
                payment(order, "receivable");
            }
            case WAREHOUSE, STORE, PICKUP, SPLIT, REFUNDED, REST -> {
                transaction(order, "SALE");
                payment(order, "receivable");
            }
        }
    }

    private void callOff(Placed order) {
        OrderId id = order.id();
        square("PUT /v2/orders/{id}", id + "-F1", "recall");
        row("tryton", "sale.sale.cancel", id.value(), id.value());
        shopify(order, "orderCancel", order.channelId());
        row("messaging", "mail", "kim@example.com", id + "/CANCELLED");
        if (order.kind() == Kind.REFUNDED) {
            transaction(order, "REFUND");
            payment(order, "payable");
        } else {
            transaction(order, "VOID");
        }
    }

    private void handedOver(Placed order, String work) {
        if (order.kind().isOfShop()) {
            shopify(order, "fulfillmentCreate", work);
        }
        row("messaging", "mail", "kim@example.com", work + "/HANDED_OVER");
        document("account.invoice.post", work + "/invoice");
        journal(order, "INVOICE");
    }

    /** A clearing move of two lines, the other way round where the ERP pays. */
    private void payment(Placed order, String kind) {
        boolean taken = kind.equals("receivable");
        document("account.payment.succeed", order.id() + (taken ? "/payment/1" : "/refund/2"))
                .putObject("detail")
                .put("id", documents)
                .put("kind", kind)
                .putObject("amount")
                .put("decimal", AMOUNT);
        ObjectNode move =
                Json.object().put("origin", "account.payment," + documents).put("state", "posted");
        moves.add(move);
        ArrayNode lines = move.putArray("lines");
        line(lines, "1100", taken ? "0" : AMOUNT, taken ? AMOUNT : "0");
        line(lines, "1200", taken ? AMOUNT : "0", taken ? "0" : AMOUNT);
        journal(order, taken ? "PAYMENT" : "REVERSAL");
    }

    private static void line(ArrayNode lines, String account, String debit, String credit) {
        ObjectNode line = lines.addObject().put("accountCode", account);
        line.putObject("debit").put("decimal", debit);
        line.putObject("credit").put("decimal", credit);
    }

    private ObjectNode document(String operation, String reference) {
        documents++;
        String model = operation.substring(0, operation.lastIndexOf('.'));
        row("tryton", "account.move.post", model + "," + documents, "M2026-" + documents);
        return row("tryton", operation, reference, reference);
    }

    private void journal(Placed order, String kind) {
        journals(order.id()).add(Json.object().put("kind", kind).put("documentNumber", "D2026-" + documents));
    }

    private void transaction(Placed order, String kind) {
        ObjectNode transaction = Json.object().put("kind", kind).put("status", "SUCCESS");
        transaction.putObject("amount_set").putObject("shop_money").put("amount", AMOUNT);
        transactions(order).add(transaction);
    }

    private void square(String operation, String work, String key) {
        row("square", operation, "square of " + work, key).putObject("detail").put("reference", work);
    }

    private void shopify(Placed order, String operation, String key) {
        row("shopify", operation, order.channelId(), key);
    }

    private ObjectNode row(String system, String operation, String subject, String key) {
        ObjectNode row = Json.object()
                .put("system", system)
                .put("operation", operation)
                .put("subject", subject)
                .put("key", key);
        rows.add(row);
        return row;
    }

    @Override
    public JsonNode order(OrderId id) {
        ObjectNode view = Json.object();
        works.get(id)
                .forEach(facility ->
                        view.withArray("fulfillmentOrders").addObject().put("facility", facility));
        return view;
    }

    /** This list, those of the transactions and the moves may be changed: then the orders have not ended well. */
    @Override
    public List<JsonNode> journals(OrderId id) {
        return journals.get(id);
    }

    @Override
    public List<JsonNode> transactions(Placed order) {
        return transactions.get(order.id());
    }

    @Override
    public List<JsonNode> moves() {
        return moves;
    }
}
