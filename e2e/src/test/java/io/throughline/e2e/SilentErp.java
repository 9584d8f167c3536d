package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.order.OrderId;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.Stage;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;

/** An ERP that answers nothing about one order, until that is a case; then it does, and the order goes on without anybody's doing. */
final class SilentErp {
    /** The quick phase of its steps, and what others are away meanwhile. */
    private static final Duration PATIENCE = Duration.ofMinutes(6);

    private final Stage stage;
    private final Placed about;

    /** Silent before anybody has heard of the order. */
    SilentErp(Stage stage, ShopOrders shop) {
        this.stage = stage;
        this.about = shop.placeInWarehouse(order -> saysNothingAbout(stage, order));
    }

    private static void saysNothingAbout(Stage stage, OrderId order) {
        stage.sandbox()
                .post(
                        "/faults",
                        Json.object()
                                .put("id", order.value())
                                .put("system", "tryton")
                                .put("operation", "*")
                                .put("bodyContains", order.value())
                                .put("kind", "status")
                                .put("status", 503)
                                .put("times", 1_000_000));
    }

    Placed about() {
        return about;
    }

    void awaitCase(Runnable meanwhile) {
        Awaitility.await("a case of " + about.id())
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofSeconds(1))
                .until(() -> {
                    meanwhile.run();
                    return isInQueue();
                });
    }

    /** False also when nobody is there to be asked. */
    private boolean isInQueue() {
        try {
            return !cases("OPEN").isEmpty();
        } catch (UncheckedIOException | Json.UnexpectedAnswer away) {
            return false;
        }
    }

    void answersAgain() {
        stage.sandbox().delete("/faults/" + about.id());
    }

    /** That it was a case, which is closed and which no person has decided. */
    void assertOverByItself() {
        assertThat(cases("OPEN")).isEmpty();
        assertThat(cases("CLOSED"))
                .isNotEmpty()
                .allSatisfy(one -> assertThat(one.at("/decision/actor").asText("throughline"))
                        .as(one.toString())
                        .isEqualTo("throughline"));
    }

    private List<JsonNode> cases(String status) {
        return Json.list(stage.api()
                        .get("/v1/cases?status=" + status + "&limit=200&text=" + about.id())
                        .path("cases"))
                .stream()
                .filter(one -> one.path("subject").asText().equals(about.id().value()))
                .toList();
    }
}
