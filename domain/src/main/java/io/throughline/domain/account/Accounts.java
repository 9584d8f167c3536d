package io.throughline.domain.account;

import java.util.List;
import java.util.Optional;

/** The accounts of this deployment, as configured. */
public interface Accounts {
    List<Account> all();

    Optional<Account> find(AccountId id);

    default Account get(AccountId id) {
        return find(id).orElseThrow(() -> new IllegalArgumentException("no account '" + id + "' is configured"));
    }

    /** Whether the account is left alone. One that is not configured is not said to be. */
    default boolean isOff(AccountId id) {
        return find(id).filter(Account::isOff).isPresent();
    }

    /** The company in whose books the orders of {@code account} are posted. */
    AccountId erpOf(AccountId account);

    /** The same, of an account that need not have any books. */
    default Optional<AccountId> booksOf(AccountId account) {
        return Optional.of(erpOf(account));
    }
}
