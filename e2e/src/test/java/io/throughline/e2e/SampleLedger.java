package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
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

/** What the outside systems write down of orders that end well, made up as the sandbox writes it. */
final class SampleLedger implements EffectJudge.Orders {
    final List<Placed> placed = new ArrayList<>();
    final List<JsonNode> rows = new ArrayList<>();
    private final Map<OrderId, List<String>> works = new HashMap<>();
    private int documents;

    static SampleLedger ofEveryKind() {
        SampleLedger ledger = new SampleLedger();
        ledger.order(Kind.WAREHOUSE, "WH-EAST");
        ledger.order(Kind.STORE, "ST-HARBOR");
        ledger.order(Kind.PICKUP, "ST-DOWNTOWN");
        ledger.order(Kind.AUTHORISED, "WH-EAST");
        ledger.order(Kind.SPLIT, "WH-WEST", "ST-HARBOR");
        ledger.order(Kind.CALLED_OFF, "ST-HARBOR");
        return ledger;
    }

    private void order(Kind kind, String... facilities) {
        String number = Integer.toString(1001 + placed.size());
        OrderId id = OrderId.of(new OrderKey(AccountId.of("northwind"), number));
        Placed order = new Placed(kind, id, number, "order/northwind/" + number);
        placed.add(order);
        works.put(id, List.of(facilities));
        shopify(order, "control:order", "");
        if (kind == Kind.AUTHORISED) {
            shopify(order, "orderCapture", "");
        }
        row("tryton", "sale.sale.quote", id.value(), id.value());
        for (String facility : facilities) {
            given(order, id + "-F" + (works.get(id).indexOf(facility) + 1), facility);
        }
        if (kind == Kind.CALLED_OFF) {
            square("PUT /v2/orders/{id}", id + "-F1", "recall");
            row("tryton", "sale.sale.cancel", id.value(), id.value());
            shopify(order, "orderCancel", order.channelId());
            row("messaging", "mail", "kim@example.com", id + "/CANCELLED");
            return;
        }
        row("tryton", "sale.sale.confirm", id.value(), id.value());
        document("account.payment", id + "/payment/1", "succeed");
        for (String facility : facilities) {
            handedOver(order, id + "-F" + (works.get(id).indexOf(facility) + 1));
        }
        row("tryton", "account.move.reconcile", "documents of " + id, "lines of " + id);
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
        } else if (!facility.equals("WH-EAST")) {
            shopify(order, "fulfillmentOrderMove", work);
        }
    }

    private void handedOver(Placed order, String work) {
        shopify(order, "fulfillmentCreate", work);
        row("messaging", "mail", "kim@example.com", work + "/HANDED_OVER");
        document("account.invoice", work + "/invoice", "post");
    }

    private void document(String model, String reference, String how) {
        documents++;
        row("tryton", model + "." + how, reference, reference);
        row("tryton", "account.move.post", model + "," + documents, "M2026-" + documents);
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

    @Override
    public List<JsonNode> journals(OrderId id) {
        List<JsonNode> journals = new ArrayList<>();
        boolean calledOff = placed.stream().anyMatch(order -> order.id().equals(id) && order.kind() == Kind.CALLED_OFF);
        for (int i = 0; !calledOff && i <= works.get(id).size(); i++) {
            journals.add(Json.object().put("documentNumber", id + "-" + i));
        }
        return journals;
    }
}
