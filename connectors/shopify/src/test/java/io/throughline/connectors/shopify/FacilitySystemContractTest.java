package io.throughline.connectors.shopify;

import io.throughline.domain.failure.Trouble;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FacilitySystem.Work;
import io.throughline.domain.fulfillment.FacilitySystemContract;
import io.throughline.domain.fulfillment.FacilitySystemUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class FacilitySystemContractTest extends FacilitySystemContract {
    private static TestingSandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = TestingSandbox.start();
        sandbox.script("WH-EAST", "manual");
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Override
    protected FacilitySystemUnderTest underTest() {
        return new Warehouses(sandbox);
    }

    /** The third-party warehouses of the sandbox's shop. */
    private static final class Warehouses extends ShopUnderTest implements FacilitySystemUnderTest {
        Warehouses(TestingSandbox sandbox) {
            super(sandbox);
        }

        private static final String SUBMIT = "fulfillmentOrderSubmitFulfillmentRequest";

        @Override
        public FacilitySystem system() {
            return sandbox.connector().warehouses();
        }

        @Override
        public FacilitySystem unreachable() {
            return sandbox.unreachable().warehouses();
        }

        @Override
        public Work planned() {
            return sandbox.planned();
        }

        @Override
        public Work unknown() {
            return SampleShops.unknown(planned());
        }

        @Override
        public void acknowledges(Work released) {
            sandbox.warehouse(reference(released), "accept");
        }

        @Override
        public void ships(Work released) {
            sandbox.warehouse(reference(released), "ship");
        }

        @Override
        public void rejects(Work released) {
            sandbox.warehouse(reference(released), "reject");
        }

        private static String reference(Work released) {
            return released.workReference().orElseThrow();
        }

        @Override
        public long timesGiven(Work work) {
            String given = work.channelWork().orElseThrow() + ":";
            return sandbox.effects(SUBMIT).stream()
                    .filter(effect -> effect.path("key").asText().startsWith(given))
                    .count();
        }

        @Override
        public void meetsAtRelease(Trouble trouble) {
            sandbox.fault(SUBMIT, trouble);
        }

        @Override
        public void meetsAtRecall(Trouble trouble) {
            sandbox.fault("fulfillmentOrderCancel", trouble);
        }
    }
}
