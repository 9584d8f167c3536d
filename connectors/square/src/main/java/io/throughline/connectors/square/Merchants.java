package io.throughline.connectors.square;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SystemGate;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The configured merchants, found by their account. */
final class Merchants implements AutoCloseable {

    private final Map<AccountId, Merchant> byAccount;

    Merchants(List<SquareConfig> configs, SystemGate gate) {
        byAccount = configs.stream()
                .map(config -> new Merchant(config, gate))
                .collect(Collectors.toUnmodifiableMap(Merchant::account, Function.identity()));
    }

    Merchant of(AccountId account) {
        Merchant merchant = byAccount.get(account);
        if (merchant == null) {
            throw new IllegalArgumentException("account " + account + " is no configured Square merchant");
        }
        return merchant;
    }

    @Override
    public void close() {
        byAccount.values().forEach(Merchant::close);
    }
}
