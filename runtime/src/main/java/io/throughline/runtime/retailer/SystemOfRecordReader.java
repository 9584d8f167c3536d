package io.throughline.runtime.retailer;

import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.catalog.Attribute;
import io.throughline.domain.catalog.SystemOfRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads whose word counts for what. Every attribute must have one owner, the brand being the title's where none is named; channels without one have
 * no prices or customers.
 */
final class SystemOfRecordReader {
    private static final String HINT = "for each channel the account whose word counts";

    private final Accounts accounts;

    SystemOfRecordReader(Accounts accounts) {
        this.accounts = accounts;
    }

    SystemOfRecord read(YamlSection file) {
        return file.section("systemOfRecord", "whose word counts for what", section -> {
            Set<AccountId> introducers = Set.copyOf(section.values("products", names(), this::account));
            Map<Attribute, AccountId> attributes = new HashMap<>(section.map(
                    "attributes", "for each attribute one of " + names(), Attribute::valueOf, this::account));
            Optional.ofNullable(attributes.get(Attribute.TITLE))
                    .ifPresent(owner -> attributes.putIfAbsent(Attribute.BRAND, owner));
            for (Attribute attribute : Attribute.values()) {
                if (!attributes.containsKey(attribute)) {
                    throw section.wrong("attributes", "nobody owns " + attribute + ": name the account that does");
                }
            }
            return new Declared(
                    introducers,
                    Map.copyOf(attributes),
                    Map.copyOf(section.map("prices", HINT, this::account, this::account)),
                    Map.copyOf(customers(section)));
        });
    }

    /** Nobody else hears of a channel's customers, so whoever else had the say of them would leave them unknown for ever. */
    private Map<AccountId, AccountId> customers(YamlSection section) {
        return section.section(
                "customers",
                HINT,
                channels -> channels.entries(HINT, this::account, name -> {
                    AccountId owner = channels.value(name, HINT, this::account);
                    if (!owner.value().equals(name)) {
                        throw channels.wrong(
                                name,
                                "'" + owner + "' hears nothing of the customers of '" + name
                                        + "', and would own nobody: a channel's customers are its own, so name '" + name
                                        + "', or leave the line out to keep none");
                    }
                    return owner;
                }));
    }

    private AccountId account(String text) {
        return accounts.get(AccountId.of(text)).id();
    }

    private String names() {
        List<AccountId> names = accounts.all().stream().map(Account::id).toList();
        return "the accounts " + names;
    }

    private record Declared(
            Set<AccountId> introducers,
            Map<Attribute, AccountId> attributes,
            Map<AccountId, AccountId> prices,
            Map<AccountId, AccountId> customers)
            implements SystemOfRecord {
        @Override
        public boolean introducesProducts(AccountId account) {
            return introducers.contains(account);
        }

        @Override
        public AccountId ownerOf(Attribute attribute) {
            return Optional.ofNullable(attributes.get(attribute)).orElseThrow();
        }

        @Override
        public Optional<AccountId> ownerOfPrices(AccountId channel) {
            return Optional.ofNullable(prices.get(channel));
        }

        @Override
        public Optional<AccountId> ownerOfCustomers(AccountId channel) {
            return Optional.ofNullable(customers.get(channel));
        }
    }
}
