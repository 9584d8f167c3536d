package io.throughline.workflows.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StockFeedTest {
    private final StockFeedScenario feed = new StockFeedScenario();

    @AfterEach
    void close() {
        feed.close();
    }

    @Test
    void itBeginsWithTheNewsAndSweepsPageByPage() {
        feed.awaitCalls("placed", 1);

        assertThat(feed.calls())
                .startsWith("NEWS", "NEWS", "NEWS", "SWEEP", "SWEEP second page", "LEVELS", "compared", "placed");
    }

    @Test
    void everythingIsReadPageByPageWhenItIsDue() {
        feed.awaitCalls("ALL second page", 1);
        feed.pass(Duration.ofMinutes(2));
        feed.awaitCalls("placed", 2);

        assertThat(feed.calls()).containsSubsequence("placed", "ALL", "ALL second page", "SWEEP", "placed");
        assertThat(feed.calls()).containsOnlyOnce("ALL");
    }

    @Test
    void aWakeUpReadsTheNews() {
        feed.awaitCalls("placed", 1);
        int before = Collections.frequency(feed.calls(), "NEWS");

        feed.wake();

        feed.awaitCalls("NEWS", before + 1);
    }

    @Test
    void withoutAnyWakeUpTheNextSweepComes() {
        feed.awaitCalls("placed", 1);

        feed.pass(Duration.ofMinutes(2));

        feed.awaitCalls("placed", 2);
    }

    @Test
    void aRunEndsAndAnotherGoesOn() {
        feed.awaitCalls("placed", 1);
        int before = feed.calls().size();

        for (int i = 0; i < StockFeedWorkflowImpl.TURNS_PER_RUN; i++) {
            int known = feed.calls().size();
            feed.wake();
            feed.awaitCalls("NEWS", Collections.frequency(feed.calls().subList(0, known), "NEWS") + 1);
        }

        List<String> since = feed.calls().subList(before, feed.calls().size());
        assertThat(since).hasSizeGreaterThanOrEqualTo(StockFeedWorkflowImpl.TURNS_PER_RUN);
        assertThat(feed.history().getEvents()).hasSizeLessThan(3_000);
    }
}
