package io.throughline.runtime.retailer;

import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The accounts in the order of the file. */
final class ConfiguredAccounts implements Accounts {
    private final Map<AccountId, AccountReader.Entry> entries;

    ConfiguredAccounts(Map<AccountId, AccountReader.Entry> entries) {
        this.entries = new LinkedHashMap<>(entries);
    }

    @Override
    public List<Account> all() {
        return entries.values().stream().map(AccountReader.Entry::account).toList();
    }

    @Override
    public Optional<Account> find(AccountId id) {
        return Optional.ofNullable(entries.get(id)).map(AccountReader.Entry::account);
    }

    @Override
    public AccountId erpOf(AccountId account) {
        return booksOf(account)
                .orElseThrow(
                        () -> new IllegalArgumentException("no books are configured for account '" + account + "'"));
    }

    @Override
    public Optional<AccountId> booksOf(AccountId account) {
        return Optional.ofNullable(entries.get(account)).flatMap(AccountReader.Entry::erp);
    }
}
