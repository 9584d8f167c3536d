package io.throughline.workflows.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.client.WorkflowClient;
import io.temporal.failure.ApplicationFailure;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.workflows.SkippedTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two hours of the clock in which a shop can't be reached, while a day's changes come in. */
class ShopOutageTest {
    private static final Duration AWAY = Duration.ofHours(2);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Of 20,000 changed places, as many as are told at once. */
    private static final int PAGES = 160;

    private final TestWorkflowEnvironment environment = SkippedTime.newServer();
    private final Shop shop = new Shop(now().plus(AWAY));

    @AfterEach
    void close() {
        environment.close();
    }

    @Test
    void theShopIsAskedNowAndThenAndToldPageByPageOnceItIsBack() {
        InventorySyncWorkflow process = InventorySyncScenario.process(environment, shop);
        WorkflowClient.start(process::run, SampleAccounts.SHOP, InventorySyncScenario.SHOP_QUEUE);
        for (int wakes = 0; wakes < 20; wakes++) {
            environment.sleep(AWAY.dividedBy(20));
            process.wake();
        }

        SkippedTime.await(
                environment,
                "the shop to be told",
                () -> shop.told.size() >= PAGES,
                () -> List.of(shop.told.size() + " pages"));
        environment.sleep(LONGEST_PAUSE.multipliedBy(10));

        assertThat(shop.refused).as("each wake-up is none of its own").hasSizeBetween(100, 130);
        assertThat(Duration.between(shop.back, shop.told.getFirst())).isLessThanOrEqualTo(LONGEST_PAUSE.plusSeconds(5));
        assertThat(shop.told).as("each page once").hasSize(PAGES);
    }

    private Instant now() {
        return Instant.ofEpochMilli(environment.currentTimeMillis());
    }

    /** Where nobody answers before {@code back}. */
    private final class Shop implements InventorySyncSteps {
        private final Instant back;
        private final List<Instant> refused = new CopyOnWriteArrayList<>();
        private final List<Instant> told = new CopyOnWriteArrayList<>();

        Shop(Instant back) {
            this.back = back;
        }

        @Override
        public boolean publish(AccountId account) {
            if (now().isBefore(back)) {
                refused.add(now());
                throw ApplicationFailure.newFailure("no line", "SYSTEM_UNREACHABLE");
            }
            told.add(now());
            return told.size() < PAGES;
        }
    }
}
