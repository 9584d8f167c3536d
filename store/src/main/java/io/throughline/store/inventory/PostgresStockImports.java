package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.FeedReading;
import io.throughline.domain.inventory.FeedReading.Read;
import io.throughline.domain.inventory.FeedRow;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockImport;
import io.throughline.domain.inventory.StockImport.Progress;
import io.throughline.domain.inventory.StockImport.RefusedRow;
import io.throughline.domain.inventory.StockImports;
import io.throughline.domain.inventory.WarehouseFeed;
import io.throughline.domain.inventory.WarehouseFeed.Unnamed;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.ImportRows.Standing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Warehouse feeds, in PostgreSQL. An import's row is locked first, then the balances of a chunk, all at once. */
public final class PostgresStockImports implements StockImports {
    private static final Duration CLOCKS_APART = Duration.ofHours(1);
    private static final String TOPIC = "throughline/stock-import";

    private final Transactions transactions;
    private final PostgresInventory inventory;
    private final FeedReading reading;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresStockImports(
            Transactions transactions, PostgresInventory inventory, FeedReading reading, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.inventory = inventory;
        this.reading = reading;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public ImportId begin(WarehouseFeed feed) {
        return transactions.with(handle -> ImportRows.begin(handle, feed, clock.instant()));
    }

    @Override
    public void add(ImportId id, List<FeedRow> rows) {
        transactions.run(handle -> ImportRows.add(handle, id, rows));
    }

    @Override
    public Received complete(ImportId id, String digest) {
        Received received = transactions.in(handle -> {
            ImportRows.lockName(handle, id);
            Optional<ImportRows.Earlier> earlier = ImportRows.earlier(handle, id);
            if (earlier.isPresent()) {
                ImportRows.remove(handle, id);
                return earlier.get().digest().equals(digest)
                        ? new Received.Repeated(earlier.get().id())
                        : new Received.Differs(earlier.get().id());
            }
            ImportRows.complete(handle, id, digest);
            WarehouseFeed feed = ImportRows.lock(handle, id).feed();
            InboxRows.insert(handle, feed.account(), TOPIC, id.value(), id.workflowId(), "{}", clock.instant());
            return new Received.Accepted(id);
        });
        bell.ring();
        return received;
    }

    @Override
    public void abandon(ImportId id) {
        transactions.run(handle -> ImportRows.remove(handle, id));
    }

    @Override
    public Optional<StockImport> find(ImportId id) {
        return transactions.with(handle -> ImportRows.find(handle, id));
    }

    @Override
    public Progress book(ImportId id, int atMost) {
        Progress progress = transactions.in(handle -> {
            Standing standing = ImportRows.lock(handle, id);
            if (!standing.progress().done()) {
                List<FeedRow> rows = ImportRows.next(handle, id, standing.position(), atMost);
                if (!rows.isEmpty()) {
                    take(handle, id, standing, rows);
                } else if (!zeroNext(handle, id, standing, atMost)) {
                    ImportRows.done(handle, id, clock.instant());
                }
            }
            return ImportRows.lock(handle, id).progress();
        });
        bell.ring();
        return progress;
    }

    private void take(Handle handle, ImportId id, Standing standing, List<FeedRow> rows) {
        List<Movement> stated = new ArrayList<>();
        List<RefusedRow> refused = new ArrayList<>();
        int number = standing.position();
        for (FeedRow row : rows) {
            number++;
            switch (reading.read(standing.feed(), row)) {
                case Read.Stated(Movement movement)
                when isAhead(movement.occurredAt()) ->
                    refused.add(
                            new RefusedRow(number, row.line(), "its instant lies ahead of now: is its offset right?"));
                case Read.Stated(Movement movement) -> stated.add(movement);
                case Read.Refused(String why) -> refused.add(new RefusedRow(number, row.line(), why));
            }
        }
        refuse(handle, id, standing, refused);
        Map<Booking.Verdict, Long> verdicts = record(handle, standing.feed(), stated);
        ImportRows.advance(handle, id, verdicts, refused.size(), clock.instant());
    }

    /** A clock that is so far ahead is wrong, and its count would cover whatever happens until then. */
    private boolean isAhead(Instant instant) {
        return instant.isAfter(clock.instant().plus(CLOCKS_APART));
    }

    private static void refuse(Handle handle, ImportId id, Standing standing, List<RefusedRow> refused) {
        int room = Math.max(0, StockImport.MOST_REASONS - standing.progress().refused());
        if (room > 0 && !refused.isEmpty()) {
            ImportRows.refuse(handle, id, refused.subList(0, Math.min(room, refused.size())));
        }
    }

    private Map<Booking.Verdict, Long> record(Handle handle, WarehouseFeed feed, List<Movement> stated) {
        if (stated.isEmpty()) {
            return Map.of();
        }
        Instant now = clock.instant();
        Map<Booking.Verdict, Long> verdicts = inventory.bookOrKeep(handle, stated).stream()
                .collect(Collectors.groupingBy(Booking::verdict, Collectors.counting()));
        String system = stated.getFirst().source().system();
        Feeds.heard(handle, system, feed.facility(), now);
        if (verdicts.keySet().stream().anyMatch(verdict -> verdict != Booking.Verdict.KNOWN)) {
            FacilityWords.said(handle, system, feed.facility(), now);
        }
        return verdicts;
    }

    /** False: there is nothing more that the feed doesn't name. */
    private boolean zeroNext(Handle handle, ImportId id, Standing standing, int atMost) {
        WarehouseFeed feed = standing.feed();
        if (feed.unnamed() != Unnamed.ZERO || feed.asOf().filter(this::isAhead).isPresent()) {
            return false;
        }
        List<Sku> absent = ImportRows.unnamed(handle, id, feed.facility(), standing.zeroedUpTo(), atMost);
        if (absent.isEmpty()) {
            return false;
        }
        inventory.bookOrKeep(
                handle,
                absent.stream().map(sku -> FeedReading.absent(feed, sku)).toList());
        ImportRows.zeroed(handle, id, absent);
        return true;
    }

    @Override
    public Progress refuseNext(ImportId id, String reason) {
        return transactions.in(handle -> {
            Standing standing = ImportRows.lock(handle, id);
            List<FeedRow> rows = ImportRows.next(handle, id, standing.position(), 1);
            if (rows.isEmpty()) {
                throw new IllegalStateException("no row of import " + id + " is left");
            }
            RefusedRow row =
                    new RefusedRow(standing.position() + 1, rows.getFirst().line(), reason);
            refuse(handle, id, standing, List.of(row));
            ImportRows.advance(handle, id, Map.of(), 1, clock.instant());
            return ImportRows.lock(handle, id).progress();
        });
    }
}
