package io.throughline.runtime.retailer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.failure.FailureCode.Owner;
import io.throughline.domain.measure.BusinessProcess;
import io.throughline.domain.measure.Kpi;
import io.throughline.domain.measure.ServiceLevels;
import io.throughline.domain.measure.ServiceLevels.Promise;
import io.throughline.domain.measure.Standing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The committed promises, and each way to get them wrong. */
final class ServiceLevelReaderTest {
    private static final Path CONFIG = Path.of("../config");

    @TempDir
    Path directory = Path.of("");

    @Test
    void somethingIsPromisedOfEverything() {
        ServiceLevels levels = ServiceLevelReader.load(CONFIG, Map.of());

        assertThat(levels.processes()).containsOnlyKeys(BusinessProcess.values());
        assertThat(levels.kpis()).containsOnlyKeys(Kpi.values());
        assertThat(levels.of(BusinessProcess.POSTING)).isEqualTo(new Promise(Duration.ofMinutes(15), Owner.FINANCE));
    }

    @Test
    void whatWaitsIsAtRiskFromAShareOfItsTimeOn() {
        ServiceLevels levels = ServiceLevelReader.load(CONFIG, Map.of());

        assertThat(levels.standing(BusinessProcess.POSTING, Duration.ofMillis(719_999)))
                .isEqualTo(Standing.WITHIN);
        assertThat(levels.standing(BusinessProcess.POSTING, Duration.ofMinutes(12)))
                .isEqualTo(Standing.AT_RISK);
        assertThat(levels.standing(BusinessProcess.POSTING, Duration.ofMinutes(15)))
                .isEqualTo(Standing.BREACHED);
    }

    @Test
    void aFigureIsAtRiskOnItsWayToTheWorse() {
        ServiceLevels levels = ServiceLevelReader.load(CONFIG, Map.of());

        assertThat(levels.of(Kpi.INVENTORY_ACCURACY).standing(0.98)).isEqualTo(Standing.WITHIN);
        assertThat(levels.of(Kpi.INVENTORY_ACCURACY).standing(0.97)).isEqualTo(Standing.AT_RISK);
        assertThat(levels.of(Kpi.INVENTORY_ACCURACY).standing(0.95)).isEqualTo(Standing.BREACHED);
        assertThat(levels.of(Kpi.ORDER_SYNC_LATENCY).standing(59)).isEqualTo(Standing.WITHIN);
        assertThat(levels.of(Kpi.ORDER_SYNC_LATENCY).standing(60)).isEqualTo(Standing.AT_RISK);
        assertThat(levels.of(Kpi.ORDER_SYNC_LATENCY).standing(300)).isEqualTo(Standing.BREACHED);
    }

    @ParameterizedTest(name = "{0} → {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        atRiskAt: 0.8                          | atRiskAt: 1.8                          | is between 0 and 1
        atRiskAt: 0.8                          | atRiskAt: soon                         | atRiskAt: 'soon' is not allowed here: a share of the time
        within: PT15M                          | within: 15 minutes                     | processes.posting.within: '15 minutes' is not allowed here: an ISO 8601 duration
        within: PT15M                          | within: PT0S                           | processes.posting.within: 'PT0S' is not allowed here
        within: PT15M, owner: FINANCE          | within: PT15M                          | processes.posting.owner: missing: one of [SUPPORT, FINANCE, RETAIL_IT]
        posting:                               | boasting:                              | processes.boasting: 'boasting' is not allowed here: each of [MESSAGE_INTAKE,
        posting: { within: PT15M, owner: FINANCE } |                                    | nothing is promised for POSTING
        square: RETAIL_IT                      | square: SOMEBODY                       | contracts.webhooks.square: 'SOMEBODY' is not allowed here: one of [SUPPORT, FINANCE, RETAIL_IT]
        breached: 0.95, owner: SUPPORT         | breached: 0.95                         | kpis.inventory_accuracy.owner: missing: one of [SUPPORT, FINANCE, RETAIL_IT]
        atRisk: 0.97, breached: 0.95           | atRisk: 0.95, breached: 0.97           | kpis.inventory_accuracy: a figure is at risk before it is breached
        atRisk: PT1M, breached: PT5M           | atRisk: 60, breached: PT5M             | kpis.order_sync_latency.atRisk: '60' is not allowed here: an ISO 8601 duration
        api_performance:                       | colour: 1\\n  api_performance:          | kpis.colour: 'colour' is not allowed here: each of [INVENTORY_ACCURACY,
        """)
    void eachMistakeIsToldWithItsPlace(String good, String bad, String message) throws IOException {
        String file = Files.readString(CONFIG.resolve("service-levels.yml"));
        String wrong = file.replace(good, bad == null ? "" : bad.replace("\\n", "\n"));
        assertThat(wrong).isNotEqualTo(file);
        Files.writeString(directory.resolve("service-levels.yml"), wrong);

        assertThatThrownBy(() -> ServiceLevelReader.load(directory, Map.of()))
                .isInstanceOf(ConfigurationException.class)
                .hasMessageContaining("service-levels.yml")
                .hasMessageContaining(message);
    }
}
