package io.throughline.connectors.shopify;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.StockReports;
import io.throughline.domain.inventory.StockReportsContract;
import io.throughline.domain.inventory.StockReportsUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class StockReportsContractTest extends StockReportsContract {
    private static TestingSandbox sandbox;

    @BeforeAll
    static void start() {
        sandbox = TestingSandbox.start();
    }

    @AfterAll
    static void stop() {
        sandbox.close();
    }

    @Override
    protected StockReportsUnderTest underTest() {
        return new Shop(sandbox);
    }

    private record Shop(TestingSandbox sandbox) implements StockReportsUnderTest {
        @Override
        public StockReports reports() {
            return sandbox.connector().stockReports();
        }

        @Override
        public StockReports unreachable() {
            return sandbox.unreachable().stockReports();
        }

        @Override
        public AccountId account() {
            return SampleShops.NORTHWIND;
        }

        @Override
        public FacilityId facility() {
            return new FacilityId("WH-EAST");
        }

        @Override
        public void countMugs(int units) {
            sandbox.control(
                    "PUT",
                    "/shopify/" + SampleShops.DOMAIN + "/inventory",
                    "{\"sku\":\"NW-MUG-RED\",\"facility\":\"WH-EAST\",\"available\":" + units + "}",
                    200);
        }

        @Override
        public void meetsNext(Trouble trouble) {
            sandbox.fault("*", trouble);
        }

        @Override
        public void noMoreTrouble() {
            sandbox.noMoreFaults();
        }
    }
}
