package io.throughline.domain.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.TroubledSystem;

/** A system that tells its catalogue, and the means to bring the sample products into a state. */
public interface CatalogSourceUnderTest extends TroubledSystem {
    CatalogSource source();

    AccountId account();

    /** So many products beside the sample ones, if the system can make some up. */
    void makeUp(int products);

    /** Changes the price of a sample product in the system itself. */
    void reprice(Sku sku, String amount);
}
