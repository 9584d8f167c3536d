package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import io.throughline.domain.measure.BusinessProcess;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.RequestTallies.Tally;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KpisApiTest {
    private static final String PERIOD = "?from=2020-03-01T00:00:00Z&to=2020-03-02T00:00:00Z";

    private final TestingApi api = TestingApi.get();

    @Test
    void tellsEveryFigureOfTheLastDay() {
        Answer answer = api.get("/v1/kpis", Role.VIEWER);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("kpis").findValuesAsText("kpi"))
                .isEqualTo(Arrays.stream(Kpi.values()).map(Kpi::label).toList());
        assertThat(Instant.parse(answer.text("/from")).plusSeconds(86_400))
                .isEqualTo(Instant.parse(answer.text("/to")));
    }

    @Test
    void aFigureComesWithItsPartsItsTargetAndItsStanding() {
        Instant slot = Instant.parse("2020-03-01T12:00:00Z");
        api.database()
                .requestTallies()
                .add(List.of(
                        new Tally(slot, "GET", "/v1/orders", 50, false, 94),
                        new Tally(slot, "GET", "/v1/orders", 500, true, 6)));

        JsonNode figure = kpi(api.get("/v1/kpis" + PERIOD, Role.FINANCE), Kpi.API_PERFORMANCE);

        assertThat(figure.toString()).isEqualTo("""
                {"kpi":"api_performance","unit":"SECONDS","better":"LOWER","measured":100,"figure":0.5,\
                "parts":{"failed":6,"medianSeconds":0.05},"target":{"atRisk":0.25,"breached":1,"owner":"RETAIL_IT"},"standing":"AT_RISK",\
                "definition":"docs/kpis/api-performance.md"}""");
    }

    @Test
    void numbersAreWrittenOut() {
        assertThat(api.get("/v1/kpis", Role.VIEWER).body())
                .contains("\"atRisk\":60,")
                .doesNotContain("E+");
    }

    @Test
    void ofNothingThereIsNoFigureAndNoStanding() {
        JsonNode figure = kpi(api.get("/v1/kpis" + PERIOD + "&account=northwind", Role.VIEWER), Kpi.INVENTORY_ACCURACY);

        assertThat(figure.path("measured").asInt()).isZero();
        assertThat(figure.has("figure")).isFalse();
        assertThat(figure.has("standing")).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'', 9", "account=northwind, 7", "facility=ST-HARBOR, 5", "account=northwind&facility=ST-HARBOR, 5"})
    void whatCantBeDividedIsLeftOut(String scope, int figures) {
        assertThat(api.get("/v1/kpis" + PERIOD + "&" + scope, Role.VIEWER)
                        .json()
                        .path("kpis"))
                .hasSize(figures);
    }

    @ParameterizedTest
    @CsvSource({
        "from=yesterday",
        "from=2020-03-02T00:00:00Z&to=2020-03-01T00:00:00Z",
        "from=2018-01-01T00:00:00Z&to=2020-01-01T00:00:00Z",
        "account=nobody",
        "facility=NOWHERE"
    })
    void whatCantBeAskedIsRefused(String scope) {
        assertThat(api.get("/v1/kpis?" + scope, Role.VIEWER).status()).isEqualTo(400);
    }

    @Test
    void aChannelHasNoBusinessWithThem() {
        assertThat(api.get("/v1/kpis", Role.INTEGRATION).status()).isEqualTo(403);
        assertThat(api.get("/v1/service-levels", Role.INTEGRATION).status()).isEqualTo(403);
    }

    @Test
    void tellsWhatWaitsAgainstWhatWasPromised() {
        Answer answer = api.get("/v1/service-levels", Role.VIEWER);

        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        assertThat(answer.json().path("processes").findValuesAsText("process"))
                .isEqualTo(Arrays.stream(BusinessProcess.values())
                        .map(BusinessProcess::label)
                        .toList());
        assertThat(answer.json().path("processes").findValuesAsText("owner")).contains("FINANCE", "RETAIL_IT");
        assertThat(answer.text("/processes/2/within")).isEqualTo("PT15M");
    }

    private static JsonNode kpi(Answer answer, Kpi kpi) {
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        for (JsonNode each : answer.json().path("kpis")) {
            if (each.path("kpi").asText().equals(kpi.label())) {
                return each;
            }
        }
        throw new AssertionError(answer.body());
    }
}
