package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.order.OrderId;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Ways of goods from end to end, step by step as people take them: a parcel whose label is bought and whose carrier delivers it, a pickup by the
 * curb, what a store can't hand over and its customer collects at another, what one store sells and another ships, what is sold before it has been
 * delivered.
 */
final class JourneyChapter {
    /** A carrier sells the labels of its parcels. */
    private static final String LABELLED_AT = "ST-DUBLIN";

    private static final String SERVED = "02110";
    private static final String COLLECTED_AT = "ST-DOWNTOWN";
    private static final String SOLD_AT = "ST-HARBOR";

    private final Stage stage;
    private final StoreHands hands;
    private final PrintStream out;

    /** Order numbers differ from run to run, and from those of the other chapters. */
    private final long base = 7_280_000_000_000L + Instant.now().getEpochSecond() % 100_000_000 * 100;

    JourneyChapter(Stage stage, PrintStream out) {
        this.stage = stage;
        this.hands = new StoreHands(stage);
        this.out = out;
    }

    /** False if something was not as it should be. */
    boolean play() throws InterruptedException {
        out.println("Ways of goods, step by step:");
        try {
            // Goods come in while the others are played.
            Optional<BoughtToOrder> bought =
                    stage.erpIsSandbox() ? Optional.of(new BoughtToOrder(stage, base + 90)) : Optional.empty();
            delivered();
            if (bought.isPresent()) {
                bought.get().sold();
            }
            collected();
            bought.ifPresent(BoughtToOrder::comesInPart);
            collectedElsewhere();
            if (bought.isPresent()) {
                bought.get().restComes();
            }
            soldByAnother();
            if (bought.isPresent()) {
                told(bought.get().told());
            } else {
                out.println("  left out: goods that are bought need " + Scenario.Need.ERP_STAND_IN.words());
            }
            return true;
        } catch (RuntimeException wrong) {
            out.println("  NO  " + wrong.getMessage());
            return false;
        }
    }

    private void delivered() throws InterruptedException {
        String number = number(1);
        OrderId id = hands.submit(number, OrderRequest.mugSentBy(number, LABELLED_AT, SERVED));
        JsonNode given = hands.work(id, 1);
        hands.reports(given, "acknowledgement");
        hands.reports(given, "pick");
        hands.packs(given);
        JsonNode labelled = stage.await(
                "the label of " + id,
                () -> Optional.of(hands.parcels(given)),
                found -> found.at("/parcels/0/status").asText().equals("LABELLED"));
        hands.reports(given, "handover");
        hands.completed(id);
        String tracking = labelled.at("/parcels/0/trackingNumber").asText();
        stage.sandbox().put("/carrier/tracks/" + tracking, Json.object().put("status", "DELIVERED"));
        stage.awaitWork(id, "DELIVERED");
        told("a store picks and packs, its label is bought (" + tracking + "), and its carrier tells when it is"
                + " delivered");
    }

    private void collected() throws InterruptedException {
        String number = number(2);
        OrderId id = hands.submit(number, OrderRequest.scarfFrom(number, COLLECTED_AT));
        JsonNode given = hands.work(id, 1);
        hands.reports(given, "acknowledgement");
        hands.reports(given, "pick");
        hands.reports(given, "ready");
        hands.reports(given, "arrival", Json.object().put("spot", "curb 2"));
        hands.reports(given, "handover", Json.object().put("document", "PASSPORT"));
        hands.completed(id);
        told("what is collected lies ready, its customer waits at the curb, and shows a document");
    }

    /** The customer is asked, and answers in time. */
    private void collectedElsewhere() throws InterruptedException {
        String number = number(4);
        OrderId id = hands.submit(number, OrderRequest.scarfFrom(number, SOLD_AT));
        hands.rejects(hands.work(id, 1), "OTHER");
        String offers = "/v1/orders/" + id + "/offers";
        JsonNode offer = stage.await(
                        "an offer to the customer of " + id,
                        () -> Optional.of(stage.api().get(offers)),
                        found -> found.at("/offers/0/status").asText().equals("OPEN"))
                .at("/offers/0");
        String store = offer.at("/choices/0/stores/0/facility").asText();
        stage.api()
                .post(
                        offers + "/" + offer.path("id").asText() + "/answers",
                        Json.object().put("choice", "OTHER_STORE").put("store", store),
                        Map.of("Idempotency-Key", number));
        JsonNode given = hands.work(id, 2);
        Stage.check(given.path("facility").asText().equals(store), id + " was to be collected at " + store);
        hands.reports(given, "ready");
        hands.reports(given, "handover", Json.object().put("document", "PASSPORT"));
        hands.completed(id);
        told("what " + SOLD_AT + " can't hand over its customer is offered elsewhere: " + store
                + " is chosen, and hands it over");
    }

    private void soldByAnother() throws InterruptedException {
        String number = number(3);
        OrderId id = hands.submit(number, OrderRequest.twoMugs(number).put("soldAt", SOLD_AT));
        String shipper = hands.shipped(id, 1);
        Stage.check(!shipper.equals(SOLD_AT), SOLD_AT + " has sold " + id + " for others to ship");
        hands.completed(id);
        told("what " + SOLD_AT + " sells and has not to give, " + shipper + " ships");
    }

    private String number(int offset) {
        return "demo-" + (base + offset);
    }

    private void told(String what) {
        out.println("  ok  " + what);
    }
}
