package io.throughline.local.demo;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintStream;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What a till of one store has sold comes back over the counter of another: a jacket by card, whose money Square gives back, and one for coins, which
 * the store pays out. The stock has them at once, and the ERP hears of them with the day of the store that took them.
 */
final class CounterChapter {
    private static final String SOLD_BY = "LDOWNTOWN";
    private static final String STORE = "ST-HARBOR";
    private static final String SKU = "NW-JKT-GRN-L";

    private final Stage stage;
    private final PrintStream out;

    CounterChapter(Stage stage, PrintStream out) {
        this.stage = stage;
        this.out = out;
    }

    /** False if something was not as it should be. */
    boolean play() throws InterruptedException {
        out.println("Two jackets that the tills of " + SOLD_BY + " sold come back over the counter of " + STORE + ":");
        try {
            byCard();
            inCoins();
            return true;
        } catch (RuntimeException wrong) {
            out.println("  NO  " + wrong.getMessage());
            return false;
        }
    }

    private void byCard() throws InterruptedException {
        OverTheCounter jacket = takenBack("CARD");
        told("return " + jacket.id() + " is found by the receipt, and in the stock at once");
        JsonNode part = jacket.end().at("/parts/0");
        String refund = part.path("reference").asText();
        Stage.check(
                part.path("way").asText().equals("SYSTEM") && jacket.refundsAtSquare(refund) == 1,
                "Square was to give it back once: " + part);
        told("Square gave " + part.path("amount").asText() + " back to the card, refund " + refund);
        told("the ERP has it with the day of " + STORE + ", documents " + documents(jacket));
    }

    private void inCoins() throws InterruptedException {
        OverTheCounter jacket = takenBack("CASH");
        jacket.isPaidOut();
        JsonNode part = jacket.end().at("/parts/0");
        Stage.check(part.path("way").asText().equals("COUNTER"), "coins were to be paid out at the counter: " + part);
        told("another was paid in coins: the store has paid "
                + part.path("amount").asText() + " out and reported it");
    }

    private OverTheCounter takenBack(String tender) throws InterruptedException {
        String receipt = OverTheCounter.sold(stage, SOLD_BY, tender, SKU);
        int before = stage.onHand(SKU, STORE);
        OverTheCounter jacket = OverTheCounter.takenBack(stage, receipt, STORE);
        Stage.check(stage.onHand(SKU, STORE) == before + 1, "the jacket is not in the stock of " + STORE);
        return jacket;
    }

    /** Those of the summary of the day that it is in, which has other sales in it. */
    private String documents(OverTheCounter jacket) throws InterruptedException {
        JsonNode booked = stage.await(
                "return " + jacket.id() + " to be in the books",
                () -> Optional.of(stage.api().get("/v1/stores/" + STORE + "/sales/" + jacket.id())),
                found -> areConfirmed(found.at("/entries/0/journals")));
        return Json.list(booked.at("/entries/0/journals")).stream()
                .map(journal -> journal.path("documentNumber").asText())
                .collect(Collectors.joining(", "));
    }

    private static boolean areConfirmed(JsonNode journals) {
        return !journals.isEmpty()
                && Json.list(journals).stream()
                        .allMatch(journal -> journal.path("status").asText().equals("CONFIRMED"));
    }

    private void told(String what) {
        out.println("  ok  " + what);
    }
}
