package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole system on one machine: cases whose cause goes, and nobody decides anything. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(300)
@ExtendWith(SharedHouse.class)
final class PlainAnsweredByItselfTest {
    private static final String SHOP = "northwind-demo.myshopify.com";
    private static final String CONTROL = "/shopify/" + SHOP;
    private static final String SYNC = "/v1/catalog/syncs/northwind";
    private static final long FIRST = 7_470_000_010_001L;
    private static final int MADE_UP = 10_001;
    private static final String NEW = "MADE-UP-000001";

    private House house;

    @BeforeAll
    void open(House shared) throws InterruptedException {
        house = shared;
        house.stage().awaitSubscribed(SHOP);
        FirstSync.await(house.stage(), "northwind");
    }

    @Test
    void aProductThatIsSoldAsSoonAsItIsMadeNeedsNobody() throws InterruptedException {
        JsonNode synced = house.stage().api().get(SYNC);
        OrderId early = place(OrderBody.usd(FIRST).line(MADE_UP, NEW, 1, "21.00"));
        house.stage().openCase(early, "UNKNOWN_SKU");

        house.stage()
                .sandbox()
                .post(CONTROL + "/variants?webhooks=auto", Json.object().put("count", 1));
        awaitLetThrough(early);
        OrderId late = place(OrderBody.usd(FIRST + 1).line(MADE_UP, NEW, 1, "21.00"));
        awaitLetThrough(late);

        assertThat(closedWith(early)).contains("its cause has gone: the catalogue knows all of its products");
        assertThat(codes(late)).doesNotContain("UNKNOWN_SKU");
        assertThat(house.stage().api().get(SYNC).path("startedAt"))
                .as("no sync was needed for it")
                .isEqualTo(synced.path("startedAt"));
    }

    @Test
    void anOrderWhoseTagIsTakenOffInTheShopNeedsNobody() throws InterruptedException {
        OrderId id = place(OrderBody.usd(FIRST + 2)
                .line(2, "NW-CAP-NVY", 1, "40.00")
                .shipping("4.90")
                .tags("fraud-review"));
        house.stage().openCase(id, "ORDER_ON_HOLD");

        house.stage()
                .sandbox()
                .post(
                        CONTROL + "/orders/" + (FIRST + 2) + "/edit",
                        Json.object().put("tags", ""));

        assertThat(house.stage().end(id).status()).isEqualTo("COMPLETED");
        assertThat(closedWith(id)).contains("its cause has gone: its channel has taken off what held it");
    }

    private OrderId place(OrderBody body) {
        return house.stage().place(SHOP, body.toJson());
    }

    private void awaitLetThrough(OrderId id) throws InterruptedException {
        house.stage()
                .await(
                        id + " to be let through",
                        () -> house.stage().order(id),
                        order -> !List.of("RECEIVED", "VALIDATED")
                                .contains(order.at("/order/status/lifecycle").asText()));
    }

    private List<String> codes(OrderId id) {
        return house.stage().cases(id.value()).stream()
                .map(one -> one.path("code").asText())
                .toList();
    }

    /** With what each of its cases that are closed was closed. */
    private List<String> closedWith(OrderId id) {
        return Facts.texts(
                house.stack(), "select outcome from support_case where subject = ? and status = 'CLOSED'", id.value());
    }
}
