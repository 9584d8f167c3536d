package io.throughline.workflows.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StockProcessesTest {
    @Test
    void anImportGoesOnUntilAllIsDone() {
        try (ImportScenario scenario = new ImportScenario()) {
            assertThat(scenario.result())
                    .isEqualTo("250 of 250 rows: 250 booked, 0 covered, 0 observed, 0 known, 0 refused");
        }
    }

    @Test
    void anErpIsAskedAgainAndAgainPageByPage() {
        try (ErpStockScenario scenario = new ErpStockScenario()) {
            assertThat(scenario.asked())
                    .startsWith(
                            "tryton-northwind null after PT0S",
                            "tryton-northwind moves:200 after PT0S",
                            "tryton-northwind null after PT2S",
                            "tryton-northwind null after PT2S",
                            "tryton-northwind moves:200 after PT2S",
                            "tryton-northwind null after PT4S");
            assertThat(scenario.compared())
                    .containsExactly("observed from null", "observed from WH-WEST:0", "compared");
        }
    }
}
