package io.throughline.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.CatalogSource;
import io.throughline.domain.catalog.CatalogSourceContract;
import io.throughline.domain.catalog.CatalogSourceUnderTest;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.Trouble;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TrytonCatalogContractTest extends CatalogSourceContract {
    private final SandboxTryton tryton = new SandboxTryton();
    private final CatalogSource catalog = new TrytonErp(List.of(tryton.settings())).catalog();

    @AfterEach
    void stop() {
        tryton.close();
    }

    @Override
    protected CatalogSourceUnderTest underTest() {
        return new Company();
    }

    @Test
    void servicesAreNoGoods() throws InterruptedException {
        assertThat(readAll(exported()))
                .extracting(product -> product.sku().value())
                .allMatch(sku -> sku.startsWith("NW-"));
    }

    @Override
    protected Optional<String> costOfATee() {
        return Optional.of("9.00 USD");
    }

    private final class Company implements CatalogSourceUnderTest {
        @Override
        public CatalogSource source() {
            return catalog;
        }

        @Override
        public AccountId account() {
            return tryton.settings().company();
        }

        /** The sandbox's company has the retailer's products only. */
        @Override
        public void makeUp(int products) {}

        @Override
        public void reprice(Sku sku, String amount) {
            tryton.reprice(sku.value(), amount);
        }

        @Override
        public void meetsNext(Trouble trouble) {
            tryton.arm(trouble.rule("tryton", "*"));
        }

        @Override
        public void noMoreTrouble() {}
    }
}
