package io.throughline.workflows.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class ProductNewsTest {
    @Test
    void readsWithRestsUntilNothingIsLeftAndNothingWasToldMeanwhile() {
        try (ProductNewsScenario scenario = new ProductNewsScenario()) {
            assertThat(scenario.reads()).isEqualTo(3);
            assertThat(scenario.restAfterTheFirst()).isGreaterThanOrEqualTo(Duration.ofSeconds(2));
        }
    }
}
