package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What clients are promised is what is offered: nothing where it is switched off, and nothing at a store while it is paused. */
class OfferedToClientsTest {
    private static final String DUBLIN = "/v1/facilities/ST-DUBLIN";

    private final TestingApi api = TestingApi.get();
    private final String id = UUID.randomUUID().toString();

    @BeforeEach
    void capsLieInDublin() {
        Answer counted = api.post(
                DUBLIN + "/counts",
                Role.SUPPORT,
                "{\"countId\":\"%s\",\"countedAt\":\"%s\",\"lines\":[{\"sku\":\"NW-CAP-NVY\",\"counted\":6}]}"
                        .formatted(UUID.randomUUID(), Instant.now()));
        assertThat(counted.status()).as(counted.body()).isEqualTo(200);
    }

    @AfterEach
    void resume() {
        api.post(DUBLIN + "/resumption", Role.ADMIN, "");
    }

    @Test
    void aPausedStoreIsNotSoldFromUntilItIsResumed() {
        assertThat(dublin().path("offered").asInt()).isPositive();
        int before = online();

        pause();

        JsonNode paused = await(true);
        assertThat(paused.path("availableToPromise").asInt()).isPositive();
        assertThat(paused.path("offered").asInt()).isZero();
        assertThat(paused.has("pickup")).isFalse();
        assertThat(online()).isLessThan(before);

        api.post(DUBLIN + "/resumption", Role.ADMIN, "");

        JsonNode back = await(false);
        assertThat(back.path("offered").asInt()).isPositive();
        assertThat(back.has("pickup")).isTrue();
        assertThat(online()).isEqualTo(before);
    }

    @Test
    void whatABasketKeptAtAPausedStoreMayBeOrderedAndNothingElse() {
        assertThat(keep("KEPT-" + id, "ST-DUBLIN", "NW-CAP-NVY").status()).isEqualTo(200);
        pause();

        Answer refused = keep("LATE-" + id, "ST-DUBLIN", "NW-CAP-NVY");
        assertThat(refused.status()).as(refused.body()).isEqualTo(409);
        assertThat(refused.text("/detail")).contains("ST-DUBLIN", "paused");
        Answer late = submit(order("LATE-" + id, "ST-DUBLIN", "NW-CAP-NVY"));
        assertThat(late.status()).as(late.body()).isEqualTo(409);
        assertThat(late.text("/detail")).contains("ST-DUBLIN", "paused", "collected at another store");
        Answer more = submit(order("MORE-" + id, "ST-DUBLIN", "NW-CAP-NVY")
                .replace("\"quantity\":1", "\"quantity\":2")
                .replace("\"unitPrice\":\"33.00\"", "\"unitPrice\":\"16.50\"")
                .replaceFirst("\\{", "{\"basketId\":\"KEPT-" + id + "\","));
        assertThat(more.status()).as("the basket keeps one: %s", more.body()).isEqualTo(409);

        String kept = order("KEPT-" + id, "ST-DUBLIN", "NW-CAP-NVY")
                .replaceFirst("\\{", "{\"basketId\":\"KEPT-" + id + "\",");
        Answer taken = submit(kept);
        assertThat(taken.status()).as(taken.body()).isEqualTo(202);
        Answer again = submit(kept);
        assertThat(again.status())
                .as("it was taken in before: %s", again.body())
                .isEqualTo(202);
    }

    @Test
    void whatIsNotHandedOverAtAStoreIsNotPromisedThere() {
        Answer basket = keep("BAG-" + id, "ST-DOWNTOWN", "NW-BAG-TAN");
        assertThat(basket.status()).as(basket.body()).isEqualTo(422);
        assertThat(basket.text("/errors/0/pointer")).isEqualTo("/lines/0/sku");
        assertThat(basket.text("/errors/0/detail")).isEqualTo("a SKU that is handed over at ST-DOWNTOWN (stock-1)");

        Answer order = submit(order("BAG-" + id, "ST-DOWNTOWN", "NW-BAG-TAN"));
        assertThat(order.status()).as(order.body()).isEqualTo(422);
        assertThat(order.text("/errors/0/pointer")).isEqualTo("/lines/0/sku");
        assertThat(order.text("/errors/0/detail")).contains("ST-DOWNTOWN", "stock-1", "have it shipped");

        assertThat(submit(order("BAG-" + id, "ST-HARBOR", "NW-BAG-TAN")).status())
                .isEqualTo(202);
    }

    private void pause() {
        Answer paused = api.post(DUBLIN + "/pause", Role.ADMIN, """
                {"reason":"the cellar is flooded","openWork":"REROUTE"}
                """);
        assertThat(paused.status()).as(paused.body()).isEqualTo(200);
    }

    private JsonNode await(boolean paused) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .until(() -> dublin().at("/source/state").asText().equals("PAUSED") == paused);
        return dublin();
    }

    private JsonNode dublin() {
        return api.get("/v1/availability?sku=NW-CAP-NVY&facility=ST-DUBLIN", Role.VIEWER)
                .json()
                .at("/facilities/0");
    }

    private int online() {
        return api.get("/v1/availability?sku=NW-CAP-NVY&channel=rest", Role.VIEWER)
                .json()
                .at("/channels/0/availableToPromise")
                .asInt();
    }

    private Answer keep(String basket, String store, String sku) {
        return api.post(
                "/v1/baskets",
                Role.INTEGRATION,
                "{\"basketId\":\"%s\",\"facility\":\"%s\",\"lines\":[{\"id\":\"1\",\"sku\":\"%s\",\"quantity\":1}]}"
                        .formatted(basket, store, sku));
    }

    private static String order(String externalId, String store, String sku) {
        return SampleSubmissions.pickedUp(externalId)
                .replace("ST-HARBOR", store)
                .replace("NW-SOCK-2PK", sku);
    }

    private Answer submit(String order) {
        return api.postOnce("/v1/orders", Role.INTEGRATION, UUID.randomUUID().toString(), order);
    }
}
