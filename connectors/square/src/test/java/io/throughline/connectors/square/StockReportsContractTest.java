package io.throughline.connectors.square;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.StockReports;
import io.throughline.domain.inventory.StockReportsContract;
import io.throughline.domain.inventory.StockReportsUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class StockReportsContractTest extends StockReportsContract {
    private static TestingStores testing;

    @BeforeAll
    static void start() {
        testing = new TestingStores();
    }

    @AfterAll
    static void stop() {
        testing.close();
    }

    @Override
    protected StockReportsUnderTest underTest() {
        return new Tills(testing);
    }

    private record Tills(TestingStores testing) implements StockReportsUnderTest {
        @Override
        public StockReports reports() {
            return testing.square.stockReports();
        }

        @Override
        public StockReports unreachable() {
            return testing.unreachable.stockReports();
        }

        @Override
        public AccountId account() {
            return TestingStores.POS;
        }

        @Override
        public FacilityId facility() {
            return new FacilityId("ST-HARBOR");
        }

        @Override
        public void countMugs(int units) {
            testing.control(
                    "POST",
                    "/square/adjustments",
                    "{\"location\":\"LHARBOR\",\"sku\":\"NW-MUG-RED\",\"counted\":" + units + "}");
        }

        @Override
        public void meetsNext(Trouble trouble) {
            testing.fault("*", trouble);
        }

        @Override
        public void noMoreTrouble() {
            testing.noMoreFaults();
        }
    }
}
