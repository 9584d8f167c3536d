package io.throughline.activities.returns;

import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static io.throughline.domain.returns.ReturnPolicyBuilder.OPENED;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.Tender;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.MoneyStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The real process of a return, worth 24.42, for which other goods are taken: whatever becomes of them, what it is worth is given once. */
class ExchangedReturnTest {
    private static final String END = "goods INSPECTED, money ENDED";

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void anEvenExchangeGivesNoMoneyBack(boolean inStore) {
        try (ReturnRun run = exchanging(inStore, "24.42")) {
            run.start().receives("L1", 1);
            assertThat(run.retail.intake.taken()).isEmpty();
            run.finds("L1", 1, NEW, Disposition.RESTOCK).newOrderBecomes(OrderStatus.COMPLETED);

            assertThat(run.result()).isEqualTo(END);
            assertThat(run.exchange().status()).isEqualTo(Exchange.Status.EXCHANGED);
            Order taken = run.retail.intake.taken().getFirst();
            assertThat(taken.key().externalId()).isEqualTo("exchange." + run.id);
            assertThat(taken.deliveries())
                    .extracting(Delivery::method)
                    .containsExactly(inStore ? DeliveryMethod.PICKUP : DeliveryMethod.SHIPPING);
            assertThat(taken.tenders()).extracting(ExchangedReturnTest::words).containsExactly("exchange 24.42 USD");
            assertGiven(run, "0.00 USD", "exchange 24.42 USD");
            assertThat(effects(run, "repay")).as("the units are off the order").isEqualTo(1);
            assertThat(effects(run, "tell")).isEqualTo(inStore ? 0 : 1);
            assertThat(run.historyLength()).isLessThanOrEqualTo(90);
        }
    }

    @Test
    void whatIsDearerIsHandedOverOnceItIsPaid() {
        try (ReturnRun run = exchanging(true, "30.00")) {
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the question", () -> run.exchange().status() == Exchange.Status.AWAITS_PAYMENT);
            assertThat(run.exchange().asked().orElseThrow().owed()).hasToString("5.58 USD");
            assertThat(run.retail.intake.taken()).isEmpty();
            run.await("the word", () -> effects(run, "tell") == 1);
            run.pays("5.58").newOrderBecomes(OrderStatus.COMPLETED);

            assertThat(run.result()).isEqualTo(END);
            assertThat(run.retail.intake.taken().getFirst().tenders())
                    .extracting(ExchangedReturnTest::words)
                    .containsExactly("exchange 24.42 USD", "square_card 5.58 USD");
            assertGiven(run, "0.00 USD", "exchange 24.42 USD");
            assertThat(effects(run, "tell")).as("asked to pay").isEqualTo(1);
            assertThat(run.retail.cases.all()).isEmpty();
        }
    }

    @Test
    void whatIsPaidBeforehandIsNotAskedForAgain() {
        try (ReturnRun run = exchanging(true, "30.00")) {
            run.start().pays("5.58").receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.newOrderBecomes(OrderStatus.COMPLETED);

            assertThat(run.result()).isEqualTo(END);
            assertThat(run.exchange().asked()).isEmpty();
            assertGiven(run, "0.00 USD", "exchange 24.42 USD");
        }
    }

    @Test
    void whatIsNotPaidInTimeBecomesAPlainRefund() {
        try (ReturnRun run = exchanging(true, "30.00")) {
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the question", () -> run.exchange().status() == Exchange.Status.AWAITS_PAYMENT);
            run.passes(Duration.ofDays(4));

            assertThat(run.result()).isEqualTo(END);
            assertThat(run.exchange().status()).isEqualTo(Exchange.Status.GIVEN_UP);
            assertThat(run.retail.intake.taken()).isEmpty();
            assertGiven(run, "24.42 USD", "shopify_payments 24.42 USD");
        }
    }

    @Test
    void ofWhatIsCheaperTheRestIsGivenBackOnce() {
        try (ReturnRun run = exchanging(true, "20.00")) {
            run.retail.vendor.losesReply("repay");
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.newOrderBecomes(OrderStatus.COMPLETED);

            assertThat(run.result()).isEqualTo(END);
            assertGiven(run, "4.42 USD", "shopify_payments 4.42 USD", "exchange 20.00 USD");
            assertThat(effects(run, "repay")).isEqualTo(1);
            assertThat(effects(run, "tell")).as("of the rest").isEqualTo(1);
        }
    }

