package io.throughline.connectors.square;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.StockMirror;
import io.throughline.domain.inventory.StockMirrorContract;
import io.throughline.domain.inventory.StockMirrorUnderTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

final class StockMirrorContractTest extends StockMirrorContract {
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
    protected StockMirrorUnderTest underTest() {
        return new Tills(testing);
    }

    private record Tills(TestingStores testing) implements StockMirrorUnderTest {
        @Override
        public StockMirror mirror() {
            return testing.square.stock();
        }

        @Override
        public StockMirror unreachable() {
            return testing.unreachable.stock();
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
        public void tellingMeets(Trouble trouble) {
            testing.fault("POST /v2/inventory/changes/batch-create", trouble);
        }

        @Override
        public void sellAMug() {
            testing.sell("""
                    {"location": "LHARBOR", "tender": "CARD", "items": [{"sku": "NW-MUG-RED", "quantity": 1}]}
                    """);
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
