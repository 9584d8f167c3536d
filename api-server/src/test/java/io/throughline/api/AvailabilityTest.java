package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockSource;
import io.throughline.runtime.retailer.Retailer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The availability lookups over HTTP, by the committed configuration. */
final class AvailabilityTest {
    private static final FacilityId DOWNTOWN = new FacilityId("ST-DOWNTOWN");

    private final TestingApi api = TestingApi.get();
    private final Retailer retailer = Retailer.load(Path.of("../config"), Map.of());
    private final StockObservations observations =
            api.database().stock(retailer.stockRules(Clock.systemUTC())).stockObservations();
    private final InventoryLedger inventory =
            api.database().stock(retailer.stockRules(Clock.systemUTC())).inventory();

    @Test
    void tellsWhatEachFacilityAndChannelCanPromise() {
        count("WH-EAST", "NW-SCARF-GRY", 10);
        count("ST-HARBOR", "NW-SCARF-GRY", 4);
        count("ST-DUBLIN", "NW-SCARF-GRY", 0);

        Answer answer = api.get("/v1/availability?sku=NW-SCARF-GRY&channel=northwind", Role.VIEWER);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/policy")).isEqualTo("stock-1");
        assertThat(Instant.parse(answer.text("/asOf"))).isBefore(Instant.now().plusSeconds(1));
        JsonNode east = facility(answer, "WH-EAST");
        assertThat(east.path("availableToPromise").asInt()).isEqualTo(10);
        assertThat(east.at("/quantities/onHand").asInt()).isEqualTo(10);
        assertThat(east.has("pickup")).isFalse();
        assertThat(east.at("/source/system").asText()).isEqualTo("tryton-northwind");
        assertThat(facility(answer, "ST-HARBOR").at("/pickup/from").asText()).isEqualTo("ST-HARBOR");
        assertThat(facility(answer, "ST-DUBLIN").has("pickup")).isFalse();
        JsonNode channel = answer.json().at("/channels/0");
        assertThat(channel.path("channel").asText()).isEqualTo("northwind");
        assertThat(channel.path("threshold").asInt()).isEqualTo(2);
        assertThat(channel.path("availableToPromise").asInt()).isEqualTo(12);
    }

    @Test
    void theNearestComesFirstAndNoPickupIsPromisedOfWhatIsElsewhere() {
        count("WH-EAST", "NW-CAP-NVY", 9);
        count("ST-HARBOR", "NW-CAP-NVY", 0);

        Answer answer = api.get("/v1/availability?sku=NW-CAP-NVY&near=42.36,-71.06", Role.INTEGRATION);

        assertThat(answer.text("/facilities/0/facility")).isEqualTo("ST-HARBOR");
        assertThat(answer.json().at("/facilities/0/kilometres").asDouble()).isZero();
        assertThat(answer.text("/facilities/1/facility")).isEqualTo("WH-EAST");
        assertThat(answer.json().at("/facilities/0").has("pickup")).isFalse();
        assertThat(answer.json().at("/channels")).hasSize(5);
    }

    /** The warehouses serve the shop alone. */
    @Test
    void aMarketplaceIsOfferedWhatMaySendForIt() {
        count("WH-WEST", "NW-TEE-BLK-M", 70);
        count("ST-HARBOR", "NW-TEE-BLK-M", 3);

        Answer answer = api.get("/v1/availability?sku=NW-TEE-BLK-M&channel=bazaar", Role.VIEWER);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/channels/0/channel")).isEqualTo("bazaar");
        assertThat(answer.json().at("/facilities").findValuesAsText("facility"))
                .containsExactlyInAnyOrder("ST-DOWNTOWN", "ST-HARBOR", "ST-DUBLIN");
        assertThat(answer.json().at("/channels/0/availableToPromise").asInt()).isLessThan(70);
        assertThat(api.get("/v1/availability?sku=NW-TEE-BLK-M&channel=bazaar&facility=WH-WEST", Role.VIEWER)
                        .json()
                        .at("/facilities"))
                .isEmpty();
        assertThat(facilities(
                        api.get("/v1/availability?sku=NW-TEE-BLK-M&channel=northwind", Role.VIEWER), "/facilities"))
                .contains("WH-WEST");
    }

    @Test
    void onlyTheNearestThatHaveItAreToldWhenThatIsAsked() {
        List.of("WH-EAST", "WH-WEST", "ST-DOWNTOWN").forEach(empty -> count(empty, "NW-JKT-GRN-L", 0));
        List.of("ST-HARBOR", "ST-DUBLIN").forEach(full -> count(full, "NW-JKT-GRN-L", 5));
        String near = "/v1/availability?sku=NW-JKT-GRN-L&near=40.74,-74.17&limit=2";

        assertThat(facilities(api.get(near, Role.VIEWER), "/facilities")).containsExactly("WH-EAST", "ST-HARBOR");
        assertThat(facilities(api.get(near + "&available=true", Role.VIEWER), "/facilities"))
                .containsExactly("ST-HARBOR", "ST-DUBLIN");
        Answer many = api.post("/v1/availability", Role.VIEWER, """
                {"skus":["NW-JKT-GRN-L"],"near":{"latitude":40.74,"longitude":-74.17},"available":true,"limit":1}
                """);
        assertThat(many.status()).as(many.body()).isEqualTo(200);
        assertThat(facilities(many, "/items/0/facilities")).containsExactly("ST-HARBOR");
    }

