package io.throughline.domain.catalog;

import io.throughline.domain.account.AccountId;
import java.util.List;

/**
 * The products of which their systems have told news since they were last read. However often one is told of, it is read once; what is told while it is
 * read is news again. What a whole sync that began later has read is none any more.
 */
public interface ProductNews {
    /** {@code product} is the account's own name for it. */
    void heard(AccountId account, String product);

    /** There is no such product any more: nobody has to read it. What is known of it stays known. */
    void gone(AccountId account, String product);

    /** Whose turn it is: those that could not be read come last, and of the others the one that has waited for longest first. */
    List<News> next(AccountId account, int atMost);

    /** {@code told} is how often it had been told of until then. */
    record News(AccountId account, String product, long told) {}

    /** Takes in what was read of it, by the rules of {@link CatalogSyncs}; it is no news any more unless it was told of since. */
    void take(News read, List<ProductRecord> products);

    /** It can't be read just now: the others come first. */
    void putOff(News unread);
}
