package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Four orders of a marketplace: one on time, one that its buyer does not want any more, one that is taken on too late, and one that its buyer gives back;
 * and what the marketplace charges.
 */
final class MarketplaceChapter {
    private static final String CLIENT = "bazaar";
    private static final String STORE = "ST-HARBOR";

    private final Stage stage;
    private final PrintStream out;
    private final String name = "MP-" + Instant.now().getEpochSecond();

    MarketplaceChapter(Stage stage, PrintStream out) {
        this.stage = stage;
        this.out = out;
    }

    /** False if something was not as it should be. */
    boolean play() throws InterruptedException {
        out.println("Four orders come from a marketplace (" + name + "):");
        try {
            connect();
            onTime();
            calledOff();
            late();
            givenBack();
            return true;
        } catch (RuntimeException wrong) {
            out.println("  NO  " + wrong.getMessage());
            return false;
        }
    }

    /** The key's owner is the client that the marketplace's account names. */
    private void connect() {
        ObjectNode wanted = Json.object().put("owner", CLIENT);
        wanted.putArray("roles").add("INTEGRATION");
        String key = stage.api().post("/v1/keys", wanted).path("key").asText();
        stage.sandbox()
                .put(
                        "/marketplace/connection",
                        Json.object()
                                .put("orders", stage.stack().api() + "/v1/orders")
                                .put("key", key)
                                .put("webhook", stage.stack().api() + "/webhooks/marketplace"));
    }

    private void onTime() throws InterruptedException {
        Ending ending = stage.end(place("-1", 1_800));
        Stage.check(ending.status().equals("COMPLETED"), "it was to be completed and is " + ending.status());
        Stage.check(isAtMarketplace("-1", "SHIPPED"), "the marketplace does not know that it has left");
        Stage.check(penalties("-1").isEmpty(), "it cost " + penalties("-1"));
        told("one is taken on, shipped and confirmed in time: no penalty");
    }

    private void calledOff() throws InterruptedException {
        stage.tillsLeaveToUs(name + "-2");
        OrderId id = place("-2", 1_800);
        stage.awaitWork(id, "RELEASED");
        stage.sandbox().post("/marketplace/orders/" + name + "-2/cancellation-request", Json.object());
        Ending ending = stage.end(id);
        Stage.check(ending.status().equals("CANCELLED"), "it was to be cancelled and is " + ending.status());
        Stage.check(ending.payment().equals("REFUNDED"), "its money is " + ending.payment());
        Stage.check(isAtMarketplace("-2", "CANCELLED"), "the marketplace does not know that it is cancelled");
        Stage.check(penalties("-2").isEmpty(), "it cost " + penalties("-2"));
        told("one is called off by its buyer: work recalled, told back, money given back by the marketplace");
    }

    /** Its time is over before it begins. */
    private void late() throws InterruptedException {
        Ending ending = stage.end(place("-3", -1));
        Stage.check(ending.status().equals("COMPLETED"), "it was to be completed and is " + ending.status());
        Stage.check(penalties("-3").equals(List.of("LATE_ACKNOWLEDGEMENT")), "it cost " + penalties("-3"));
        told("one is taken on too late, and shipped all the same: the marketplace charges for it");
    }

    /** It is broken, so nothing is kept. */
    private void givenBack() throws InterruptedException {
        OrderId order = place("-4", 1_800);
        stage.end(order);
        ObjectNode wish = Json.object();
        wish.putArray("lines").addObject().put("line", "1").put("quantity", 1).put("reason", "DEFECTIVE");
        stage.sandbox().post("/marketplace/orders/" + name + "-4/return-request", wish);
        JsonNode asked = stage.await(
                "the return of " + name + "-4",
                () -> Optional.of(stage.api().get("/v1/returns?id=" + order)),
                found -> !found.path("returns").isEmpty());
        GoodsReturn mug =
                GoodsReturn.known(stage, asked.at("/returns/0/returnId").asText());
        mug.comesTo(STORE, "1");
        mug.isFound(STORE, "1", "UNSALEABLE", "SCRAP");
        JsonNode ended = mug.end();
        Stage.check(
                GoodsReturn.confirmed(ended).size() == 2, "the ERP has not both documents: " + ended.path("journals"));
        List<JsonNode> refunds = Json.list(
                stage.sandbox().get("/marketplace/orders/" + name + "-4").path("refunds"));
        Stage.check(
                refunds.size() == 1
                        && refunds.getFirst().path("reference").asText().equals(mug.id())
                        && refunds.getFirst().at("/refund/amount").asText().equals("18.00"),
                "the marketplace was to give 18.00 back once, and gave " + refunds);
        told("one is given back by its buyer, who asks there: return " + mug.id()
                + ", the marketplace gave 18.00 back, " + "and owes that much less in the books");
    }

    private OrderId place(String which, int acknowledgeSeconds) {
        ObjectNode order = Json.object().put("id", name + which).put("acknowledgeSeconds", acknowledgeSeconds);
        order.putArray("lines")
                .addObject()
                .put("sku", "NW-MUG-RED")
                .put("quantity", 1)
                .put("price", "18.00");
        stage.sandbox().post("/marketplace/orders", order);
        return stage.orderId(CLIENT, name + which);
    }

    private boolean isAtMarketplace(String which, String status) throws InterruptedException {
        return stage.await(
                        "the marketplace to show " + name + which + " as " + status,
                        () -> Optional.of(stage.sandbox().get("/marketplace/orders/" + name + which)),
                        order -> order.path("status").asText().equals(status))
                .has("status");
    }

    private List<String> penalties(String which) {
        return Json.list(stage.sandbox().get("/marketplace/penalties")).stream()
                .filter(one -> one.path("orderId").asText().equals(name + which))
                .map((JsonNode one) -> one.path("cause").asText())
                .toList();
    }

    private void told(String what) {
        out.println("  ok  " + what);
    }
}
