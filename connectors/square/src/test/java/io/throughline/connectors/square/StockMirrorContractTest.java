package io.throughline.connectors.square;

import io.throughline.domain.failure.Trouble;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.StockMirror;
import io.throughline.domain.inventory.StockMirrorContract;
import io.throughline.domain.inventory.StockMirrorUnderTest;
import org.junit.jupiter.api.AutoClose;

final class StockMirrorContractTest extends StockMirrorContract {
    @AutoClose
    private static final TestingStores testing = new TestingStores();

    @Override
    protected StockMirrorUnderTest underTest() {
        return new Tills(testing);
    }

    private static final class Tills extends TillsUnderTest implements StockMirrorUnderTest {
        Tills(TestingStores testing) {
            super(testing);
        }

        @Override
        public StockMirror mirror() {
            return testing.square.stock();
        }

        @Override
        public StockMirror unreachable() {
            return testing.unreachable.stock();
        }

        @Override
        public FacilityId facility() {
            return new FacilityId("ST-HARBOR");
        }

        @Override
        public void tellingMeets(Trouble trouble) {
            testing.fault("POST /v2/inventory/changes/batch-create", trouble);
        }

        @Override
        public void sellAMug() {
            testing.sell("""
                    {"location": "LHARBOR", "tender": "CARD", "items": [{"sku": "NW-MUG-RED", "quantity": 1}]}
                    """);
        }
    }
}
