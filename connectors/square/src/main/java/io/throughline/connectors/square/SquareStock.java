package io.throughline.connectors.square;

import com.squareup.square.core.SyncPagingIterable;
import com.squareup.square.types.BatchChangeInventoryRequest;
import com.squareup.square.types.BatchGetInventoryCountsRequest;
import com.squareup.square.types.InventoryChange;
import com.squareup.square.types.InventoryChangeType;
import com.squareup.square.types.InventoryCount;
import com.squareup.square.types.InventoryPhysicalCount;
import com.squareup.square.types.InventoryState;
import io.throughline.connectors.square.Merchant.Refusal;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.ShownState;
import io.throughline.domain.inventory.ShownStock;
import io.throughline.domain.inventory.StockMirror;
import io.throughline.domain.inventory.StockTelling;
import io.throughline.domain.inventory.StockTelling.Line;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The stock that tills show, told as counts of the instant at which the ledger was read: a sale that Square has made since comes on top
 * of it, whichever arrives first. Square compares nothing by itself, so the counts are read before they are set. Each count refers to our
 * publication, by which it is known again when it comes back.
 */
final class SquareStock implements StockMirror {
    private static final String REFERENCE = "throughline:";
    private static final String ZERO = "0";

    /** Square takes a hundred changes a call. */
    private static final int MOST_LINES = 100;

    private final Merchants merchants;
    private final CatalogIndex catalog;
    private final Facilities facilities;

    SquareStock(Merchants merchants, CatalogIndex catalog, Facilities facilities) {
        this.merchants = merchants;
        this.catalog = catalog;
        this.facilities = facilities;
    }

    @Override
    public Set<ShownState> states() {
        return Set.of(ShownState.ON_HAND);
    }

    @Override
    public int mostLines() {
        return MOST_LINES;
    }

    @Override
    public Map<Sku, ShownStock> read(AccountId account, FacilityId facility, Collection<Sku> skus) {
        catalog.learn(account, skus);
        Map<Sku, String> variations = new HashMap<>();
        skus.forEach(sku -> catalog.variation(account, sku).ifPresent(found -> variations.put(sku, found)));
        Map<Shelf, Integer> counts = counts(
                account,
                variations.values().stream()
                        .map(variation -> new Shelf(location(account, facility), variation))
                        .toList());
        Map<Sku, ShownStock> shown = new HashMap<>();
        variations.forEach((sku, variation) -> shown.put(
                sku,
                new ShownStock(
                        variation, counts.getOrDefault(new Shelf(location(account, facility), variation), 0), 0, 0)));
        return shown;
    }

    /** One variation at one location. */
    private record Shelf(String location, String variation) {}

    private Map<Shelf, Integer> counts(AccountId account, Collection<Shelf> shelves) {
        if (shelves.isEmpty()) {
            return Map.of();
        }
        return merchants
                .of(account)
                .mustRead(client -> counts(client.inventory()
                        .batchGetCounts(BatchGetInventoryCountsRequest.builder()
                                .catalogObjectIds(shelves.stream()
                                        .map(Shelf::variation)
                                        .distinct()
                                        .toList())
                                .locationIds(shelves.stream()
                                        .map(Shelf::location)
                                        .distinct()
                                        .toList())
                                .states(List.of(InventoryState.IN_STOCK))
                                .build())));
    }

    private static Map<Shelf, Integer> counts(SyncPagingIterable<InventoryCount> pages) {
        Map<Shelf, Integer> counts = new HashMap<>();
        pages.forEach(count -> counts.put(shelf(count), units(count)));
        return counts;
    }

    private static Shelf shelf(InventoryCount count) {
        return new Shelf(
                count.getLocationId().orElse(""), count.getCatalogObjectId().orElse(""));
    }

    /** Square counts with a sign and with decimals, of which goods in pieces have none. */
    private static int units(InventoryCount count) {
        return (int) Double.parseDouble(count.getQuantity().orElse(ZERO));
    }

    @Override
    public Answer tell(StockTelling telling, String vendorKey) {
        List<Complaint> complaints = new ArrayList<>();
        List<Integer> due = new ArrayList<>();
        Map<Shelf, Integer> before = counts(
                telling.account(),
                telling.lines().stream()
                        .map(line -> shelf(telling.account(), line))
                        .toList());
        for (int index = 0; index < telling.lines().size(); index++) {
            Line line = telling.lines().get(index);
            int shown = before.getOrDefault(shelf(telling.account(), line), 0);
            if (shown == line.from()) {
                due.add(index);
            } else if (shown != line.to()) {
                complaints.add(stale(index, shown));
            }
        }
        try {
            complaints.addAll(due.isEmpty() ? List.of() : count(telling, due, vendorKey));
            return new Answer(true, complaints);
        } catch (Refusal refusal) {
            return Answer.nothing(refused(telling, refusal));
        }
    }

    /** Gives what Square has not set, because it knows of something later. */
    private List<Complaint> count(StockTelling telling, List<Integer> due, String key) throws Refusal {
        List<InventoryChange> changes = due.stream()
                .map(index -> change(telling, telling.lines().get(index)))
                .toList();
        Map<Shelf, Integer> after = merchants
                .of(telling.account())
                .change(client -> client.inventory()
                        .batchCreateChanges(BatchChangeInventoryRequest.builder()
                                .idempotencyKey(key)
                                .changes(changes)
                                .ignoreUnchangedCounts(true)
                                .build()))
                .getCounts()
                .orElse(List.of())
                .stream()
                .collect(Collectors.toMap(SquareStock::shelf, SquareStock::units, (first, second) -> second));
        return due.stream()
                .flatMap(index -> {
                    Line line = telling.lines().get(index);
                    int shown = after.getOrDefault(shelf(telling.account(), line), line.to());
                    return shown == line.to() ? Stream.empty() : Stream.of(stale(index, shown));
                })
                .toList();
    }

    private InventoryChange change(StockTelling telling, Line line) {
        return InventoryChange.builder()
                .type(InventoryChangeType.PHYSICAL_COUNT)
                .physicalCount(InventoryPhysicalCount.builder()
                        .referenceId(REFERENCE + line.version())
                        .catalogObjectId(line.item())
                        .state(InventoryState.IN_STOCK)
                        .locationId(location(telling.account(), line.place().facility()))
                        .quantity(Integer.toString(line.to()))
                        .occurredAt(telling.madeAt().toString())
                        .build())
                .build();
    }

    /** A key that is used up or something that has changed meanwhile is no reason to give up; of what else Square means no line. */
    private static List<Complaint> refused(StockTelling telling, Refusal refusal) {
        boolean again = refusal.keyReused() || refusal.conflict();
        return again
                ? IntStream.range(0, telling.lines().size())
                        .mapToObj(line -> new Complaint(line, Reason.STALE, refusal.detail()))
                        .toList()
                : List.of(new Complaint(telling.lines().size() == 1 ? 0 : -1, Reason.REFUSED, refusal.detail()));
    }

    private static Complaint stale(int line, int shown) {
        return new Complaint(line, Reason.STALE, "Square shows " + shown);
    }

    private Shelf shelf(AccountId account, Line line) {
        return new Shelf(location(account, line.place().facility()), line.item());
    }

    private String location(AccountId account, FacilityId facility) {
        return Optional.ofNullable(facilities.get(facility).locations().get(account))
                .orElseThrow(() -> new IllegalArgumentException(facility + " has no location at " + account));
    }
}
