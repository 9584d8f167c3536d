package io.throughline.domain.catalog;

import io.throughline.domain.account.AccountId;
import java.time.Instant;
import java.util.List;

/**
 * What an account calls products of ours by names that the catalogue does not know, as people have decided when they mended an order. It holds for
 * orders that come; one that was taken in by such a name keeps it, also when the name is forgotten.
 */
public interface ChannelNames {
    /** By their names. */
    List<ChannelName> of(AccountId account);

    /** False: there is no such name. */
    boolean forget(AccountId account, String name, String actor);

    /** {@code name} means {@code product}, as {@code actor} has said. */
    record ChannelName(String name, Sku product, String actor, Instant since) {}
}
