package io.throughline.connectors.square;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.StockReports;
import io.throughline.domain.inventory.StockReportsContract;
import io.throughline.domain.inventory.StockReportsUnderTest;
import org.junit.jupiter.api.AutoClose;

final class StockReportsContractTest extends StockReportsContract {
    @AutoClose
    private static final TestingStores testing = new TestingStores();

    @Override
    protected StockReportsUnderTest underTest() {
        return new Tills(testing);
    }

    private static final class Tills extends TillsUnderTest implements StockReportsUnderTest {
        Tills(TestingStores testing) {
            super(testing);
        }

        @Override
        public StockReports reports() {
            return testing.square.stockReports();
        }

        @Override
        public StockReports unreachable() {
            return testing.unreachable.stockReports();
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
    }
}
