package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.order.OrderId;
import java.util.List;
import java.util.Optional;

/**
 * Who does not say a word, and who does the work then: a store that is passed over by itself, another about which somebody is asked, and a
 * carrier. Their times pass while other lines are played.
 */
final class Silences {
    private static final String PASSED_OVER = "ST-HARBOR";

    /** The policy of the demonstration excepts it. */
    private static final String ASKED_ABOUT = "ST-DOWNTOWN";

    /** A carrier sells the labels of its parcels. */
    private static final String LABELLED_AT = "ST-DUBLIN";

    private static final String SERVED = "02110";
    private static final String SKU = "NW-MUG-RED";
    private static final int SPARE = 3;

    private final Stage stage;
    private final StoreHands hands;
    private final OrderId passedOver;
    private final OrderId askedAbout;
    private final OrderId withoutLabel;

    private Silences(Stage stage, long number) throws InterruptedException {
        this.stage = stage;
        this.hands = new StoreHands(stage);
        stock(stage);
        this.passedOver = given(number, PASSED_OVER);
        this.askedAbout = given(number + 1, ASKED_ABOUT);
        this.withoutLabel = packed(number + 2);
    }

    /** Three orders, whose numbers begin with this one. */
    static Silences begin(Stage stage, long number) throws InterruptedException {
        return new Silences(stage, number);
    }

    /** Others have sold from the same shelves. */
    static void stock(Stage stage) throws InterruptedException {
        stage.adjust("LDOWNTOWN", SKU, SPARE);
        stage.adjust("LHARBOR", SKU, SPARE);
        for (String store : List.of(ASKED_ABOUT, PASSED_OVER)) {
            stage.await(
                    "mugs at " + store,
                    () -> Optional.of(stage.api().get("/v1/availability?sku=" + SKU + "&facility=" + store)),
                    found -> found.at("/facilities/0/availableToPromise").asInt() >= SPARE);
        }
    }

    private OrderId given(long number, String store) throws InterruptedException {
        String name = "demo-" + number;
        OrderId id = hands.submit(name, OrderRequest.mugSentBy(name, store, SERVED));
        check(hands.work(id, 1), store);
        return id;
    }

    /** Whenever its carrier is asked for the label of this one, that does not know what it does. */
    private OrderId packed(long number) throws InterruptedException {
        String name = "demo-" + number;
        OrderId id = stage.orderId("rest", name);
        stage.failing(id, "carrier", "POST /labels", 503);
        hands.submit(name, OrderRequest.mugSentBy(name, LABELLED_AT, SERVED));
        JsonNode given = hands.work(id, 1);
        check(given, LABELLED_AT);
        hands.packs(given);
        return id;
    }

    private static void check(JsonNode given, String store) {
        Stage.check(
                given.path("facility").asText().equals(store),
                given.path("id").asText() + " was " + store + "'s, and not "
                        + given.path("facility").asText() + "'s");
    }

    /** Nobody is asked what becomes of it as soon as its time is over. */
    String storePassedOver() throws InterruptedException {
        String next = hands.shipped(passedOver, 2);
        hands.completed(passedOver);
        hands.checkCause(passedOver, "SILENT");
        hands.checkNobodyAsked(passedOver);
        return PASSED_OVER + " lets its time pass without a word: " + next + " ships it, and nobody is asked";
    }

    /** Somebody is. */
    String storeAskedAbout() throws InterruptedException {
        stage.decide(
                stage.openCase(askedAbout, Trouble.SILENT_STORE.code()),
                Trouble.SILENT_STORE.action(),
                Trouble.SILENT_STORE.note());
        String next = hands.shipped(askedAbout, 2);
        hands.completed(askedAbout);
        return "so does " + ASKED_ABOUT + ", about which somebody is asked: " + next + " ships it then";
    }

    /** What it may have sold unheard is looked for, and nothing waits for that. */
    String carrier() throws InterruptedException {
        String next = hands.shipped(withoutLabel, 2);
        hands.completed(withoutLabel);
        hands.checkCause(withoutLabel, "CARRIER");
        stage.working(withoutLabel);
        stage.decide(stage.openCase(withoutLabel, "LABEL_NOT_VOIDED"), "ACCEPT_DIFFERENCE", "it has sold no label");
        return "the carrier of " + LABELLED_AT + " does not answer for a label: " + next
                + " ships it, and somebody looks whether one was sold";
    }
}
