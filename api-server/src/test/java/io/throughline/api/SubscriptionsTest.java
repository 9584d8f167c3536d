package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.event.EventDeliveries;
import io.throughline.domain.event.EventDeliveries.Claim;
import io.throughline.domain.event.EventType;
import io.throughline.domain.event.SubscriptionId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SubscriptionsTest {
    private static final Duration LEASE = Duration.ofSeconds(30);

    /** An address without a name, so that nobody has to be asked for it. */
    private static final String URL = "https://93.184.215.14/hooks";

    private final TestingApi api = TestingApi.get();

    @AfterEach
    void end() {
        api.get("/v1/subscriptions", Role.ADMIN)
                .json()
                .path("subscriptions")
                .forEach(one ->
                        api.send(api.to("/v1/subscriptions/" + one.path("id").asText(), Role.ADMIN)
                                .DELETE()));
    }

    @Test
    void showsTheSecretOnce() {
        JsonNode made = subscribe("inventory.shortfall.v1");

        assertThat(made.path("secret").asText()).matches("whsec_[A-Za-z0-9+/]{43}=");
        JsonNode shown = api.get(path(made), Role.ADMIN).json();
        assertThat(shown).isEqualTo(made.path("subscription"));
        assertThat(shown.path("id").asText()).matches("SUB-[0-9A-Z]{10}");
        assertThat(shown.path("state").asText()).isEqualTo("ACTIVE");
        assertThat(shown.path("createdBy").asText()).startsWith("ADMIN (key ");
        assertThat(api.get("/v1/subscriptions", Role.ADMIN).body())
                .contains(shown.path("id").asText())
                .doesNotContain("whsec_");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"url": "https://10.0.0.1/", "types": ["order.paid.v1"]}                          | /url
            {"url": "http://93.184.215.14/", "types": ["order.paid.v1"]}                      | /url
            {"url": "https://93.184.215.14:22/", "types": ["order.paid.v1"]}                  | /url
            {"url": "https://me@93.184.215.14/", "types": ["order.paid.v1"]}                  | /url
            {"url": "https://127.0.0.1/", "types": ["order.paid.v1"]}                         | /url
            {"url": "no address", "types": ["order.paid.v1"]}                                 | /url
            {"url": "https://93.184.215.14/", "types": []}                                    | /types
            {"url": "https://93.184.215.14/", "types": ["order.paid.v1", "order.paid"]}       | /types/1
            {"url": "https://93.184.215.14/", "types": ["order.paid.v1"], "account": "nobody"} | /account
            """)
    void saysWhatCannotBeSubscribed(String body, String pointer) {
        Map<String, String> before = api.rows();

        Answer answer = api.post("/v1/subscriptions", Role.ADMIN, body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.text("/errors/0/pointer")).isEqualTo(pointer);
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void isPausedAndGoesOn() {
        JsonNode made = subscribe("inventory.shortfall.v1");

        assertThat(api.post(path(made) + "/pause", Role.ADMIN, "").status()).isEqualTo(204);
        assertThat(api.get(path(made), Role.ADMIN).text("/state")).isEqualTo("PAUSED");
        assertThat(api.get(path(made), Role.ADMIN).text("/stateReason")).startsWith("paused by ADMIN");
        assertThat(api.post(path(made) + "/resume", Role.ADMIN, "").status()).isEqualTo(204);
        assertThat(api.get(path(made), Role.ADMIN).text("/state")).isEqualTo("ACTIVE");
    }

    @Test
    void getsANewSecretBesideTheOldOne() {
        JsonNode made = subscribe("inventory.shortfall.v1");

        Answer rotated = api.post(path(made) + "/secret", Role.ADMIN, "");

        assertThat(rotated.status()).isEqualTo(201);
        assertThat(rotated.text("/secret")).isNotEqualTo(made.path("secret").asText());
        assertThat(api.get(path(made), Role.ADMIN).json().has("previousSecretUntil"))
                .isTrue();
    }

    @Test
    void deadLettersAreShownAndTriedAgain() {
        JsonNode made = subscribe("inventory.shortfall.v1");
        EventDeliveries deliveries = api.database().eventDeliveries();
        api.database()
                .trace()
                .append(
                        "stock/ST-HARBOR/SUBSCRIBED",
                        made.at("/subscription/id").asText(),
                        "stock.short",
                        "short",
                        Map.of("shortfall", "1", "uncovered", "0"));
        deliveries.place();
        SubscriptionId id = new SubscriptionId(made.at("/subscription/id").asText());
        Claim claim = deliveries.claim(id, 4, 1, LEASE).getFirst();
        deliveries.giveUp(claim, "answered 500");

        JsonNode dead = api.get(path(made) + "/deliveries", Role.ADMIN).json().at("/deliveries/0");
        assertThat(dead.path("state").asText()).isEqualTo("DEAD");
        assertThat(dead.path("lastError").asText()).isEqualTo("answered 500");
        assertThat(dead.path("type").asText()).isEqualTo("inventory.shortfall.v1");
        assertThat(dead.path("event").asText()).isEqualTo(claim.event().id());

        String redeliver = path(made) + "/deliveries/" + claim.event().id() + "/redeliver";
        assertThat(api.post(redeliver, Role.ADMIN, "").status()).isEqualTo(202);
        assertThat(api.post(redeliver, Role.ADMIN, "").status()).isEqualTo(404);
        assertThat(deliveries.claim(id, 4, 1, LEASE))
                .singleElement()
                .extracting(Claim::event)
                .isEqualTo(claim.event());
    }

    @Test
    void isReplayedFromAnInstant() {
        String replay = path(subscribe("inventory.shortfall.v1")) + "/replay";

        assertThat(api.post(replay + "?from=2026-01-01T00:00:00Z", Role.ADMIN, "")
                        .status())
                .isEqualTo(202);
        assertThat(api.post(replay, Role.ADMIN, "").status()).isEqualTo(400);
        for (String none : List.of("yesterday", "%2B300000-01-01T00:00:00Z", "-10000-01-01T00:00:00Z")) {
            assertThat(api.post(replay + "?from=" + none, Role.ADMIN, "").status())
                    .as(none)
                    .isEqualTo(400);
        }
    }

    @Test
    void endsForGood() {
        String path = path(subscribe("inventory.shortfall.v1"));

        assertThat(api.send(api.to(path, Role.ADMIN).DELETE()).status()).isEqualTo(204);
        assertThat(api.send(api.to(path, Role.ADMIN).DELETE()).status()).isEqualTo(404);
        assertThat(api.get(path, Role.ADMIN).status()).isEqualTo(404);
        assertThat(api.get("/v1/subscriptions/elsewhere/deliveries", Role.ADMIN).status())
                .isEqualTo(404);
    }

    @Test
    void servesTheSchemaOfEachType() {
        JsonNode types = api.get("/v1/events/schemas", Role.VIEWER).json().path("types");

        assertThat(types).hasSize(EventType.values().length);
        for (JsonNode type : types) {
            String schema = type.path("schema").asText();
            assertThat(schema).startsWith(TestingApi.PUBLIC_URL + "/");
            Answer answer =
                    api.get(schema.substring(TestingApi.PUBLIC_URL.toString().length()), Role.VIEWER);
            assertThat(answer.header("Content-Type")).startsWith("application/schema+json");
            assertThat(answer.text("/title")).isEqualTo(type.path("type").asText());
        }
        assertThat(api.get("/v1/events/schemas/order.paid/2", Role.VIEWER).status())
                .isEqualTo(404);
    }

    private JsonNode subscribe(String type) {
        Answer answer = api.post(
                "/v1/subscriptions", Role.ADMIN, "{\"url\": \"%s\", \"types\": [\"%s\"]}".formatted(URL, type));
        assertThat(answer.status()).as(answer.body()).isEqualTo(201);
        return answer.json();
    }

    private static String path(JsonNode made) {
        return "/v1/subscriptions/" + made.at("/subscription/id").asText();
    }
}
