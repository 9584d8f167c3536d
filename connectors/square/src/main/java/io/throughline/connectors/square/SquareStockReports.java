package io.throughline.connectors.square;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.squareup.square.core.ObjectMappers;
import com.squareup.square.core.SyncPagingIterable;
import com.squareup.square.types.BatchGetInventoryChangesResponse;
import com.squareup.square.types.BatchGetInventoryCountsRequest;
import com.squareup.square.types.BatchGetInventoryCountsResponse;
import com.squareup.square.types.BatchRetrieveInventoryChangesRequest;
import com.squareup.square.types.InventoryAdjustment;
import com.squareup.square.types.InventoryChange;
import com.squareup.square.types.InventoryCount;
import com.squareup.square.types.InventoryPhysicalCount;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.inventory.StockReports;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Square's inventory: its changes, each with an id, and the counts that they lead to. All locations are read, also unknown ones. */
final class SquareStockReports implements StockReports {
    /**
     * As many as can be booked in the time of one step, and more than stores change in the seconds for which passes overlap: what is new
     * must not be on a second page, behind what is known.
     */
    private static final int CHANGES = 500;

    /** As many as can be looked at, one by one, in the time of one step. */
    private static final int LEVELS = 200;

    private final Merchants merchants;
    private final CatalogIndex catalog;
    private final Facilities facilities;

    SquareStockReports(Merchants merchants, CatalogIndex catalog, Facilities facilities) {
        this.merchants = merchants;
        this.catalog = catalog;
        this.facilities = facilities;
    }

    @Override
    public Page since(AccountId account, Instant since, Optional<String> cursor) {
        BatchRetrieveInventoryChangesRequest.Builder request = BatchRetrieveInventoryChangesRequest.builder()
                .updatedAfter(since.toString())
                .limit(CHANGES);
        cursor.ifPresent(request::cursor);
        BatchRetrieveInventoryChangesRequest wanted = request.build();
        return merchants.of(account).mustRead(client -> {
            SyncPagingIterable<InventoryChange> page = client.inventory().batchGetChanges(wanted);
            Optional<BatchGetInventoryChangesResponse> answer = page.getResponse();
            return new Page(
                    read(account, page.getItems()),
                    latest(page.getItems(), SquareStockReports::takenInAt),
                    answer.flatMap(BatchGetInventoryChangesResponse::getCursor));
        });
    }

    @Override
    public Page levels(AccountId account, Instant since, Optional<String> cursor) {
        BatchGetInventoryCountsRequest.Builder request = BatchGetInventoryCountsRequest.builder()
                .updatedAfter(since.toString())
                .limit(LEVELS);
        cursor.ifPresent(request::cursor);
        BatchGetInventoryCountsRequest wanted = request.build();
        return merchants.of(account).mustRead(client -> {
            SyncPagingIterable<InventoryCount> page = client.inventory().batchGetCounts(wanted);
            Optional<BatchGetInventoryCountsResponse> answer = page.getResponse();
            catalog.learnVariations(
                    account,
                    page.getItems().stream()
                            .flatMap(count -> count.getCatalogObjectId().stream())
                            .toList());
            StockChangeMapper mapper = new StockChangeMapper(account, catalog, facilities);
            return new Page(
                    page.getItems().stream()
                            .flatMap(count -> mapper.level(count).stream())
                            .toList(),
                    latest(page.getItems(), InventoryCount::getCalculatedAt),
                    answer.flatMap(BatchGetInventoryCountsResponse::getCursor));
        });
    }

    @Override
    public Page allLevels(AccountId account, Optional<String> cursor) {
        return levels(account, Instant.EPOCH, cursor);
    }

    @Override
    public List<Report> again(AccountId account, List<String> raw) {
        return read(account, raw.stream().map(SquareStockReports::parse).toList());
    }

    private List<Report> read(AccountId account, List<InventoryChange> changes) {
        catalog.learnVariations(
                account,
                changes.stream()
                        .flatMap(change -> StockChangeMapper.variation(change).stream())
                        .toList());
        StockChangeMapper mapper = new StockChangeMapper(account, catalog, facilities);
        return changes.stream().flatMap(change -> mapper.read(change).stream()).toList();
    }

    private static InventoryChange parse(String raw) {
        try {
            return ObjectMappers.JSON_MAPPER.readValue(raw, InventoryChange.class);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("what was read once can be read again", impossible);
        }
    }

    private static Optional<String> takenInAt(InventoryChange change) {
        return change.getAdjustment()
                .flatMap(InventoryAdjustment::getCreatedAt)
                .or(() -> change.getPhysicalCount().flatMap(InventoryPhysicalCount::getCreatedAt));
    }

    private static <T> Optional<Instant> latest(List<T> items, Function<T, Optional<String>> time) {
        return items.stream()
                .map(time)
                .filter(Optional::isPresent)
                .map(SaleMapper::instant)
                .max(Instant::compareTo);
    }
}