    private static List<String> facilities(Answer answer, String at) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json().at(at).findValuesAsText("facility");
    }

    /** Its account's system answers just now: the store is dark for itself. */
    @Test
    void aStoreThatHasSaidNothingForLongIsTrustedLessUntilItsFirstWord() {
        count("ST-DOWNTOWN", "NW-TEE-BLK-M", 10);
        observations.heardFrom(AccountId.of("square-northwind"), List.of(DOWNTOWN));
        api.execute("update facility_word set source = 'square-northwind', said_at = now() - interval '73 hours'"
                + " where facility = 'ST-DOWNTOWN'");

        JsonNode dark = awaitState("QUIET");
        assertThat(dark.path("availableToPromise").asInt()).isEqualTo(10);
        assertThat(dark.path("offered").asInt()).isEqualTo(5);
        assertThat(dark.at("/source/system").asText()).isEqualTo("square-northwind");
        assertThat(dark.at("/source/trustPercent").asInt()).isEqualTo(50);
        assertThat(Instant.parse(dark.at("/source/heardAt").asText()))
                .isAfter(Instant.now().minusSeconds(60));
        assertThat(dark.at("/source/lastWord/source").asText()).isEqualTo("square-northwind");
        assertThat(Instant.parse(dark.at("/source/lastWord/saidAt").asText()))
                .isBefore(Instant.now().minusSeconds(72 * 3_600));

        Answer counted = api.post("/v1/facilities/ST-DOWNTOWN/counts", Role.ADMIN, """
                {"countId":"first-word","countedAt":"%s","lines":[{"sku":"NW-TEE-BLK-M","counted":9}]}
                """.formatted(Instant.now()));
        assertThat(counted.status()).as(counted.body()).isEqualTo(200);

        JsonNode back = awaitState("LIVE");
        assertThat(back.path("offered").asInt()).isEqualTo(9);
        assertThat(back.at("/source/lastWord/source").asText()).isEqualTo("people");
    }

    private JsonNode awaitState(String state) {
        AtomicReference<JsonNode> seen = new AtomicReference<>();
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> {
            JsonNode downtown = api.get("/v1/availability?sku=NW-TEE-BLK-M&facility=ST-DOWNTOWN", Role.VIEWER)
                    .json()
                    .at("/facilities/0");
            seen.set(downtown);
            return downtown.at("/source/state").asText().equals(state);
        });
        return seen.get();
    }

    @Test
    void aBundleIsWhatItsPartsAllow() {
        count("ST-HARBOR", "NW-MUG-RED", 9);
        count("ST-HARBOR", "NW-SOCK-2PK", 4);

        Answer answer = api.get("/v1/availability?sku=NW-SET-CAMP&facility=ST-HARBOR", Role.SUPPORT);

        assertThat(answer.json().at("/facilities")).hasSize(1);
        assertThat(answer.json().at("/facilities/0/availableToPromise").asInt())
                .as("one pair of socks is kept back")
                .isEqualTo(3);
        assertThat(answer.json().at("/facilities/0").has("quantities")).isFalse();
    }

    @Test
    void manyAtOnceInTheirOrder() {
        Answer answer = api.post("/v1/availability", Role.INTEGRATION, """
                {"skus":["NW-MUG-RED","NW-NOTHING","NW-CAP-NVY","NW-MUG-RED"],"facility":"ST-DUBLIN",
                 "near":{"latitude":53.3,"longitude":-6.2}}
                """);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().at("/items").findValuesAsText("sku")).containsExactly("NW-MUG-RED", "NW-CAP-NVY");
        assertThat(answer.json().at("/unknown").toString()).isEqualTo("[\"NW-NOTHING\"]");
        assertThat(answer.json().at("/items/0/facilities")).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                      | 400
            ?sku=                                   | 400
            ?sku=NW-NOTHING                         | 404
            ?sku=NW-MUG-RED&facility=ST-PARIS       | 400
            ?sku=NW-MUG-RED&facility=UNROUTED       | 400
            ?sku=NW-MUG-RED&channel=northwind-de    | 400
            ?sku=NW-MUG-RED&channel=messaging       | 400
            ?sku=NW-MUG-RED&near=42.36              | 400
            ?sku=NW-MUG-RED&near=142,0              | 400
            ?sku=NW-MUG-RED&near=NaN,0              | 400
            ?sku=NW-MUG-RED&near=1,2,3              | 400
            ?sku=NW-MUG-RED&limit=0                 | 400
            ?sku=NW-MUG-RED&limit=501               | 400
            ?sku=NW-MUG-RED&available=perhaps       | 400
            """)
    void refusesWhatItCannotAnswer(String query, int status) {
        Answer answer = api.get("/v1/availability" + query, Role.VIEWER);

        assertThat(answer.status()).as(answer.body()).isEqualTo(status);
        assertThat(answer.header("Content-Type")).startsWith("application/problem+json");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"skus\":[]}",
                "{\"skus\":[\"\"]}",
                "{\"skus\":[\"NW-MUG-RED\"],\"facility\":\"nowhere\"}",
                "{\"skus\":[\"NW-MUG-RED\"],\"channel\":\"nobody\"}",
                "{\"skus\":[\"NW-MUG-RED\"],\"limit\":0}",
                "{\"skus\":[\"NW-MUG-RED\"],\"near\":{\"latitude\":91,\"longitude\":0}}"
            })
    void refusesQuestionsThatBreakARule(String body) {
        Answer answer = api.post("/v1/availability", Role.VIEWER, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().at("/errors")).hasSize(1);
    }

    private void count(String facility, String sku, int units) {
        inventory.record(new Movement(
                new FacilityId(facility),
                Sku.of(sku),
                units,
                Kind.COUNT,
                StockSource.PEOPLE,
                UUID.randomUUID().toString(),
                Instant.now()));
    }

    private static JsonNode facility(Answer answer, String id) {
        for (JsonNode facility : answer.json().path("facilities")) {
            if (facility.path("facility").asText().equals(id)) {
                return facility;
            }
        }
        throw new AssertionError(id + " is missing in " + answer.body());
    }
}
