package io.throughline.activities;

import static io.throughline.activities.TestingOrderRuns.SHIPPED_EFFECTS;
import static io.throughline.activities.TestingOrderRuns.assertCompleted;
import static io.throughline.activities.TestingOrderRuns.ship;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.SampleOrders;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** An order that changes while it is told. */
class ChangedOrderTest {
    @Test
    void anOrderThatChangedWhileTheErpWasAwayIsAnnouncedAndInvoicedAsItIsNow() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.goesDown("announce");
            run.start().passes(Duration.ofMinutes(10));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            Order dearer = dearer(run.order).authorised().build();
            run.becomes(dearer).retail.vendor.comesBack();
            ship(run);

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.erp.demand(run.order.id().value()).total())
                    .isEqualTo(dearer.total().shop());
            assertInvoiced(run, dearer.total().shop());
        }
    }

    /** The ERP has the demand as it was; its invoice is of the day on which the goods leave. */
    @Test
    void anOrderThatChangedWhileAReplyWasLostStaysAnnouncedAsItWasAndIsInvoicedAsItIsNow() {
        AtomicReference<OrderRun> own = new AtomicReference<>();
        Checkpoints changing = (point, system, operation) -> {
            if (point == Checkpoints.Point.BEFORE_CALL && operation.equals("announce")) {
                OrderRun run = own.getAndSet(null);
                if (run != null) {
                    run.becomes(dearer(run.order).authorised().build());
                }
            }
        };
        try (OrderRun run = new OrderRun(SampleOrders.authorisedOnly(), changing)) {
            own.set(run);
            run.retail.vendor.losesReply("announce");
            ship(run.start());

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.erp.demand(run.order.id().value()).total())
                    .isEqualTo(run.order.total().shop());
            assertInvoiced(run, dearer(run.order).build().total().shop());
        }
    }

    /** What has left is invoiced as it left; the change is for a person. */
    @Test
    void anOrderThatChangedWhileItsInvoiceWasOnTheWayIsInvoicedAsItsJournalSays() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.goesDown("invoice");
            ship(run.start());
            run.passes(Duration.ofMinutes(10));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.becomes(dearer(run.order).captured().build()).retail.vendor.comesBack();

            assertCompleted(run, SHIPPED_EFFECTS);
            assertInvoiced(run, run.order.total().shop());
        }
    }

    /** With its delivery at another price. */
    private static OrderBuilder dearer(Order order) {
        return SampleOrders.twoLines(order.key().externalId())
                .shipping("1.00")
                .version(order.version().plusSeconds(120));
    }

    private static void assertInvoiced(OrderRun run, Money total) {
        assertThat(run.retail.erp.invoice(run.work(1) + "/invoice").total()).isEqualTo(total);
        assertThat(run.retail.orders.view(run.order.id()).orElseThrow().posting())
                .as("the books are what the journals say")
                .isEqualTo(PostingStatus.CONFIRMED);
    }
}
