package io.throughline.connectors.tryton;

import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.finance.LedgerAccount.Role;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which account, tax and payment journal of a Tryton company plays which part; {@link #OTHERWISE} stands for every detail that is not
 * named. {@code accounts} gives each role its account codes by detail; {@code paymentJournals} gives each gateway the name of its
 * payment journals without their currency ("cash" for "cash USD"), no two gateways the same one, so that the books name the gateway
 * again; {@code taxes} gives a channel's tax title the name of a Tryton tax. Amounts on {@code exchangeAccounts} come from currency
 * conversion and belong to no order. {@code shops} names an account's web shop and party where that is not the account itself.
 */
public record LedgerMapping(
        Map<Role, Map<String, String>> accounts,
        Map<String, String> paymentJournals,
        Map<String, String> taxes,
        Set<String> exchangeAccounts,
        Map<String, String> shops) {
    public static final String OTHERWISE = "*";

    public LedgerMapping {
        accounts = Map.copyOf(accounts);
        paymentJournals = Map.copyOf(paymentJournals);
        taxes = Map.copyOf(taxes);
        exchangeAccounts = Set.copyOf(exchangeAccounts);
        shops = Map.copyOf(shops);
        Set<Role> missing = EnumSet.allOf(Role.class);
        missing.removeIf(Role::followsStock);
        missing.removeAll(accounts.keySet());
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("no account code for " + missing);
        }
        if (new HashSet<>(paymentJournals.values()).size() != paymentJournals.size()) {
            throw new IllegalArgumentException("two gateways have one payment journal: " + paymentJournals);
        }
        rolesByCode(accounts);
    }

    String account(LedgerAccount account) {
        return find(accounts.getOrDefault(account.role(), Map.of()), account.detail())
                .orElseThrow(() -> new TrytonRefusal("no account code is configured for " + account));
    }

    /** The role of each account code, but not of clearing accounts: these may be shared, also with a role of their own. */
    Map<String, Role> roles() {
        return rolesByCode(accounts);
    }

    String shop(String account) {
        return shops.getOrDefault(account, account);
    }

    String tax(String title) {
        return find(taxes, title).orElseThrow(() -> new TrytonRefusal("no tax is configured for '" + title + "'"));
    }

    String paymentJournal(String gateway) {
        return find(paymentJournals, gateway)
                .orElseThrow(() -> new TrytonRefusal("no payment journal is configured for the gateway " + gateway));
    }

    /** Whether the gateway shares the journal of all that are not named, which then does not tell it apart. */
    boolean isUnnamed(String gateway) {
        return !paymentJournals.containsKey(gateway) || gateway.equals(OTHERWISE);
    }

    private static Optional<String> find(Map<String, String> values, String detail) {
        return Optional.ofNullable(values.get(detail)).or(() -> Optional.ofNullable(values.get(OTHERWISE)));
    }

    private static Map<String, Role> rolesByCode(Map<Role, Map<String, String>> accounts) {
        Map<String, Role> roles = new HashMap<>();
        new EnumMap<>(accounts).forEach((role, codes) -> {
            if (role != Role.CLEARING) {
                codes.values().forEach(code -> {
                    Role other = roles.put(code, role);
                    if (other != null && other != role) {
                        throw new IllegalArgumentException("account " + code + " is both " + other + " and " + role);
                    }
                });
            }
        });
        return Collections.unmodifiableMap(roles);
    }
}
