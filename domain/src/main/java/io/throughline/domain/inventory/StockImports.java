package io.throughline.domain.inventory;

import java.util.List;
import java.util.Optional;

/**
 * Warehouse feeds on their way into the ledger. A feed is received row by row and is there once it is complete; its rows are booked in
 * chunks, each together with the position that it leads to, so that whoever goes on goes on from there.
 */
public interface StockImports {
    /** Begins to receive. What never becomes complete is forgotten after a day. */
    ImportId begin(WarehouseFeed feed);

    void add(ImportId id, List<FeedRow> rows);

    /** All rows are there; {@code digest} tells this content from any other. The process that books it is woken with it. */
    Received complete(ImportId id, String digest);

    /** Forgets what was not received whole. */
    void abandon(ImportId id);

    /** How a feed was received. */
    sealed interface Received {
        record Accepted(ImportId id) implements Received {}

        /** It was handed over before. */
        record Repeated(ImportId id) implements Received {}

        /** Another content was handed over under this name and sequence. */
        record Differs(ImportId id) implements Received {}
    }

    /** Empty also for one that is not complete. */
    Optional<StockImport> find(ImportId id);

    /** Books the next rows, at most so many, in one transaction. Called when all is done, it does nothing more. */
    StockImport.Progress book(ImportId id, int atMost);

    /** Passes by the next row, which can't be booked for a reason of ours. */
    StockImport.Progress refuseNext(ImportId id, String reason);
}
