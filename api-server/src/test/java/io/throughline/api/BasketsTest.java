package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stock that is kept for carts, until an order takes it over. */
class BasketsTest {
    private static final String BASKETS = "/v1/baskets";

    private final TestingApi api = TestingApi.get();
    private final String id = "CART-" + UUID.randomUUID();

    @BeforeEach
    void sixMugsLieInDublin() {
        count("NW-MUG-RED");
    }

    private void count(String sku) {
        Answer counted = api.post(
                "/v1/facilities/ST-DUBLIN/counts",
                Role.SUPPORT,
                "{\"countId\":\"%s\",\"countedAt\":\"%s\",\"lines\":[{\"sku\":\"%s\",\"counted\":6}]}"
                        .formatted(UUID.randomUUID(), Instant.now(), sku));
        assertThat(counted.status()).as(counted.body()).isEqualTo(200);
    }

    @AfterEach
    void giveUp() {
        delete();
    }

    @Test
    void keepsWhatItSays() {
        Answer kept = keep(4);

        assertThat(kept.status()).as(kept.body()).isEqualTo(200);
        assertThat(kept.text("/state")).isEqualTo("HELD");
        assertThat(kept.text("/reserved/0/sku")).isEqualTo("NW-MUG-RED");
        assertThat(Instant.parse(kept.text("/expiresAt"))).isAfter(Instant.now().plusSeconds(500));
        assertThat(read().json().at("/reserved/0/quantity").asInt()).isEqualTo(4);
        assertThat(keep(2).text("/expiresAt")).isEqualTo(kept.text("/expiresAt"));
        assertThat(read().json().at("/reserved/0/quantity").asInt()).isEqualTo(2);
    }

    @Test
    void byPolicyWhatIsNotThereAndNotExpectedIsRefused() {
        try (TestingApi.Another wholly = api.with(Map.of("THROUGHLINE_POLICY", "standard-2"))) {
            Answer refused = api.send(api.to(BASKETS, Role.INTEGRATION)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body(id, 7, 10)))
                    .uri(wholly.at(BASKETS)));

            assertThat(refused.status()).as(refused.body()).isEqualTo(409);
            assertThat(refused.body()).contains("NW-MUG-RED (7 wanted, 6 there)");
            assertThat(read().status()).isEqualTo(404);
        }
    }

    @Test
    void whatIsThereIsKeptAndTheRestIsTold() {
        for (String time : List.of("at first", "again")) {
            Answer kept = keep(7);

            assertThat(kept.status()).as(kept.body()).isEqualTo(200);
            assertThat(kept.json().at("/reserved/0/quantity").asInt()).isEqualTo(6);
            assertThat(kept.json().at("/missing/0/wanted").asInt()).as(time).isEqualTo(7);
            assertThat(kept.json().at("/missing/0/available").asInt()).as(time).isEqualTo(6);
        }
        assertThat(read().json().at("/reserved/0/quantity").asInt()).isEqualTo(6);
    }

    @Test
    void whatWasGivenUpIsFreeAgain() {
        keep(6);

        assertThat(delete().status()).isEqualTo(204);
        assertThat(delete().status()).isEqualTo(204);

        assertThat(read().text("/state")).isEqualTo("RELEASED");
        assertThat(keep(1).status()).as("it has ended").isEqualTo(409);
        String another = "CART-" + UUID.randomUUID();
        assertThat(api.post(BASKETS, Role.INTEGRATION, body(another, 6, 1)).status())
                .isEqualTo(200);
        delete(another);
    }

    @Test
    void anOrderIsHandedOverForIt() {
        count("NW-CAP-NVY");
        Answer kept = api.post(BASKETS, Role.INTEGRATION, body(id, 1, 10).replace("NW-MUG-RED", "NW-CAP-NVY"));
        assertThat(kept.status()).as(kept.body()).isEqualTo(200);
        String order = SampleSubmissions.pickedUp("WEB-" + UUID.randomUUID())
                .replace("ST-HARBOR", "ST-DUBLIN")
                .replace("NW-SOCK-2PK", "NW-CAP-NVY")
                .replaceFirst("\\{", "{\"basketId\":\"" + id + "\",");

        Answer accepted = submit(order);

        assertThat(accepted.status()).as(accepted.body()).isEqualTo(202);
        assertThat(read().text("/order")).isEqualTo(accepted.text("/orderId"));
        assertThat(delete().status()).isEqualTo(409);
        Answer changed = api.post(BASKETS, Role.INTEGRATION, body(id, 2, 10).replace("NW-MUG-RED", "NW-CAP-NVY"));
        assertThat(changed.status()).as("it is the order's").isEqualTo(409);
        assertThat(submit(order.replace(id, "CART-NONE").replace("WEB-", "WEC-"))
                        .status())
                .isEqualTo(422);
    }

    @Test
    void whereTheAccountIsOffNoneIsKept() {
        try (TestingApi.Another off = api.with(Map.of("REST_MODE", "OFF"))) {
            Answer answer = api.send(api.to(BASKETS, Role.INTEGRATION)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body(id, 1, 10)))
                    .uri(off.at(BASKETS)));

            assertThat(answer.status()).as(answer.body()).isEqualTo(409);
            assertThat(answer.text("/detail")).contains("'rest'", "OFF");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"quantity\":1 | \"quantity\":0 | /lines/0/quantity",
                "NW-MUG-RED | NOTHING | /lines/0/sku",
                "ST-DUBLIN | ST-PARIS | /facility",
                "ST-DUBLIN | WH-EAST | /facility",
                "\"minutes\":10 | \"minutes\":0 | /minutes",
                "\"minutes\":10 | \"minutes\":61 | /minutes",
                "\"id\":\"1\" | \"id\":\"\" | /lines/0/id"
            })
    void refusesWhatBreaksARule(String good, String bad, String pointer) {
        Answer answer = api.post(BASKETS, Role.INTEGRATION, body(id, 1, 10).replace(good, bad));

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
    }

    @Test
    void onlyClientsKeepBaskets() {
        assertThat(api.post(BASKETS, Role.VIEWER, body(id, 1, 10)).status()).isEqualTo(403);
        assertThat(api.get(BASKETS + "/nobodys", Role.VIEWER).status()).isEqualTo(404);
        assertThat(api.get(BASKETS + "/not%20a%20name", Role.VIEWER).status()).isEqualTo(404);
    }

    private Answer keep(int mugs) {
        return api.post(BASKETS, Role.INTEGRATION, body(id, mugs, 10));
    }

    private Answer read() {
        return api.get(BASKETS + "/" + id, Role.VIEWER);
    }

    private Answer delete() {
        return delete(id);
    }

    private Answer delete(String basket) {
        return api.send(api.to(BASKETS + "/" + basket, Role.INTEGRATION).DELETE());
    }

    private Answer submit(String order) {
        return api.postOnce("/v1/orders", Role.INTEGRATION, UUID.randomUUID().toString(), order);
    }

    private static String body(String id, int mugs, int minutes) {
        return ("{\"basketId\":\"%s\",\"facility\":\"ST-DUBLIN\",\"minutes\":%d,"
                        + "\"lines\":[{\"id\":\"1\",\"sku\":\"NW-MUG-RED\",\"quantity\":%d}]}")
                .formatted(id, minutes, mugs);
    }
}
