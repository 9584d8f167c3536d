package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.e2e.Ways.Step;
import io.throughline.local.demo.BlindReturn;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.util.List;
import java.util.UUID;

/**
 * A mug that somebody brings to a store without a receipt, whatever dies meanwhile. One comes after the other is booked: whether the
 * store's day books two of them together is chance.
 */
final class MugWithoutReceipt {
    /** The credit note of what no order sold, with its payment. */
    static final int BOOKED_BESIDE_ORDERS = 1;

    private static final String STORE = "ST-HARBOR";
    private static final String MUG = "NW-MUG-RED";

    private final Stage stage;
    private final int number;
    private final String key = UUID.randomUUID().toString();
    private final Ways ways;

    /** {@code number} counts those of a test from 1. */
    MugWithoutReceipt(Stage stage, int number) {
        this.stage = stage;
        this.number = number;
        this.ways = new Ways(List.of(List.of(
                new Step("bring a mug", () -> BlindReturn.isPriced(stage, MUG), this::mug),
                new Step(
                        "get one card",
                        () -> mug().hasEnded(),
                        () -> assertThat(mug().cardsMade()).isEqualTo(1)),
                new Step("be in the books", this::isBooked, () -> {}))));
    }

    /** The same key is the same return. */
    private BlindReturn mug() {
        return BlindReturn.of(stage, STORE, MUG, key);
    }

    private boolean isBooked() {
        return Json.list(stage.sandbox().get("/ledger?system=tryton")).stream()
                        .filter(row -> row.path("operation").asText().equals("account.payment.succeed"))
                        .filter(row -> row.path("key").asText().startsWith("store-day/" + STORE + "/"))
                        .count()
                == number;
    }

    void goOn() {
        ways.goOn();
    }

    /** What it still waits for. */
    List<String> open() {
        return ways.open();
    }
}
