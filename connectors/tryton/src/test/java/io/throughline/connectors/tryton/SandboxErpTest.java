package io.throughline.connectors.tryton;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The contract against the stand-in. */
@TestInstance(Lifecycle.PER_CLASS)
class SandboxErpTest extends ErpContract {
    private final SandboxTryton tryton = new SandboxTryton();

    @AfterAll
    void stop() {
        tryton.close();
    }

    @Override
    ErpUnderTest erpUnderTest() {
        return tryton;
    }
}
