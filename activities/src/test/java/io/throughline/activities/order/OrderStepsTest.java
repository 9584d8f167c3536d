package io.throughline.activities.order;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.SampleOrders;
import io.throughline.workflows.call.StepResult;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OrderStepsTest {
    private static final OrderKey KEY = new OrderKey(SampleAccounts.SHOP, "6500000000061");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T08:00:00Z"));
    private final TestingRetail retail = TestingRetail.quiet(clock);

    @Test
    void aReleasedHoldStaysReleasedWhenSomethingElseIsFoundNext() {
        assertThat(screen(held(SampleOrders.CAP)).code()).isEqualTo(FailureCode.ORDER_ON_HOLD);
        decide(Action.RELEASE_HOLD);
        assertThat(screen(held(Sku.of("NOT-OURS"))).code()).isEqualTo(FailureCode.UNKNOWN_SKU);
        decide(Action.RETRY);

        assertThat(screen(held(SampleOrders.CAP))).isEqualTo(StepResult.done());
        assertThat(retail.cases.all())
                .extracting(Case::code)
                .containsExactly(FailureCode.ORDER_ON_HOLD, FailureCode.UNKNOWN_SKU);
    }

    private StepResult screen(Order order) {
        retail.hears(order);
        assertThat(retail.channel.accept(order.id())).isEqualTo(StepResult.done());
        return retail.own.screen(order.id(), "standard-1");
    }

    private Order held(Sku sku) {
        clock.advance(Duration.ofMinutes(1));
        return new OrderBuilder(KEY, "USD")
                .version(clock.instant())
                .line(sku, 1, "40.00")
                .paid()
                .tags("fraud-review")
                .build();
    }

    private void decide(Action action) {
        assertThat(retail.cases.open()).hasSize(1);
        retail.cases.decide(retail.cases.open().getFirst().id(), action);
    }
}
