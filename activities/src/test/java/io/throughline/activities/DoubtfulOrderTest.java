package io.throughline.activities;

import static io.throughline.activities.TestingOrderRuns.SHIPPED_EFFECTS;
import static io.throughline.activities.TestingOrderRuns.assertCompleted;
import static io.throughline.activities.TestingOrderRuns.assertNothingIsLeft;
import static io.throughline.activities.TestingOrderRuns.operations;
import static io.throughline.activities.TestingOrderRuns.ship;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** An order that is held, or that nobody can make sense of. */
class DoubtfulOrderTest {
    @Test
    void aHeldOrderIsReleasedOnceAndForAll() {
        Order held = SampleOrders.twoLines("6500000000077")
                .authorised()
                .tags("fraud-review")
                .build();
        try (OrderRun run = OrderRun.of(held)) {
            run.start().decides(Action.RELEASE_HOLD).awaitEffect("release");
            run.startAgain().reports(1, FulfillmentStatus.SHIPPED);

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.cases.all()).hasSize(1);
        }
    }

    @Test
    void anOrderThatNobodyCanReadIsACaseAtOnce() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.shop.garbles(run.order.key());
            Instant began = run.now();
            run.start().await("the case", () -> run.retail.cases.open().size() == 1);

            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.ORDER_UNREADABLE);
            assertThat(Duration.between(began, run.now())).isLessThan(Duration.ofMinutes(1));
            run.decides(Action.CANCEL);
            assertThat(run.result()).isEqualTo("CANCELLED");
            assertNothingIsLeft(run);
        }
    }

    /** Somebody has to mend it at its channel; until then nothing is promised, asked for or booked. */
    @Test
    void anOrderWhoseTotalsDisagreeWaitsAndGoesOnWhenItsChannelHasMendedIt() {
        Order wrong = SampleOrders.twoLines("6500000000084")
                .total("98.73")
                .authorised()
                .build();
        try (OrderRun run = OrderRun.of(wrong)) {
            awaitDisagreement(run.start());
            assertThat(run.retail.cases.open().getFirst().detail()).contains("98.74 USD", "98.73 USD");
            run.decides(Action.RETRY);
            awaitDisagreement(run);
            assertThat(run.retail.vendor.effects()).isEmpty();
            assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();

            run.retail.hears(SampleOrders.twoLines("6500000000084")
                    .version(wrong.version().plus(Duration.ofHours(1)))
                    .authorised()
                    .build());
            run.decides(Action.RETRY);
            ship(run);

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.cases.all()).extracting(Case::code).containsOnly(FailureCode.ORDER_TOTALS_DISAGREE);
        }
    }

    @Test
    void anOrderWhoseTotalsDisagreeIsCalledOffWhereAPersonSaysSo() {
        Order wrong =
                SampleOrders.twoLines("6500000000085").total("98.73").paid().build();
        try (OrderRun run = OrderRun.of(wrong)) {
            awaitDisagreement(run.start());
            run.decides(Action.CANCEL);

            assertThat(run.result()).isEqualTo("CANCELLED");
            assertThat(operations(run)).doesNotContain("announce", "release", "invoice");
            assertNothingIsLeft(run);
        }
    }

    private static void awaitDisagreement(OrderRun run) {
        run.await("the case", () -> run.retail.cases.open().size() == 1);
        assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.ORDER_TOTALS_DISAGREE);
    }
}
