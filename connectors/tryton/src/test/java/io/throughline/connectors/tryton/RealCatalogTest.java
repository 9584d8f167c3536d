package io.throughline.connectors.tryton;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.CatalogSource;
import io.throughline.domain.catalog.CatalogSourceContract;
import io.throughline.domain.catalog.CatalogSourceUnderTest;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.Trouble;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The catalogue's contract against a real Tryton server. */
@Tag("real-erp")
@TestInstance(Lifecycle.PER_CLASS)
class RealCatalogTest extends CatalogSourceContract {
    private RealTryton tryton;

    @BeforeAll
    void start() throws Exception {
        tryton = RealTryton.start();
    }

    /** The company is kept for the next run, so its product costs again what it did. */
    @AfterAll
    void stop() throws Exception {
        if (tryton != null) {
            underTest().reprice(Sku.of("NW-TEE-BLK-M"), "25.00");
            tryton.stop();
        }
    }

    @Override
    protected CatalogSourceUnderTest underTest() {
        return new Company(tryton);
    }

    @Override
    protected Optional<String> costOfATee() {
        return Optional.of("9.00 USD");
    }

    private record Company(RealTryton tryton) implements CatalogSourceUnderTest {
        @Override
        public CatalogSource source() {
            return new TrytonErp(List.of(tryton.settings())).catalog();
        }

        @Override
        public AccountId account() {
            return tryton.settings().company();
        }

        /** The company has the retailer's products only. */
        @Override
        public void makeUp(int products) {}

        @Override
        public void reprice(Sku sku, String amount) {
            AdminSession admin = tryton.admin();
            admin.call(
                    "model.product.product.write",
                    admin.call("model.product.product.search", Filter.all(Filter.where("code", "=", sku.value()))),
                    Values.object().set("list_price", Values.decimal(new BigDecimal(amount))));
        }

        @Override
        public void meetsNext(Trouble trouble) {
            throw new UnsupportedOperationException("a real system is not troubled by command");
        }

        @Override
        public void noMoreTrouble() {}
    }
}
