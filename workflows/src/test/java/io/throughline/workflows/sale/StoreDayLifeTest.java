package io.throughline.workflows.sale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class StoreDayLifeTest {
    @Test
    void aRefusedSummaryWaitsForItsDecisionAndALateSaleForItsGrace() {
        try (StoreDayScenario day = new StoreDayScenario()) {
            assertThat(day.result()).isEqualTo("2 summaries are settled");
            assertThat(day.calls()).containsExactly("close 1", "post 1", "post 1", "close 2", "post 2");
        }
    }
}
