package io.throughline.activities.returns;

import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.activities.marketplace.MarketplaceRefunds;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.marketplace.MarketplaceRefund;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundGateway;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a marketplace has sold comes back: it is told once to give its buyer the money back, and owes us that much less. */
class MarketplaceReturnTest {
    @Test
    void itIsToldWhatItsBuyerGetsAndTheBooksTakeThatOffWhatItOwes() {
        try (ReturnRun run = ReturnRun.ofMarketplace(Checkpoints.none())) {
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run);
            assertThat(run.retail.cases.all()).isEmpty();
            assertThat(run.retail.orders.find(run.order.id()).orElseThrow()).satisfies(now -> {
                assertThat(now.quantity("L1")).isEqualTo(1);
                assertThat(now.paymentStatus()).isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
            });
            assertThat(run.retail.erp.invoice(run.id + "/credit-note").total()).hasToString("-25.00 USD");
            assertThat(run.retail.erp.payments())
                    .filteredOn(CustomerPayment::isRefund)
                    .extracting(payment -> payment.gateway() + " " + payment.amount())
                    .containsExactly("bazaar 25.00 USD");
            assertThat(run.historyLength()).isLessThanOrEqualTo(70);
            assertThat(run.waitingFor()).contains("**Refund:** 25.00 USD bazaar, refund ");
        }
    }

    @Test
    void whereItsReplyIsLostItIsLookedForAndNotToldAgain() {
        try (ReturnRun run = ReturnRun.ofMarketplace(Checkpoints.none())) {
            run.retail.vendor.losesReply("repay");
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run);
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProcessThatDiesWhileItTellsTellsNothingTwice(Checkpoints.Point where) {
        AtomicBoolean died = new AtomicBoolean();
        Checkpoints checkpoints = (point, system, operation) -> {
            if (point == where
                    && (system + " " + operation).equals("MARKETPLACE refund")
                    && died.compareAndSet(false, true)) {
                throw new Died();
            }
        };
        try (ReturnRun run = ReturnRun.ofMarketplace(checkpoints)) {
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertEnded(run);
            assertThat(died).isTrue();
        }
    }

    @Test
    void aRunThatBeginsAnewEndsTheSame() {
        try (ReturnRun run = ReturnRun.ofMarketplace(Checkpoints.none())) {
            run.start().receives("L1", 1);
            run.startAgain().finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the refund", () -> run.returned().repayment().isPresent());
            run.startAgain();

            assertEnded(run);
        }
    }

    /** What it has sold for is its word against ours: a person decides before any money moves. */
    @Test
    void whatItHasSoldForAnotherPriceIsAQuestion() {
        try (ReturnRun run = ReturnRun.ofMarketplace(Checkpoints.none())) {
            run.retail.marketplace.hasSoldFor(price -> price.plus(Money.of("1.00", CurrencyCode.of("USD"))));
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("a case", () -> !run.retail.cases.open().isEmpty());

            assertThat(run.retail.cases.open()).extracting(Case::code).containsExactly(FailureCode.REFUND_DIFFERS);
            assertThat(run.retail.marketplace.refunds()).isEmpty();
            run.decides(FailureCode.REFUND_DIFFERS, Action.ACCEPT_DIFFERENCE);
            assertEnded(run);
        }
    }

    @Test
    void whatItRefusesToGiveBackIsAQuestion() {
        try (ReturnRun run = ReturnRun.ofMarketplace(Checkpoints.none())) {
            run.retail.vendor.refuses("repay", FailureCode.CHANNEL_REFUSED, "422 REFUND_WRONG");
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            run.decides(FailureCode.REFUND_REFUSED, Action.RETRY);
            assertEnded(run);
        }
    }

    /** The order is told with the name that was kept: by another one, its refund would be waited for in vain. */
    @Test
    void whatItNamesOtherwiseLaterKeepsItsFirstName() {
        try (ReturnRun run = ReturnRun.ofMarketplace(Checkpoints.none())) {
            MoneyBag amount = MoneyBag.of(Money.of("25.00", CurrencyCode.of("USD")));
            RefundGateway.Claim claim = new RefundGateway.Claim(
                    run.order.key(),
                    run.id.value(),
                    List.of(new LineQuantity("L1", SampleOrders.TEE, 1)),
                    MoneyBag.of(Money.zero(CurrencyCode.of("USD"))),
                    List.of(new Refund.ToTender("paid-MP-1", "bazaar", amount)));
            run.retail.marketplaceOrders.refunded(
                    run.order.id(),
                    new MarketplaceRefund(
                            "MR-FIRST",
                            claim.reference(),
                            claim.units(),
                            List.of(new MarketplaceRefund.Part("paid-MP-1", amount)),
                            Instant.EPOCH));

            Reply reply = new MarketplaceRefunds(
                            run.retail.marketplace, run.retail.marketplaceOrders, Clock.systemUTC())
                    .refund(claim, "k-1");

            assertThat(reply)
                    .isEqualTo(Reply.done(new Receipt(
                            "MR-FIRST", Map.of(RefundGateway.ofPayment("paid-MP-1"), "MR-FIRST/paid-MP-1"))));
        }
    }

    private static void assertEnded(ReturnRun run) {
        assertThat(run.result()).isEqualTo("goods INSPECTED, money ENDED");
        assertThat(run.retail.vendor.effects()).containsOnlyOnce("repay " + run.id);
        assertThat(run.retail.marketplaceOrders.refunds(run.order.id()))
                .singleElement()
                .satisfies(refund -> {
                    assertThat(refund.reference()).isEqualTo(run.id.value());
                    assertThat(run.issued().transactions()).containsValue(refund.transaction("paid-MP-1"));
                });
        assertThat(run.retail.marketplace.refunds())
                .extracting(refund -> refund.reference() + " " + refund.amount())
                .isEqualTo(List.of(run.id + " 25.00 USD"));
        assertThat(run.retail.cases.open()).isEmpty();
    }

    /** As if the process had been killed. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
