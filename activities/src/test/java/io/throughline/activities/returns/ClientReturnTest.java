package io.throughline.activities.returns;

import static io.throughline.domain.returns.ReturnPolicyBuilder.NEW;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.CustomerPayment;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.returns.ClientRefunds;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.MoneyStatus;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a REST client has sold comes back: it is asked once to give back what it has taken, and nothing is booked before it says that it has. */
class ClientReturnTest {
    @Test
    void itIsAskedAndTheBooksWaitForItsWord() {
        try (ReturnRun run = ReturnRun.ofClient(Checkpoints.none())) {
            asked(run);

            assertThat(run.returned().money()).isEqualTo(MoneyStatus.ISSUED);
            assertThat(run.retail.orders.find(run.order.id()).orElseThrow().quantity("L1"))
                    .isEqualTo(1);
            assertThat(run.retail.erp.payments()).noneMatch(CustomerPayment::isRefund);

            told(run, true);

            assertEnded(run);
            assertThat(run.retail.cases.all()).isEmpty();
            assertThat(run.retail.orders.find(run.order.id()).orElseThrow().paymentStatus())
                    .isEqualTo(PaymentStatus.PARTIALLY_REFUNDED);
            assertThat(run.retail.erp.invoice(run.id + "/credit-note").total()).hasToString("-25.00 USD");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aProcessThatDiesWhileItAsksAsksNothingTwice(Checkpoints.Point where) {
        AtomicBoolean died = new AtomicBoolean();
        Checkpoints checkpoints = (point, system, operation) -> {
            if (point == where && (system + " " + operation).equals("REST refund") && died.compareAndSet(false, true)) {
                throw new Died();
            }
        };
        try (ReturnRun run = ReturnRun.ofClient(checkpoints)) {
            asked(run);
            told(run, true);

            assertEnded(run);
            assertThat(died).isTrue();
        }
    }

    @Test
    void aRunThatBeginsAnewAsksNothingTwice() {
        try (ReturnRun run = ReturnRun.ofClient(Checkpoints.none())) {
            asked(run);
            run.startAgain();
            told(run, true);

            assertEnded(run);
        }
    }

    @Test
    void whatItCouldNotGiveIsAskedForAnewByAPersonsWord() {
        try (ReturnRun run = ReturnRun.ofClient(Checkpoints.none())) {
            asked(run);
            told(run, false);
            run.decides(FailureCode.REFUND_MISSING, Action.RETRY);
            run.await(
                    "the second refund",
                    () -> run.retail.clientRefunds.by(run.id).size() == 2
                            && run.returned().money() == MoneyStatus.ISSUED);
            told(run, true);

            assertThat(run.result()).isEqualTo("goods INSPECTED, money ENDED");
            assertThat(run.retail.clientRefunds.by(run.id))
                    .extracting(asked -> asked.refund().transaction("paid-1"))
                    .containsExactly(run.id + "/paid-1", run.id + "/2/paid-1");
            assertThat(run.retail.erp.payments())
                    .filteredOn(CustomerPayment::isRefund)
                    .hasSize(1);
            assertThat(run.retail.orders.find(run.order.id()).orElseThrow().quantity("L1"))
                    .as("its units are off the order once")
                    .isEqualTo(1);
        }
    }

    private static void asked(ReturnRun run) {
        run.start().receives("L1", 1).finds("L1", 1, NEW, Disposition.RESTOCK);
        run.await("what its client is asked", () -> run.returned().money() == MoneyStatus.ISSUED);
    }

    private static void told(ReturnRun run, boolean given) {
        run.retail.clientRefunds.tell(run.order.id(), "paid-1", given);
        run.wake("return");
    }

    private static void assertEnded(ReturnRun run) {
        assertThat(run.result()).isEqualTo("goods INSPECTED, money ENDED");
        assertThat(run.retail.clientRefunds.by(run.id))
                .extracting(ClientRefunds.Asked::refund)
                .singleElement()
                .satisfies(refund -> {
                    assertThat(refund.reference()).isEqualTo(run.id.value());
                    assertThat(run.issued().transactions()).containsValue(refund.transaction("paid-1"));
                });
        assertThat(run.retail.erp.payments())
                .filteredOn(CustomerPayment::isRefund)
                .extracting(payment -> payment.gateway() + " " + payment.amount())
                .containsExactly("external 25.00 USD");
        assertThat(run.retail.cases.open()).isEmpty();
    }

    /** As if the process had been killed. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
