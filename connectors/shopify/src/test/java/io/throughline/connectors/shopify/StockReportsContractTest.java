package io.throughline.connectors.shopify;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.StockReports;
import io.throughline.domain.inventory.StockReportsContract;
import io.throughline.domain.inventory.StockReportsUnderTest;
import org.junit.jupiter.api.AutoClose;

final class StockReportsContractTest extends StockReportsContract {
    @AutoClose
    private static final TestingSandbox sandbox = TestingSandbox.start();

    @Override
    protected StockReportsUnderTest underTest() {
        return new Shop(sandbox);
    }

    private static final class Shop extends ShopUnderTest implements StockReportsUnderTest {
        Shop(TestingSandbox sandbox) {
            super(sandbox);
        }

        @Override
        public StockReports reports() {
            return sandbox.connector().stockReports();
        }

        @Override
        public StockReports unreachable() {
            return sandbox.unreachable().stockReports();
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
    }
}
