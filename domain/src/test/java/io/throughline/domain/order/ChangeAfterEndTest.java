package io.throughline.domain.order;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ChangeAfterEndTest {
    private static final Instant LATER = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void whatOurOwnWorkLeavesIsNoChange() {
        assertThat(ofCompleted(order().paid().tags("shipped", "vip"))).isEmpty();
    }

    @Test
    void moneyThatGoesBackIsOne() {
        assertThat(ofCompleted(order().paid().refunded())).contains("given back 98.74 USD, before 0.00 USD");
    }

    @Test
    void moneyThatComesLateIsOne() {
        assertThat(between(OrderStatus.COMPLETED, order(), order().paid())).contains("paid 98.74 USD, before 0.00 USD");
    }

    @Test
    void aCancellationIsOne() {
        assertThat(ofCompleted(order().paid().cancelledAt(LATER))).contains("cancelled");
    }

    @Test
    void quantitiesAndWhatTheyComeToAreNamed() {
        OrderBuilder another = new OrderBuilder(order().build().key(), "USD")
                .line(SampleOrders.TEE, 1, "25.00")
                .line(SampleOrders.CAP, 1, "40.00")
                .line(SampleOrders.MUG, 2, "36.00")
                .paid();

        assertThat(ofCompleted(another))
                .contains("total 101.00 USD, before 98.74 USD; paid 101.00 USD, before 98.74 USD; "
                        + "NW-TEE-BLK-M × 1, before 2; NW-MUG-RED × 2, before 0");
    }

    @Test
    void anOrderThatWeEndedGivesItsMoneyBackAndLosesItsLines() {
        OrderBuilder emptied = new OrderBuilder(order().build().key(), "USD")
                .line(SampleOrders.TEE, 0, "0.00")
                .cancelledAt(LATER)
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "shopify_payments", "98.74", Optional.empty());

        assertThat(between(OrderStatus.CANCELLED, order().paid(), emptied)).isEmpty();
    }

    @Test
    void moneyThatIsTakenForAnOrderThatWeEndedIsOne() {
        assertThat(between(OrderStatus.CANCELLED, order(), order().paid())).contains("paid 98.74 USD, before 0.00 USD");
    }

    private static Optional<String> ofCompleted(OrderBuilder after) {
        return between(OrderStatus.COMPLETED, order().paid(), after);
    }

    private static Optional<String> between(OrderStatus ended, OrderBuilder before, OrderBuilder after) {
        return ChangeAfterEnd.between(ended, before.build(), after.build());
    }

    private static OrderBuilder order() {
        return SampleOrders.twoLines("6500000000041");
    }
}
