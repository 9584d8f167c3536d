package io.throughline.connectors.shopify.client;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.CallBudget;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The shops of this deployment, by account. */
public final class Shops {
    private final Map<AccountId, AdminApi> byAccount;

    public Shops(Collection<AdminApi> shops) {
        this.byAccount = shops.stream().collect(Collectors.toUnmodifiableMap(AdminApi::account, shop -> shop));
    }

    /** What the account's shop lets us spend; empty where it has not told yet, or there is none. */
    public Optional<CallBudget> budget(AccountId account) {
        return Optional.ofNullable(byAccount.get(account)).flatMap(AdminApi::budget);
    }

    public AdminApi of(AccountId account) {
        AdminApi shop = byAccount.get(account);
        if (shop == null) {
            throw new IllegalArgumentException("no Shopify shop is configured for account '" + account + "'");
        }
        return shop;
    }
}
