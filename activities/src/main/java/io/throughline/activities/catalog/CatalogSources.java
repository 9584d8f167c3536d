package io.throughline.activities.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.catalog.CatalogSource;
import io.throughline.domain.customer.CustomerSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The systems that tell of products and customers, found by the account that is spoken of. */
public record CatalogSources(
        Accounts accounts, Map<OutsideSystem, CatalogSource> catalogs, Map<OutsideSystem, CustomerSource> customers) {
    public CatalogSources {
        catalogs = Map.copyOf(catalogs);
        customers = Map.copyOf(customers);
    }

    /** Those whose catalogues are taken in: to read one changes nothing, so only what is left alone is left out. */
    public List<AccountId> accountsWithCatalog() {
        return accounts.all().stream()
                .filter(account -> !account.isOff() && catalogs.containsKey(account.system()))
                .map(account -> account.id())
                .toList();
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
