package io.throughline.domain.catalog;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SampleAccounts;
import java.util.Optional;
import java.util.Set;

/** {@code describing} owns what is said of products, the ERP their customs codes, and each channel its prices and customers. */
public record SampleSystemOfRecord(AccountId describing) implements SystemOfRecord {
    /** The first shop describes the products. */
    public SampleSystemOfRecord() {
        this(SampleAccounts.SHOP);
    }

    @Override
    public boolean introducesProducts(AccountId account) {
        return Set.of(SampleAccounts.SHOP, SampleAccounts.ERP).contains(account);
    }

    @Override
    public AccountId ownerOf(Attribute attribute) {
        return attribute == Attribute.HS_CODE ? SampleAccounts.ERP : describing;
    }

    @Override
    public Optional<AccountId> ownerOfPrices(AccountId channel) {
        return Optional.of(channel);
    }

    /** The shop in Kuwait keeps no customers of its own. */
    @Override
    public Optional<AccountId> ownerOfCustomers(AccountId channel) {
        return Optional.of(channel.equals(SampleAccounts.SHOP_KW) ? SampleAccounts.SHOP : channel);
    }
}
