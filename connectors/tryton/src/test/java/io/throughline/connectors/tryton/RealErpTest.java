package io.throughline.connectors.tryton;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The contract against a real Tryton server, installed, set up and started by {@code real/tryton.sh}. */
@Tag("real-erp")
@TestInstance(Lifecycle.PER_CLASS)
class RealErpTest extends ErpContract {
    private RealTryton tryton;

    @BeforeAll
    void start() throws Exception {
        tryton = RealTryton.start();
    }

    @AfterAll
    void stop() throws Exception {
        if (tryton != null) {
            tryton.stop();
        }
    }

    @Override
    ErpUnderTest erpUnderTest() {
        return tryton;
    }
}
