package io.throughline.workflows.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReconciliationTest {
    @Test
    void nothingMoreIsLostBeforeWhatWasLostIsFound() {
        try (ReconciliationScenario reconciliation = new ReconciliationScenario()) {
            assertThat(reconciliation.result()).isEqualTo("1 orders and 3 events recovered, 2 subscriptions made");
            assertThat(reconciliation.calls())
                    .endsWith("subscriptions of northwind", "events of northwind", "orders of northwind");
        }
    }
}
