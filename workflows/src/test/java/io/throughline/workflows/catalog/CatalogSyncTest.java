package io.throughline.workflows.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class CatalogSyncTest {
    private static final List<String> ONE_SYNC = List.of("advance", "advance", "advance", "advance", "finish");

    @Test
    void itTakesAllInAndRests() {
        try (CatalogSyncScenario sync = new CatalogSyncScenario()) {
            sync.sleep(Duration.ofMinutes(30));

            assertThat(sync.calls()).isEqualTo(ONE_SYNC);
        }
    }

    @Test
    void afterItsRestItBeginsAgain() {
        try (CatalogSyncScenario sync = new CatalogSyncScenario()) {
            sync.untilItBeginsAgain();

            assertThat(sync.calls()).startsWith(ONE_SYNC.toArray(String[]::new)).hasSizeGreaterThanOrEqualTo(10);
        }
    }

    @Test
    void whatWasAskedForInARunBeforeFollowsAtOnce() {
        try (CatalogSyncScenario sync = new CatalogSyncScenario(new CatalogSyncWorkflow.UnderWay(true))) {
            sync.sleep(Duration.ofMinutes(10));

            assertThat(sync.calls()).hasSize(2 * ONE_SYNC.size());
        }
    }

    @Test
    void whatIsAskedForWhileAnotherRunsSyncGoesOnFollowsIt() {
        try (CatalogSyncScenario sync = new CatalogSyncScenario(new CatalogSyncWorkflow.UnderWay(false))) {
            sync.sleep(Duration.ofMinutes(10));
            assertThat(sync.calls()).hasSize(ONE_SYNC.size());
            sync.request();
            sync.sleep(Duration.ofMinutes(10));

            assertThat(sync.calls()).hasSize(2 * ONE_SYNC.size());
        }
    }

    @Test
    void aRequestEndsTheRest() {
        try (CatalogSyncScenario sync = new CatalogSyncScenario()) {
            sync.sleep(Duration.ofMinutes(10));
            sync.request();
            sync.sleep(Duration.ofMinutes(10));

            assertThat(sync.calls()).hasSize(2 * ONE_SYNC.size());
        }
    }
}
