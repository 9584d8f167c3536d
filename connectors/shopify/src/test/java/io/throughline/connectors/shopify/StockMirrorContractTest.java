package io.throughline.connectors.shopify;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.StockMirror;
import io.throughline.domain.inventory.StockMirrorContract;
import io.throughline.domain.inventory.StockMirrorUnderTest;
import org.junit.jupiter.api.AutoClose;

final class StockMirrorContractTest extends StockMirrorContract {
    @AutoClose
    private static final TestingSandbox sandbox = TestingSandbox.start();

    @Override
    protected StockMirrorUnderTest underTest() {
        return new Shop(sandbox);
    }

    private static final class Shop extends ShopUnderTest implements StockMirrorUnderTest {
        private static final String INVENTORY = "/shopify/" + SampleShops.DOMAIN + "/inventory";

        Shop(TestingSandbox sandbox) {
            super(sandbox);
        }

        @Override
        public StockMirror mirror() {
            return sandbox.connector().stock();
        }

        @Override
        public StockMirror unreachable() {
            return sandbox.unreachable().stock();
        }

        @Override
        public FacilityId facility() {
            return new FacilityId("WH-EAST");
        }

        @Override
        public void tellingMeets(Trouble trouble) {
            sandbox.fault("inventorySetQuantities", trouble);
        }

        /** What becomes of it in the end: the unit is neither on offer nor there. */
        @Override
        public void sellAMug() {
            for (JsonNode level : sandbox.control("GET", INVENTORY, "", 200)) {
                if (level.path("sku").asText().equals("NW-MUG-RED")
                        && level.path("facility").asText().equals("WH-EAST")) {
                    sandbox.control(
                            "PUT",
                            INVENTORY,
                            "{\"sku\":\"NW-MUG-RED\",\"facility\":\"WH-EAST\",\"available\":"
                                    + (level.path("available").asInt() - 1) + "}",
                            200);
                }
            }
        }
    }
}
