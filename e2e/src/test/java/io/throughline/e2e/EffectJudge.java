package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.e2e.ShopOrders.Kind;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Judges by what the outside systems say was done to them, not by what we believe: for each order exactly one of each effect, and
 * none that nobody asked for.
 */
final class EffectJudge {
    private static final Set<String> UNDOING = Set.of(
            "orderCancel",
            "refundCreate",
            "transactionVoid",
            "fulfillmentCancel",
            "fulfillmentOrderCancel",
            "fulfillmentOrderSubmitCancellationRequest",
            "sale.sale.cancel",
            "account.invoice.credit");

    private final Stage stage;
    private final List<JsonNode> ledger;
    private final List<String> wrong = new ArrayList<>();

    EffectJudge(Stage stage) {
        this.stage = stage;
        this.ledger = Json.list(stage.sandbox().get("/ledger"));
    }

    /** One line per thing that is not as it should be. */
    List<String> judge(List<Placed> orders) {
        Map<String, Integer> times = new HashMap<>();
        ledger.forEach(
                row -> times.merge(name(row) + " " + text(row, "subject") + " " + text(row, "key"), 1, Integer::sum));
        times.forEach((effect, count) -> expect("all", effect, 1, count));
        orders.forEach(this::judge);
        return List.copyOf(wrong);
    }

    private void judge(Placed order) {
        JsonNode view = stage.order(order.id()).orElseThrow();
        List<String> works = Json.list(view.path("fulfillmentOrders")).stream()
                .map(work -> text(work, "facility"))
                .toList();
        int stores = (int)
                works.stream().filter(facility -> facility.startsWith("ST-")).count();
        int pickups = order.kind() == Kind.PICKUP ? 1 : 0;
        erp(order, works.size());
        shopify(order, "fulfillmentCreate", works.size());
        shopify(order, "fulfillmentOrderSubmitFulfillmentRequest", works.size() - stores);
        shopify(order, "fulfillmentOrderLineItemsPreparedForPickup", pickups);
        shopify(order, "orderCapture", order.kind() == Kind.AUTHORISED ? 1 : 0);
        for (String operation : List.of("POST /v2/orders", "POST /v2/orders/{id}/pay")) {
            expect(
                    order,
                    operation,
                    stores,
                    ledger.stream()
                            .filter(row -> text(row, "operation").equals(operation))
                            .filter(row -> row.at("/detail/reference").asText().startsWith(order.id() + "-"))
                            .count());
        }
        expect(
                order,
                "messages",
                works.size() + pickups,
                ledger.stream()
                        .filter(row -> text(row, "system").equals("messaging"))
                        .filter(row -> text(row, "key").startsWith(order.id().value()))
                        .count());
        expect(
                order,
                "undoings",
                0,
                ledger.stream()
                        .filter(row -> UNDOING.contains(text(row, "operation")))
                        .filter(row -> text(row, "subject").equals(order.channelId())
                                || text(row, "key").startsWith(order.id().value()))
                        .count());
        journals(order, works.size() + 1);
    }

    private void erp(Placed order, int works) {
        String id = order.id().value();
        expect(order, "sale.sale.quote", 1, tryton("sale.sale.quote", id));
        expect(order, "sale.sale.confirm", 1, tryton("sale.sale.confirm", id));
        expect(order, "account.invoice.post", works, tryton("account.invoice.post", id));
        expect(order, "account.payment.succeed", 1, tryton("account.payment.succeed", id));
    }

    private long tryton(String operation, String id) {
        return ledger.stream()
                .filter(row -> text(row, "operation").equals(operation))
                .filter(row -> text(row, "key").startsWith(id))
                .count();
    }

    private void shopify(Placed order, String operation, int wanted) {
        expect(
                order,
                operation,
                wanted,
                ledger.stream()
                        .filter(row -> text(row, "operation").equals(operation))
                        .filter(row -> text(row, "subject").equals(order.channelId()))
                        .count());
    }

    /** An invoice for each work and one payment, all of which the ERP has given a number. */
    private void journals(Placed order, int wanted) {
        List<JsonNode> journals = Json.list(
                stage.api().get("/v1/orders/" + order.id() + "/journals").path("journals"));
        expect(order, "journals", wanted, journals.size());
        expect(
                order,
                "booked journals",
                wanted,
                journals.stream()
                        .filter(journal -> !text(journal, "documentNumber").isEmpty())
                        .count());
    }

    private void expect(Object order, String what, long wanted, long found) {
        if (wanted != found) {
            wrong.add(order + ": " + what + " " + found + " times instead of " + wanted);
        }
    }

    private static String name(JsonNode row) {
        return text(row, "system") + " " + text(row, "operation");
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).asText("");
    }
}
