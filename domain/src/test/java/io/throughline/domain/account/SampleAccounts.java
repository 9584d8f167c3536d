package io.throughline.domain.account;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Northwind's accounts; their effect mode may be changed by a test. */
public final class SampleAccounts implements Accounts {
    public static final AccountId SHOP = AccountId.of("northwind");
    public static final AccountId SHOP_JP = AccountId.of("northwind-jp");
    public static final AccountId SHOP_KW = AccountId.of("northwind-kw");
    public static final AccountId POS = AccountId.of("square-northwind");
    public static final AccountId ERP = AccountId.of("tryton-northwind");
    public static final AccountId MESSAGING = AccountId.of("messaging");
    public static final AccountId CARRIER = AccountId.of("parcel-northwind");
    public static final AccountId EXPRESS = AccountId.of("express");
    public static final AccountId REST = AccountId.of("rest");
    public static final AccountId BAZAAR = AccountId.of("bazaar");

    private final Map<AccountId, Account> accounts = new LinkedHashMap<>();

    public SampleAccounts() {
        Map.of(
                        SHOP, OutsideSystem.SHOPIFY,
                        SHOP_JP, OutsideSystem.SHOPIFY,
                        SHOP_KW, OutsideSystem.SHOPIFY,
                        POS, OutsideSystem.SQUARE,
                        ERP, OutsideSystem.TRYTON,
                        MESSAGING, OutsideSystem.MESSAGING,
                        CARRIER, OutsideSystem.CARRIER,
                        EXPRESS, OutsideSystem.CARRIER,
                        BAZAAR, OutsideSystem.MARKETPLACE,
                        REST, OutsideSystem.REST)
                .forEach((id, system) -> accounts.put(id, new Account(id, system, EffectMode.LIVE)));
    }

    public synchronized void mode(AccountId id, EffectMode mode) {
        accounts.computeIfPresent(id, (key, account) -> new Account(key, account.system(), mode));
    }

    @Override
    public synchronized List<Account> all() {
        return List.copyOf(accounts.values());
    }

    @Override
    public synchronized Optional<Account> find(AccountId id) {
        return Optional.ofNullable(accounts.get(id));
    }

    @Override
    public AccountId erpOf(AccountId account) {
        return ERP;
    }
}
