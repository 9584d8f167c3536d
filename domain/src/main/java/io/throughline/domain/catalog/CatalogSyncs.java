package io.throughline.domain.catalog;

import io.throughline.domain.account.AccountId;
import java.util.Optional;

/** Takes catalogues in. What a page says is kept together with the place after it, so a sync goes on wherever it was left. */
public interface CatalogSyncs {
    /** The sync that is under way, or a new one. */
    CatalogSync begin(AccountId account);

    /** The system calls its export so. */
    CatalogSync exported(AccountId account, String export);

    /**
     * Takes a page in, if {@code before} is still how far the sync has come; somebody else may have taken it in. Gives how far it is then.
     */
    CatalogSync take(CatalogSync before, CatalogSource.Page page, long size);

    /** The export is lost: the sync waits for another one, and is read from the beginning. */
    void startOver(AccountId account, String reason);

    CatalogSync finish(AccountId account);

    Optional<CatalogSync> latest(AccountId account);
}