    /** Of two for 20.00 one comes short: it pays for nothing, and is given back with what was over. */
    @Test
    void whatTheNewOrderLacksIsGivenBackOnceByTheTendersOfTheReturn() {
        try (ReturnRun run = ReturnRun.exchanging(true, false, Checkpoints.none(), 2, "10.00")) {
            run.retail.vendor.losesReply("repay");
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.newOrderIsDoneWith(1);

            assertThat(run.result()).isEqualTo(END);
            assertThat(run.exchange().ended().orElseThrow().taken()).hasToString("10.00 USD");
            assertGiven(run, "14.42 USD", "shopify_payments 14.42 USD", "exchange 10.00 USD");
            assertThat(effects(run, "repay")).isEqualTo(1);
        }
    }

    /** One of two for 40.00 is handed over, of which the customer has paid 15.58: the credit pays what that does not. */
    @Test
    void whatTheCustomerHasPaidPaysFirstForWhatWasHandedOver() {
        try (ReturnRun run = ReturnRun.exchanging(true, false, Checkpoints.none(), 2, "20.00")) {
            run.start().pays("15.58").receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.newOrderIsDoneWith(1);

            assertThat(run.result()).isEqualTo(END);
            assertGiven(run, "20.00 USD", "shopify_payments 20.00 USD", "exchange 4.42 USD");
        }
    }

    /** The same whether it was even or cheaper: nothing had been given back before. */
    @ParameterizedTest
    @CsvSource({"24.42,CANCELLED", "20.00,CANCELLED", "24.42,REJECTED"})
    void whatIsCancelledAfterwardsIsGivenBackAsMoneyOnce(String price, OrderStatus end) {
        try (ReturnRun run = exchanging(true, price)) {
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.newOrderBecomes(end);

            assertThat(run.result()).isEqualTo(END);
            assertThat(run.exchange().status()).isEqualTo(Exchange.Status.GIVEN_UP);
            assertGiven(run, "24.42 USD", "shopify_payments 24.42 USD");
            assertThat(effects(run, "repay")).isEqualTo(1);
        }
    }

    @Test
    void whatIsWorthLessThanExpectedIsOwedAndACase() {
        try (ReturnRun run = exchanging(true, "24.42")) {
            run.start().receives("L1", 1).finds("L1", 1, OPENED, Disposition.RESTOCK);
            run.await("the case", () -> open(run, FailureCode.EXCHANGE_OWED));
            assertThat(run.exchange().asked().orElseThrow().owed()).hasToString("2.44 USD");
            run.pays("2.44").newOrderBecomes(OrderStatus.COMPLETED);

            assertThat(run.result()).isEqualTo(END);
            assertThat(run.retail.cases.open()).as("it closes by itself").isEmpty();
            assertGiven(run, "0.00 USD", "exchange 21.98 USD");
        }
    }

    @Test
    void whoDoesNotWantToWaitForThePaymentGivesTheMoneyBack() {
        try (ReturnRun run = exchanging(true, "24.42")) {
            run.start().receives("L1", 1).finds("L1", 1, OPENED, Disposition.RESTOCK);
            run.decides(FailureCode.EXCHANGE_OWED, Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo(END);
            assertGiven(run, "21.98 USD", "shopify_payments 21.98 USD");
        }
    }

    @Test
    void aCaseThatNobodyAnswersEndsWithTheTimeToPay() {
        try (ReturnRun run = exchanging(true, "24.42")) {
            run.start().receives("L1", 1).finds("L1", 1, OPENED, Disposition.RESTOCK);
            run.await("the case", () -> open(run, FailureCode.EXCHANGE_OWED));
            run.passes(Duration.ofDays(4));

            assertThat(run.result()).isEqualTo(END);
            assertThat(run.retail.cases.open()).isEmpty();
            assertGiven(run, "21.98 USD", "shopify_payments 21.98 USD");
        }
    }

    @Test
    void whatNeverArrivesFreesWhatWasKeptForIt() {
        try (ReturnRun run = exchanging(false, "24.42")) {
            run.start().passes(Duration.ofDays(2));
            run.await("the end of it", () -> run.exchange().status() == Exchange.Status.GIVEN_UP);
            run.decides(FailureCode.RETURN_OVERDUE, Action.ACCEPT_DIFFERENCE);

            assertThat(run.result()).isEqualTo(END);
            assertThat(run.retail.intake.taken()).isEmpty();
            assertThat(effects(run, "repay")).isZero();
        }
    }

    @Test
    void whatIsNotKeptAnyMoreBecomesAPlainRefund() {
        try (ReturnRun run = exchanging(true, "24.42")) {
            run.retail.baskets.release(run.exchange().basket());
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertThat(run.result()).isEqualTo(END);
            assertGiven(run, "24.42 USD", "shopify_payments 24.42 USD");
        }
    }

    @Test
    void whatSomebodyHasGivenBackAtTheChannelPaysForNothing() {
        try (ReturnRun run = exchanging(true, "24.42")) {
            run.retail.shop.refundsByHand(run.order.key(), "L1", 1, Money.of("24.42", run.order.currency()));
            run.retail.orders.accept(
                    run.retail.shop.read(run.order.key()).orElseThrow().order(),
                    PersonalData.none(),
                    run.order.placedAt().plus(Duration.ofDays(30)));
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);

            assertThat(run.result()).isEqualTo(END);
            assertThat(run.exchange().status()).isEqualTo(Exchange.Status.GIVEN_UP);
            assertThat(run.retail.intake.taken()).isEmpty();
            assertThat(effects(run, "repay")).isZero();
            assertGiven(run, "24.42 USD", "shopify_payments 24.42 USD");
        }
    }

