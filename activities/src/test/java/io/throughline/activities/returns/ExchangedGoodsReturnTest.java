package io.throughline.activities.returns;

import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.PassedOn;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Goods that were taken in exchange come back: what a credit had paid of them goes back to what that was made of, the rest to who had taken it. */
class ExchangedGoodsReturnTest {
    @Test
    void theCreditGoesBackAtTheShopAndTheRestIsAskedFor() {
        try (ReturnRun run = ReturnRun.ofExchanged(Checkpoints.none())) {
            asked(run);
            assertThat(run.returned().money()).isEqualTo(MoneyStatus.ISSUED);
            told(run);

            assertEnded(run);
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProcessThatDiesWhileItPassesOnGivesNothingTwice(Checkpoints.Point where) {
        AtomicBoolean died = new AtomicBoolean();
        Checkpoints checkpoints = (point, system, operation) -> {
            if (point == where
                    && (system + " " + operation).equals("SHOPIFY pass-on")
                    && died.compareAndSet(false, true)) {
                throw new Died();
            }
        };
        try (ReturnRun run = ReturnRun.ofExchanged(checkpoints)) {
            asked(run);
            told(run);

            assertEnded(run);
            assertThat(died).isTrue();
        }
    }

    @Test
    void whereTheShopsReplyIsLostItIsLookedForAndNotGivenAgain() {
        try (ReturnRun run = ReturnRun.ofExchanged(Checkpoints.none())) {
            run.retail.vendor.losesReply("repay");
            asked(run);
            told(run);

            assertEnded(run);
        }
    }

    /** Nothing is asked of anybody else before it is settled. */
    @Test
    void whatTheShopRefusesIsAQuestion() {
        try (ReturnRun run = ReturnRun.ofExchanged(Checkpoints.none())) {
            run.retail.vendor.refuses("repay", FailureCode.CHANNEL_REFUSED, "not so much is left");
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("a case", () -> !run.retail.cases.open().isEmpty());
            assertThat(run.retail.clientRefunds.by(run.id)).isEmpty();

            run.decides(FailureCode.REFUND_REFUSED, Action.RETRY);
            run.await("what its client is asked", () -> run.returned().money() == MoneyStatus.ISSUED);
            told(run);
            assertEnded(run);
        }
    }

    /** While ours was under way it might have been ours: nobody looked then. */
    @Test
    void whatSomebodyElseGivesBackAtTheShopMeanwhileIsToldOnce() {
        try (ReturnRun run = ReturnRun.ofExchanged(Checkpoints.none())) {
            run.retail.vendor.refuses("repay", FailureCode.CHANNEL_REFUSED, "not so much is left");
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("a case", () -> !run.retail.cases.open().isEmpty());
            OrderKey sold = run.retail.passedOn.by(run.id).getFirst().order();
            run.retail.shop.refundsByHand(sold, "L1", 0, usd("3.00"));

            run.decides(FailureCode.REFUND_REFUSED, Action.RETRY);
            run.await("what its client is asked", () -> run.returned().money() == MoneyStatus.ISSUED);
            told(run);

            assertThat(run.result()).isEqualTo("goods INSPECTED, money ENDED");
            assertThat(ofOrder(run, sold)).singleElement().satisfies(told -> {
                assertThat(told.code()).isEqualTo(FailureCode.CHANGED_AFTER_SHIPMENT);
                assertThat(told.detail()).startsWith("3.00 USD was given back at the channel");
            });
        }
    }

    /** Its process has confirmed the refund and looks no more. */
    @Test
    void whatFailsAtTheShopAfterTheReturnIsDoneWithIsTold() {
        try (ReturnRun run = ReturnRun.ofExchanged(Checkpoints.none())) {
            asked(run);
            told(run);
            assertEnded(run);
            OrderKey sold = run.retail.passedOn.by(run.id).getFirst().order();

            run.retail.shop.takesBackItsWord(sold);
            run.retail.channel.accept(OrderId.of(sold));

            assertThat(ofOrder(run, sold))
                    .singleElement()
                    .satisfies(told -> assertThat(told.code()).isEqualTo(FailureCode.CHANGED_AFTER_SHIPMENT));
        }
    }

    private static List<Case> ofOrder(ReturnRun run, OrderKey order) {
        return run.retail.cases.all().stream()
                .filter(one -> one.subject().equals(OrderId.of(order).value()))
                .toList();
    }

    private static void asked(ReturnRun run) {
        run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
        run.await("what its client is asked", () -> run.returned().money() == MoneyStatus.ISSUED);
    }

    private static void told(ReturnRun run) {
        run.retail.clientRefunds.tell(run.order.id(), "pay-1", true);
        run.wake("return");
    }

    private static void assertEnded(ReturnRun run) {
        assertThat(run.result()).isEqualTo("goods INSPECTED, money ENDED");
        assertThat(run.retail.passedOn.by(run.id)).singleElement().satisfies(part -> {
            assertThat(part.part().amount().shop()).hasToString("20.00 USD");
            assertThat(part.transaction()).isPresent();
        });
        assertThat(run.retail.vendor.effects()).containsOnlyOnce("repay " + run.id);
        PassedOn part = run.retail.passedOn.by(run.id).getFirst();
        Order sold = run.retail.orders.find(OrderId.of(part.order())).orElseThrow();
        assertThat(sold.tenders())
                .filteredOn(tender -> tender.kind() == Tender.Kind.REFUND)
                .singleElement()
                .satisfies(refund -> assertThat(refund.amount().shop()).hasToString("20.00 USD"));
        assertThat(sold.quantity("L1"))
                .as("no unit of the first order comes back by it")
                .isEqualTo(2);
        assertThat(run.retail.erp.payments())
                .filteredOn(CustomerPayment::isRefund)
                .extracting(payment -> payment.gateway() + " " + payment.amount())
                .containsExactlyInAnyOrder("external 5.00 USD", "shopify_payments 20.00 USD");
        assertThat(run.retail.cases.open()).isEmpty();
    }

    private static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }

    /** As if the process had been killed. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
