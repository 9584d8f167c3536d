package io.throughline.activities.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.catalog.CatalogSource;
import io.throughline.domain.customer.CustomerSource;
import java.util.Map;
import java.util.Optional;

/** The systems that tell of products and customers, found by the account that is spoken of. */
public record CatalogSources(
        Accounts accounts, Map<OutsideSystem, CatalogSource> catalogs, Map<OutsideSystem, CustomerSource> customers) {
    public CatalogSources {
        catalogs = Map.copyOf(catalogs);
        customers = Map.copyOf(customers);
    }

    CatalogSource catalog(AccountId account) {
        return Optional.ofNullable(catalogs.get(accounts.get(account).system()))
                .orElseThrow(() -> new IllegalStateException("account " + account + " tells no catalogue"));
    }

    public CustomerSource customers(AccountId account) {
        return Optional.ofNullable(customers.get(accounts.get(account).system()))
                .orElseThrow(() -> new IllegalStateException("account " + account + " tells of no customers"));
    }
}
