package io.throughline.activities.finance;

import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.TestingRetail;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Exchange;
import io.throughline.workflows.call.StepResult;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two tees that were taken in exchange, of which one is called off and the books are closed; then the order is ended all the same. */
class ExchangedCreditTest {
    private static final Money CREDIT = Money.of("52.01", CurrencyCode.of("USD"));

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-24T04:00:00Z"));
    private final TestingRetail retail = TestingRetail.quiet(clock);
    private final Order order = new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "exchange.O-7K2M9Q4XTA-R1"), "USD")
            .line(TEE, 2, "50.00", OrderBuilder.tax("NY State", "2.01"))
            .destination("US", 40.7, -74.0)
            .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.empty())
            .tender("exchange", Tender.Kind.SALE, Tender.Status.SUCCESS, "exchange", "52.01", Optional.empty())
            .build();

    @BeforeEach
    void oneIsHandedOverAndTheBooksAreClosed() {
        retail.hears(order);
        assertThat(retail.channel.accept(order.id())).isEqualTo(StepResult.done());
        FulfillmentOrder leg = handedOver();
        retail.finance.announce(order.id());
        retail.finance.invoice(leg.id());
        assertThat(retail.finance.settle(order.id())).isEqualTo(StepResult.done());
        retail.orders.requestCancel(order.id(), "ada", "by telephone");
    }

    @Test
    void whatIsLeftOfTheCreditGoesBackOnce() {
        retail.finance.reverse(order.id());
        retail.finance.reverse(order.id());

        assertThat(wentBack()).isEqualTo(CREDIT);
        assertThat(retail.erp.net(SampleAccounts.ERP, order.id(), references()))
                .doesNotContainKey(LedgerAccount.clearing(Exchange.GATEWAY));
    }

    /** A store tells late that it had handed the other one over, too: by the work, nothing of the credit is left, but the books were told of a half. */
    @Test
    void whatTheBooksWereToldToBeLeftGoesBackNoSecondTime() {
        handedOver();

        retail.finance.reverse(order.id());

        assertThat(wentBack()).isEqualTo(CREDIT);
    }

    private Money wentBack() {
        return Money.sum(
                CREDIT.currency(),
                retail.erp.payments().stream()
                        .filter(CustomerPayment::isRefund)
                        .map(CustomerPayment::amount)
                        .toList());
    }

    private List<String> references() {
        return retail.journals.of(order.id()).stream()
                .map(posting -> posting.journal().reference())
                .toList();
    }

    private FulfillmentOrder handedOver() {
        return retail.work.create(
                order.id(),
                SampleFacilities.WH_EAST,
                DeliveryMethod.SHIPPING,
                FulfillmentStatus.SHIPPED,
                Optional.empty(),
                List.of(new LineQuantity("L1", TEE, 1)));
    }
}
