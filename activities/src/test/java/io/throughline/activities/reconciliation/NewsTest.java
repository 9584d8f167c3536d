package io.throughline.activities.reconciliation;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.SettableClock;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.customer.TestingPeople;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.order.TestingOrders;
import io.throughline.domain.policy.SamplePolicies;
import io.throughline.domain.sale.SampleTillSales;
import io.throughline.domain.sale.TestingTillSales;
import io.throughline.domain.sale.TillSale;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewsTest {
    private final Order order = SampleOrders.twoLinesWithTaxAndDiscount();
    private final SettableClock clock = new SettableClock(order.version());
    private final TestingFulfillmentOrders work = new TestingFulfillmentOrders(clock);
    private final TestingOrders orders = new TestingOrders(clock, work, new TestingPeople());
    private final TestingTillSales sales = new TestingTillSales();
    private final News news = new News(orders, sales, clock);

    @Test
    void anOrderThatIsUnknownOrOlderWasMissed() {
        assertThat(news.missed(changedAt(order.version()))).containsExactly("throughline/reconciled");

        accept();

        assertThat(news.missed(changedAt(order.version().plusSeconds(1)))).containsExactly("throughline/reconciled");
        assertThat(news.missed(changedAt(order.version()))).isEmpty();
    }

    @Test
    void aChangeInTheVerySecondInWhichTheOrderWasReadMayNotHaveBeenSeen() {
        accept();
        clock.advance(Duration.ofSeconds(61));
        assertThat(news.missed(changedAt(order.version()))).containsExactly("throughline/reconciled-again");

        accept();
        assertThat(news.missed(changedAt(order.version()))).isEmpty();
    }

    @Test
    void aSaleAtATillIsMissedUntilItsVersionWasRead() {
        Instant sold = clock.instant();
        TillSale sale = SampleTillSales.mugs("S1", sold, 1);
        OrderSource.Changed changed = new OrderSource.Changed(sale.id().key(), sold);
        assertThat(news.missedSale(changed)).isTrue();

        sales.book(sale, clock.instant());

        assertThat(news.missedSale(changed)).isFalse();
        assertThat(news.missedSale(new OrderSource.Changed(sale.id().key(), sold.plusMillis(1))))
                .isTrue();
    }

    @Test
    void openWorkOfAKnownOrderIsLookedAtOnceTheMessagesOfTheChangeShouldHaveCome() {
        clock.advance(Duration.ofSeconds(6));
        accept();
        giveOut(FulfillmentStatus.RELEASED);

        assertThat(news.missed(changedAt(order.version())))
                .as("its messages may still be on their way")
                .isEmpty();
        clock.advance(Duration.ofSeconds(61));
        assertThat(news.missed(changedAt(order.version()))).containsExactly("fulfillments/reconciled");
    }

    @Test
    void aSecondLookAtTheOrderDoesNotSpareTheLookAtItsWork() {
        accept();
        giveOut(FulfillmentStatus.RELEASED);
        clock.advance(Duration.ofSeconds(61));

        assertThat(news.missed(changedAt(order.version())))
                .containsExactly("throughline/reconciled-again", "fulfillments/reconciled");
    }

    @Test
    void anEndedOrderIsLookedAtNoMore() {
        accept();
        orders.advance(order.id(), OrderStatus.CANCELLED, "for the test");
        clock.advance(Duration.ofHours(1));

        assertThat(news.missed(changedAt(order.version()))).isEmpty();
    }

    @Test
    void workThatIsDoneHasNoNews() {
        clock.advance(Duration.ofSeconds(6));
        accept();
        giveOut(FulfillmentStatus.SHIPPED);
        clock.advance(Duration.ofHours(1));

        assertThat(news.missed(changedAt(order.version()))).isEmpty();
    }

    private void accept() {
        orders.hint(order.key(), order.channel(), SamplePolicies.RULES);
        orders.accept(order, PersonalData.none(), clock.instant());
    }

    private void giveOut(FulfillmentStatus status) {
        work.create(
                order.id(), SampleFacilities.WH_EAST, DeliveryMethod.SHIPPING, status, Optional.of("FO-1"), List.of());
    }

    private OrderSource.Changed changedAt(Instant version) {
        return new OrderSource.Changed(order.key(), version);
    }
}