    @Test
    void inAdvanceTheNewOrderDoesNotWaitForTheGoods() {
        try (ReturnRun run = ReturnRun.exchanging(false, true, Checkpoints.none(), "24.42")) {
            run.start().newOrderBecomes(OrderStatus.COMPLETED);
            run.await("the end of the money", () -> run.returned().money() == MoneyStatus.ENDED);
            assertGiven(run, "0.00 USD", "exchange 24.42 USD");
            run.passes(Duration.ofDays(2));

            run.await("the debt", () -> open(run, FailureCode.RETURN_OVERDUE));
            run.receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            assertThat(run.result()).isEqualTo(END);
            assertThat(run.retail.intake.taken()).hasSize(1);
        }
    }

    @Test
    void aRunThatIsStartedAgainHandsNothingOverTwice() {
        try (ReturnRun run = exchanging(true, "20.00")) {
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.await("the new order", () -> !run.retail.intake.taken().isEmpty());
            run.startAgain().newOrderBecomes(OrderStatus.COMPLETED);

            assertThat(run.result()).isEqualTo(END);
            assertThat(run.retail.intake.taken()).hasSize(1);
            assertGiven(run, "4.42 USD", "shopify_payments 4.42 USD", "exchange 20.00 USD");
        }
    }

    static Stream<String> deaths() {
        return Stream.of(Checkpoints.Point.values())
                .flatMap(point -> Stream.of("refund", "credit", "settle").map(operation -> point + " " + operation));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aProcessThatDiesAtANamedPointGivesNothingTwice(String where) {
        AtomicBoolean died = new AtomicBoolean();
        Checkpoints checkpoints = (point, system, operation) -> {
            if (where.equals(point + " " + operation) && died.compareAndSet(false, true)) {
                throw new Died();
            }
        };
        try (ReturnRun run = ReturnRun.exchanging(true, false, checkpoints, "20.00")) {
            run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
            run.newOrderBecomes(OrderStatus.COMPLETED);

            assertThat(run.result()).isEqualTo(END);
            assertThat(died).isTrue();
            assertGiven(run, "4.42 USD", "shopify_payments 4.42 USD", "exchange 20.00 USD");
        }
    }

    private static ReturnRun exchanging(boolean inStore, String price) {
        return ReturnRun.exchanging(inStore, false, Checkpoints.none(), price);
    }

    private static boolean open(ReturnRun run, FailureCode code) {
        return run.retail.cases.open().stream().anyMatch(one -> one.code() == code);
    }

    /** What the channel has given back, and what the books tell to be paid out of the credit note, which comes to its total. */
    private static void assertGiven(ReturnRun run, String atChannel, String... inBooks) {
        assertThat(run.retail.orders.find(run.order.id()).orElseThrow().refunded())
                .hasToString(atChannel);
        List<CustomerPayment> payments = run.retail.erp.payments();
        assertThat(payments)
                .extracting(payment -> payment.gateway() + " " + payment.amount())
                .containsExactlyInAnyOrder(inBooks);
        assertThat(payments.stream().map(CustomerPayment::amount).reduce((one, other) -> one.plus(other)))
                .contains(
                        run.retail.erp.invoice(run.id + "/credit-note").total().negated());
    }

    private static long effects(ReturnRun run, String operation) {
        return run.retail.vendor.effects().stream()
                .filter(effect -> effect.startsWith(operation + " "))
                .count();
    }

    private static String words(Tender tender) {
        return tender.gateway() + " " + tender.amount().shop();
    }

    /** As if the process had been killed. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
