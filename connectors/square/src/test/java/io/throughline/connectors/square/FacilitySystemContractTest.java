package io.throughline.connectors.square;

import io.throughline.domain.failure.Trouble;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FacilitySystem.Work;
import io.throughline.domain.fulfillment.FacilitySystemContract;
import io.throughline.domain.fulfillment.FacilitySystemUnderTest;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;

final class FacilitySystemContractTest extends FacilitySystemContract {
    @AutoClose
    private static final TestingStores testing = new TestingStores();

    @Override
    protected FacilitySystemUnderTest underTest() {
        return new Stores(testing);
    }

    /** The stores of the sandbox's merchant. A release is complete, and seen by the store, when its order is paid. */
    private static final class Stores extends TillsUnderTest implements FacilitySystemUnderTest {
        Stores(TestingStores testing) {
            super(testing);
        }

        private static final AtomicInteger NUMBERS = new AtomicInteger();

        @Override
        public FacilitySystem system() {
            return testing.square.stores();
        }

        @Override
        public FacilitySystem unreachable() {
            return testing.unreachable.stores();
        }

        @Override
        public Work planned() {
            return testing.work(NUMBERS.incrementAndGet(), DeliveryMethod.SHIPPING);
        }

        @Override
        public Work unknown() {
            return planned();
        }

        @Override
        public void acknowledges(Work released) {
            testing.staff(released, "acknowledge");
        }

        @Override
        public void ships(Work released) {
            testing.staff(released, "prepare");
            testing.staff(released, "complete");
        }

        @Override
        public void rejects(Work released) {
            testing.staff(released, "reject");
        }

        @Override
        public long timesGiven(Work work) {
            return testing.effects(TestingStores.CREATE).stream()
                    .map(effect -> effect.path("detail").path("reference").asText())
                    .filter(work.id().value()::equals)
                    .count();
        }

        @Override
        public void meetsAtRelease(Trouble trouble) {
            testing.fault(TestingStores.PAY, trouble);
        }

        @Override
        public void meetsAtRecall(Trouble trouble) {
            testing.fault(TestingStores.UPDATE, trouble);
        }
    }
}
