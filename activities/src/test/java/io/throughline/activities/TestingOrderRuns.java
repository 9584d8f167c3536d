package io.throughline.activities;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.CaseStatus;
import java.util.List;
import java.util.stream.Stream;

/** What tests of whole orders do with a run, and what they find of one that has ended. */
final class TestingOrderRuns {
    static final List<String> SHIPPED_EFFECTS =
            List.of("announce", "assign", "capture", "invoice", "payment", "release", "tell");

    private TestingOrderRuns() {}

    static void ship(OrderRun run) {
        run.reports(1, FulfillmentStatus.ACKNOWLEDGED).awaitStatus(1, FulfillmentStatus.ACKNOWLEDGED);
        run.reports(1, FulfillmentStatus.SHIPPED);
    }

    static void assertCompleted(OrderRun run, List<String> operations) {
        assertThat(run.result()).isEqualTo("COMPLETED");
        assertThat(operations(run)).containsExactlyInAnyOrderElementsOf(operations);
        assertNothingIsLeft(run);
    }

    /** It came to its end, and nobody had to be asked. */
    static void assertCompletedByItself(OrderRun run) {
        assertThat(run.result()).isEqualTo("COMPLETED");
        assertThat(run.retail.cases.all()).isEmpty();
        assertNothingIsLeft(run);
    }

    static Stream<String> operations(OrderRun run) {
        return run.retail.vendor.effects().stream().map(effect -> effect.substring(0, effect.indexOf(' ')));
    }

    static void assertNothingIsLeft(OrderRun run) {
        assertThat(run.running()).isFalse();
        assertThat(run.retail.vendor.effects()).doesNotHaveDuplicates();
        assertThat(run.retail.cases.all()).allMatch(one -> one.status() == CaseStatus.CLOSED);
        assertThat(run.retail.inventory.reservedFor(run.order.id())).isZero();
        assertThat(run.retail.work.ofOrder(run.order.id()))
                .allMatch(work -> work.status().terminal());
    }
}
