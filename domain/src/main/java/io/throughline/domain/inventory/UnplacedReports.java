package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inventory.StockReports.Report.Unplaced;
import java.util.List;

/** What systems told of things or places that nobody knew: kept until somebody does, with one case for each such thing. */
public interface UnplacedReports {
    /** Keeps it, unless it was kept before, whatever became of it. With the first about its thing a case is opened. */
    void keep(AccountId account, Unplaced report);

    /** The oldest one about each thing. */
    List<Unplaced> oldest(AccountId account);

    /** All about a thing, the oldest first. */
    List<Unplaced> about(AccountId account, String thing);

    /** It was taken in; with the last about its thing the case is closed. */
    void placed(AccountId account, Unplaced report);

    /** Gives up all about a thing, because somebody has decided so. */
    void giveUp(AccountId account, String thing);
}
