package io.throughline.domain.catalog;

import io.throughline.domain.account.AccountId;
import java.util.Optional;

/**
 * Whose word counts for what, as the retailer declares it: one account for each thing. What any other account says of it is refused,
 * which means that it is kept to be compared and changes nothing.
 */
public interface SystemOfRecord {
    /** Whether a product comes into being by this account's telling of it. */
    boolean introducesProducts(AccountId account);

    AccountId ownerOf(Attribute attribute);

    /** Who sets the prices at a channel, or in the list of an ERP; empty where no price is kept. */
    Optional<AccountId> ownerOfPrices(AccountId channel);

    /** Whose customers' names and addresses count as this channel's; empty where none are kept. */
    Optional<AccountId> ownerOfCustomers(AccountId channel);
}
