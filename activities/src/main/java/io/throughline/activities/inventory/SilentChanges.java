package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inventory.PublicationPlan;
import io.throughline.domain.inventory.Publications;
import io.throughline.domain.inventory.Publications.Page;
import io.throughline.domain.inventory.StockMirror;
import io.throughline.domain.inventory.StockPicture;
import java.time.Clock;
import java.util.List;

/**
 * Changes of the ledger that an account need not be told of: its own order was routed, or its goods have left, which its system takes in by
 * itself; another account's order had no facility for a moment. They are taken as seen without waking anybody, for most orders leave
 * nothing else behind.
 */
public final class SilentChanges {
    /** More is a process' work. */
    private static final int MOST = 100;

    private final StockMirrors mirrors;
    private final Publications publications;
    private final Clock clock;

    public SilentChanges(StockMirrors mirrors, Publications publications, Clock clock) {
        this.mirrors = mirrors;
        this.publications = publications;
        this.clock = clock;
    }

    /**
     * For whoever has claimed the account's news. True: all of it was seen, nobody has to be told, and nobody is at it any more. False: its
     * process is to be woken, and finds everything as it was.
     */
    public boolean passBy(AccountId account) {
        if (publications.inHand(account).isPresent()) {
            return false;
        }
        Page page = publications.changed(
                account, mirrors.facilities(account), mirrors.terms(account, clock.instant()), MOST);
        if (!page.ends() || !isInStep(account, page)) {
            return false;
        }
        publications.done(account, page);
        publications.atRest(account);
        return true;
    }

    private boolean isInStep(AccountId account, Page page) {
        StockMirror mirror = mirrors.of(account);
        List<StockPicture> pictures = publications.pictures(account, mirrors.facilities(account), page.places());
        if (pictures.stream().anyMatch(StockPicture::mustRead)
                || !new PublicationPlan(mirror.states())
                        .next(pictures, mirror.mostLines())
                        .isEmpty()) {
            return false;
        }
        publications.follow(account, pictures);
        return true;
    }
}
