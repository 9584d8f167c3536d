package io.throughline.runtime.retailer;

import io.throughline.domain.finance.LedgerAccount;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What the accounts of the books are called at one ERP. {@code accounts} gives each role and detail its account code,
 * {@code paymentJournals} each gateway its payment journal and {@code taxes} each tax title the ERP's tax; {@link #OTHERWISE} stands
 * for every detail that is not named. Amounts on {@code exchangeAccounts} come from currency conversion and belong to no order.
 */
public record FinanceMapping(
        Map<LedgerAccount.Role, Map<String, String>> accounts,
        Map<String, String> paymentJournals,
        Map<String, String> taxes,
        Set<String> exchangeAccounts) {
    public static final String OTHERWISE = "*";

    private static final List<LedgerAccount.Role> BOOKED = Stream.of(LedgerAccount.Role.values())
            .filter(role -> !role.followsStock())
            .toList();

    public FinanceMapping {
        accounts = Map.copyOf(accounts);
        paymentJournals = Map.copyOf(paymentJournals);
        taxes = Map.copyOf(taxes);
        exchangeAccounts = Set.copyOf(exchangeAccounts);
    }

    public String account(LedgerAccount account) {
        return Optional.ofNullable(accounts.get(account.role()))
                .flatMap(codes -> find(codes, account.detail()))
                .orElseThrow(() -> new IllegalArgumentException("no account code is configured for " + account));
    }

    public String paymentJournal(String gateway) {
        return find(paymentJournals, gateway)
                .orElseThrow(() -> new IllegalArgumentException("no payment journal is configured for " + gateway));
    }

    public String tax(String title) {
        return find(taxes, title)
                .orElseThrow(() -> new IllegalArgumentException("no tax is configured for '" + title + "'"));
    }

    static FinanceMapping read(YamlSection section) {
        String hint = "for each of " + BOOKED + " the account codes by detail, '*' for any";
        Map<LedgerAccount.Role, Map<String, String>> accounts = new EnumMap<>(LedgerAccount.Role.class);
        section.section("accounts", hint, inner -> {
            for (LedgerAccount.Role role : BOOKED) {
                accounts.put(role, withDefault(inner, role.name(), hint));
            }
            return accounts;
        });
        return new FinanceMapping(
                accounts,
                withDefault(section, "paymentJournals", "for each gateway the payment journal, '*' for any"),
                withDefault(section, "taxes", "for each tax title the ERP's tax, '*' for any"),
                Set.copyOf(section.values(
                        "exchangeAccounts", "a list of account codes, which may be empty", text -> text)));
    }

    private static Map<String, String> withDefault(YamlSection section, String key, String hint) {
        Map<String, String> values = section.map(key, hint, text -> text, text -> text);
        if (!values.containsKey(OTHERWISE)) {
            throw section.wrong(key, "has no '*': say what holds for every other detail");
        }
        return values;
    }

    private static Optional<String> find(Map<String, String> values, String detail) {
        return Optional.ofNullable(values.get(detail)).or(() -> Optional.ofNullable(values.get(OTHERWISE)));
    }
}
