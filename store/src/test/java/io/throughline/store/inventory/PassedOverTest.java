package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.PassedOverProducts;
import io.throughline.store.PostgresExtension;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PassedOverTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AccountId ERP = AccountId.of("tryton-of-screws");
    private static final Sku SCREWS = Sku.of("SCREWS");
    private static final Sku NAILS = Sku.of("NAILS");

    private final PassedOverProducts products = POSTGRES.database().passedOverProducts();

    @Test
    void aProductIsNotedUntilAllAboutItIsTakenIn() {
        products.passOver(ERP, List.of(SCREWS, NAILS));
        products.passOver(ERP, List.of(SCREWS));
        assertThat(products.of(ERP)).containsExactly(NAILS, SCREWS);

        products.takenIn(ERP, NAILS);

        assertThat(products.of(ERP)).containsExactly(SCREWS);
        assertThat(products.of(AccountId.of("another"))).isEmpty();
    }
}
