package io.throughline.activities;

import static io.throughline.activities.TestingOrderRuns.SHIPPED_EFFECTS;
import static io.throughline.activities.TestingOrderRuns.assertCompleted;
import static io.throughline.activities.TestingOrderRuns.ship;
import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.activities.call.Checkpoints;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.order.SampleOrders;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real process over the real steps: what goes wrong outside or inside never loses an order and never does a thing twice. */
class OrderRecoveryTest {
    static Stream<String> operations() {
        return SHIPPED_EFFECTS.stream();
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aLostReplyIsFoundAgain(String operation) {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.losesReply(operation);
            ship(run.start());

            assertCompleted(run, SHIPPED_EFFECTS);
        }
    }

    @ParameterizedTest
    @MethodSource("operations")
    void aLostReplyIsFoundAgainEvenWhenTheVendorHasForgottenItsKey(String operation) {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.losesReply(operation);
            ship(run.start());
            run.retail.vendor.forgetsKeys();

            assertCompleted(run, SHIPPED_EFFECTS);
        }
    }

    static Stream<String> deaths() {
        return Stream.of(Checkpoints.Point.values())
                .flatMap(point -> Stream.concat(SHIPPED_EFFECTS.stream(), Stream.of("settle"))
                        .map(operation -> point + " " + operation));
    }

    @ParameterizedTest
    @MethodSource("deaths")
    void aProcessThatDiesAtANamedPointLosesNothingAndRepeatsNothing(String where) {
        AtomicBoolean died = new AtomicBoolean();
        Checkpoints checkpoints = (point, system, operation) -> {
            if (where.equals(point + " " + operation) && died.compareAndSet(false, true)) {
                throw new Died();
            }
        };
        try (OrderRun run = new OrderRun(SampleOrders.authorisedOnly(), checkpoints)) {
            ship(run.start());

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(died).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRunThatIsStartedAgainAfterAnyEffectEndsTheSame(int after) {
        AtomicInteger committed = new AtomicInteger();
        Checkpoints counting = (point, system, operation) -> {
            if (point == Checkpoints.Point.AFTER_COMMIT) {
                committed.incrementAndGet();
            }
        };
        try (OrderRun run = new OrderRun(SampleOrders.authorisedOnly(), counting)) {
            run.start().await("the first effect", () -> committed.get() >= Math.min(after, 2));
            if (after <= 2) {
                run.startAgain();
            }
            run.reports(1, FulfillmentStatus.SHIPPED);
            run.await("so many effects", () -> committed.get() >= after || !run.running());
            run.startAgain();

            assertCompleted(run, SHIPPED_EFFECTS);
        }
    }

    @Test
    void anOutageOpensACaseThatClosesByItselfWhenItIsOver() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.goesDown("announce");
            run.start().passes(Duration.ofMinutes(10));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            assertThat(run.retail.cases.open().getFirst().code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
            run.await("shown", () -> run.waitingFor().contains("erp.announce"));
            run.retail.vendor.comesBack();
            ship(run);

            assertCompleted(run, SHIPPED_EFFECTS);
            assertThat(run.retail.cases.all()).singleElement().matches(one -> one.status() == CaseStatus.CLOSED);
        }
    }

    @Test
    void aFacilityThatCanNotBeReadOpensACaseThatClosesByItself() {
        try (OrderRun run = OrderRun.of(SampleOrders.authorisedOnly())) {
            run.retail.vendor.goesDown("read work");
            run.start().reports(1, FulfillmentStatus.SHIPPED).passes(Duration.ofMinutes(10));
            run.await("the case", () -> run.retail.cases.open().size() == 1);
            run.retail.vendor.comesBack();

            assertCompleted(run, SHIPPED_EFFECTS);
        }
    }

    /** What a killed process does: it says nothing any more. */
    private static final class Died extends Error {
        private static final long serialVersionUID = 1L;
    }
}
