package io.throughline.connectors.shopify.catalog;

import com.fasterxml.jackson.databind.MappingIterator;
import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.BulkFile;
import io.throughline.connectors.shopify.client.BulkQuery;
import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Json;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.client.UserError;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.CatalogSource;
import io.throughline.domain.catalog.ProductRecord;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.money.CurrencyCode;
import java.io.IOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A shop's variants, exported by a bulk operation, or those of one product. Such an operation changes nothing, but to start one is not idempotent: one of the same
 * query that was started since is found and used.
 */
public final class ShopifyCatalog implements CatalogSource {
    private static final Set<String> USABLE = Set.of("CREATED", "RUNNING", "COMPLETED");
    private static final Set<String> BUSY = Set.of("LIMIT_REACHED", "OPERATION_IN_PROGRESS");

    private final Shops shops;
    private final BulkFile file;
    private final Map<AccountId, CurrencyCode> currencies = new ConcurrentHashMap<>();

    public ShopifyCatalog(Shops shops, BulkFile file) {
        this.shops = shops;
        this.file = file;
    }

    @Override
    public String export(AccountId account, Instant since) {
        AdminApi shop = shops.of(account);
        return started(shop, since).orElseGet(() -> start(shop));
    }

    private static Optional<String> started(AdminApi shop, Instant since) {
        String search = "created_at:>='" + since.truncatedTo(ChronoUnit.SECONDS) + "' operation_type:query";
        return shop
                .call(Operation.BULK_OPERATIONS_SINCE, Map.of("search", search), Listed.class)
                .bulkOperations()
                .nodes()
                .stream()
                .filter(operation -> USABLE.contains(operation.status()))
                .filter(operation -> operation.query().strip().equals(BulkQuery.PRODUCT_VARIANTS.text()))
                .map(Started::id)
                .findFirst();
    }

    private static String start(AdminApi shop) {
        RunQuery outcome = shop.call(
                        Operation.BULK_RUN_QUERY, Map.of("query", BulkQuery.PRODUCT_VARIANTS.text()), Ran.class)
                .bulkOperationRunQuery();
        List<UserError> errors = outcome.userErrors();
        if (!errors.isEmpty()) {
            boolean busy = errors.stream()
                    .anyMatch(error -> error.code().filter(BUSY::contains).isPresent());
            throw SystemFailure.withoutEffect(
                    busy ? FailureCode.RATE_LIMITED : FailureCode.SYSTEM_ERROR,
                    shop.shopDomain() + " starts no bulk operation: " + UserError.words(errors),
                    null);
        }
        return outcome.bulkOperation()
                .map(Id::id)
                .orElseThrow(() -> SystemFailure.withoutEffect(
                        FailureCode.REPLY_UNREADABLE, shop.shopDomain() + " names no bulk operation", null));
    }

    @Override
    public Export state(AccountId account, String export) {
        return shops.of(account)
                .call(Operation.BULK_READ, Map.of("id", export), Read.class)
                .bulkOperation()
                .map(State::export)
                .orElseGet(() -> new Export.Lost("the shop knows no such bulk operation"));
    }

    @Override
    public Page read(AccountId account, Export.Ready export, Optional<String> cursor) {
        long from = cursor.map(Long::parseLong).orElse(0L);
        if (from >= export.size()) {
            return new Page(List.of(), 0, export.size(), Optional.empty());
        }
        BulkFile.Piece piece = file.read(export.location(), from, export.size());
        List<ProductRecord> products = new ArrayList<>();
        int unusable = 0;
        CurrencyCode currency = currencyOf(account);
        try (MappingIterator<VariantLine> lines =
                Json.mapper().readerFor(VariantLine.class).readValues(piece.lines())) {
            while (lines.hasNextValue()) {
                Optional<ProductRecord> product = lines.nextValue().toRecord(account, currency);
                product.ifPresent(products::add);
                unusable += product.isPresent() ? 0 : 1;
            }
        } catch (IOException | RuntimeException unreadable) {
            throw SystemFailure.withoutEffect(
                    FailureCode.REPLY_UNREADABLE, "a line of the export of " + account + " can't be read", unreadable);
        }
        Optional<String> next =
                piece.next() < export.size() ? Optional.of(Long.toString(piece.next())) : Optional.empty();
        return new Page(products, unusable, piece.next(), next);
    }

    @Override
    public List<ProductRecord> product(AccountId account, String product) {
        AdminApi shop = shops.of(account);
        CurrencyCode currency = currencyOf(account);
        List<ProductRecord> records = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            Map<String, Object> variables = new LinkedHashMap<>();
            variables.put("id", Gid.of("Product", product));
            next.ifPresent(after -> variables.put("after", after));
            Optional<Connection<VariantLine>> page = shop.call(Operation.PRODUCT_READ, variables, ProductRead.class)
                    .product()
                    .map(Variants::variants);
            page.stream()
                    .flatMap(variants -> variants.nodes().stream())
                    .flatMap(variant -> variant.toRecord(account, currency).stream())
                    .forEach(records::add);
            next = page.flatMap(Connection::next);
        } while (next.isPresent());
        return records;
    }

    /** A shop's currency can't be changed once it has sold anything. */
    private CurrencyCode currencyOf(AccountId account) {
        return currencies.computeIfAbsent(
                account,
                key -> CurrencyCode.of(shops.of(key)
                        .call(Operation.SHOP_CURRENCY, Map.of(), ShopRead.class)
                        .shop()
                        .currencyCode()));
    }

    private record ProductRead(Optional<Variants> product) {}

    private record Variants(Connection<VariantLine> variants) {}

    private record ShopRead(Shop shop) {}

    private record Shop(String currencyCode) {}

    private record Listed(Connection<Started> bulkOperations) {}

    private record Started(String id, String status, String query) {}

    private record Ran(RunQuery bulkOperationRunQuery) {}

    private record RunQuery(Optional<Id> bulkOperation, List<UserError> userErrors) {}

    private record Id(String id) {}

    private record Read(Optional<State> bulkOperation) {}

    private record State(
            String status,
            Optional<String> errorCode,
            long objectCount,
            Optional<Long> fileSize,
            Optional<String> url) {
        Export export() {
            return switch (status) {
                case "CREATED", "RUNNING" -> new Export.Pending(objectCount);
                case "COMPLETED" ->
                    url.<Export>map(address -> new Export.Ready(address, fileSize.orElse(0L)))
                            .orElseGet(this::withoutFile);
                default ->
                    new Export.Lost(
                            status + errorCode.map(code -> " (" + code + ")").orElse(""));
            };
        }

        /** An export of nothing never has one; any other had it for a week. */
        private Export withoutFile() {
            return objectCount == 0 ? new Export.Ready("", 0) : new Export.Lost("its file is no longer kept");
        }
    }
}
