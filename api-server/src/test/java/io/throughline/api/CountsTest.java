package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Counts that people enter. */
class CountsTest {
    private static final String COUNTS = "/v1/facilities/ST-DUBLIN/counts";

    private final TestingApi api = TestingApi.get();
    private final String id = UUID.randomUUID().toString();

    @Test
    void aCountIsTheStockOnHand() {
        Answer answer = count(Role.SUPPORT, Instant.now(), "NW-JKT-GRN-L", 7);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.text("/lines/0/verdict")).isEqualTo("BOOKED");
        assertThat(onHand("NW-JKT-GRN-L")).isEqualTo(7);
    }

    @Test
    void theSameCountAgainChangesNothing() {
        Instant at = Instant.now();
        count(Role.SUPPORT, at, "NW-JKT-GRN-L", 7);

        Answer again = count(Role.SUPPORT, at, "NW-JKT-GRN-L", 7);

        assertThat(again.text("/lines/0/verdict")).isEqualTo("KNOWN");
        assertThat(again.json().at("/lines/0/change").asInt()).isZero();
    }

    @Test
    void aLateCountIsCoveredByALaterOne() {
        Instant at = Instant.now();
        count(Role.SUPPORT, at, "NW-JKT-GRN-L", 7);

        Answer late = api.post(COUNTS, Role.SUPPORT, body("earlier-" + id, at.minusSeconds(60), "NW-JKT-GRN-L", 3));

        assertThat(late.text("/lines/0/verdict")).isEqualTo("COVERED");
        assertThat(onHand("NW-JKT-GRN-L")).isEqualTo(7);
    }

    @Test
    void theSameCountWithAnotherNumberIsAConflict() {
        Instant at = Instant.now();
        count(Role.SUPPORT, at, "NW-JKT-GRN-L", 7);

        Answer other = count(Role.SUPPORT, at, "NW-JKT-GRN-L", 9);

        assertThat(other.text("/lines/0/verdict")).isEqualTo("CONFLICT");
        assertThat(onHand("NW-JKT-GRN-L")).isEqualTo(7);
        assertThat(count(Role.SUPPORT, at.plusSeconds(1), "NW-JKT-GRN-L", 7).text("/lines/0/verdict"))
                .as("nor may it be of another instant")
                .isEqualTo("CONFLICT");
    }

    @Test
    void aCountThatDiffersTooMuchIsHeldBackForACase() {
        Instant at = Instant.now();
        count(Role.SUPPORT, at, "NW-JKT-GRN-L", 7);

        Answer typo = api.post(COUNTS, Role.SUPPORT, body("typo-" + id, at.plusSeconds(1), "NW-JKT-GRN-L", 1000));

        assertThat(typo.text("/lines/0/verdict")).isEqualTo("HELD_BACK");
        assertThat(typo.json().at("/lines/0/change").asInt()).isEqualTo(993);
        assertThat(typo.text("/lines/0/caseId")).startsWith("C-");
        assertThat(onHand("NW-JKT-GRN-L")).isEqualTo(7);
    }

    @Test
    void onlyPeopleOfSupportMayCount() {
        assertThat(count(Role.VIEWER, Instant.now(), "NW-JKT-GRN-L", 7).status())
                .isEqualTo(403);
        assertThat(api.post("/v1/facilities/ST-PARIS/counts", Role.SUPPORT, body(id, Instant.now(), "NW-JKT-GRN-L", 7))
                        .status())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"countId\":\"\",\"countedAt\":\"2026-11-25T10:00:00Z\",\"lines\":[{\"sku\":\"NW-CAP-NVY\",\"counted\":1}]}",
                "{\"countId\":\"c\",\"countedAt\":\"2126-11-25T10:00:00Z\",\"lines\":[{\"sku\":\"NW-CAP-NVY\",\"counted\":1}]}",
                "{\"countId\":\"c\",\"countedAt\":\"2026-11-25T10:00:00Z\",\"lines\":[]}",
                "{\"countId\":\"c\",\"countedAt\":\"2026-11-25T10:00:00Z\",\"lines\":[{\"sku\":\"NOTHING\",\"counted\":1}]}",
                "{\"countId\":\"c\",\"countedAt\":\"2026-11-25T10:00:00Z\",\"lines\":[{\"sku\":\"NW-SET-CAMP\",\"counted\":1}]}",
                "{\"countId\":\"c\",\"countedAt\":\"2026-11-25T10:00:00Z\",\"lines\":[{\"sku\":\"NW-CAP-NVY\",\"counted\":-1}]}",
                "{\"countId\":\"c\",\"countedAt\":\"2026-11-25T10:00:00Z\",\"lines\":[{\"sku\":\"NW-CAP-NVY\",\"counted\":1},"
                        + "{\"sku\":\"NW-CAP-NVY\",\"counted\":2}]}"
            })
    void refusesWhatBreaksARule(String body) {
        Answer answer = api.post(COUNTS, Role.SUPPORT, body);

        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.json().at("/errors")).hasSize(1);
    }

    private Answer count(Role role, Instant at, String sku, int units) {
        return api.post(COUNTS, role, body(id, at, sku, units));
    }

    private static String body(String id, Instant at, String sku, int units) {
        return "{\"countId\":\"%s\",\"countedAt\":\"%s\",\"lines\":[{\"sku\":\"%s\",\"counted\":%d}]}"
                .formatted(id, at, sku, units);
    }

    private int onHand(String sku) {
        return api.get("/v1/availability?facility=ST-DUBLIN&sku=" + sku, Role.SUPPORT)
                .json()
                .at("/facilities/0/quantities/onHand")
                .asInt();
    }
}
