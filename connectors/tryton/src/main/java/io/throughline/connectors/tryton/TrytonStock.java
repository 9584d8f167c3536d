package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.connectors.tryton.StockStatements.Shipment;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.transfer.ErpTransfer;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.stream.Collectors;

/**
 * What Tryton's moves tell of stock: first all moves that have changed, by their ids, then what was counted, then the deliveries and
 * transfers whose shipments have changed; and what Tryton itself makes of all its moves, facility by facility.
 * Tryton's clock is that of its database, which is taken for UTC.
 */
public final class TrytonStock implements ErpStock {
    private static final int PAGE = 200;
    private static final String MOVES = "moves";
    private static final String COUNTS = "counts";
    private static final String SHIPMENTS = "shipments";
    private static final String TRANSFERS = "transfers";

    private final Map<AccountId, Source> companies = new HashMap<>();
    private final Facilities facilities;

    public TrytonStock(List<TrytonSettings> companies, Facilities facilities) {
        this(companies, facilities, SystemGate.open());
    }

    /** Asks nothing but what passes the gate. */
    public TrytonStock(List<TrytonSettings> companies, Facilities facilities, SystemGate gate) {
        companies.forEach(settings -> this.companies.put(settings.company(), Source.of(settings, gate)));
        this.facilities = facilities;
    }

    private record Source(RestApi rest, References references) {
        static Source of(TrytonSettings settings, SystemGate gate) {
            RestApi rest = new RestApi(new HttpCalls(settings, gate), settings.applicationKey());
            return new Source(rest, new References(rest, settings));
        }
    }

    @Override
    public Page since(AccountId account, Instant since, Optional<String> cursor) {
        Place place = Place.of(cursor);
        return read(account, (rest, statements) -> switch (place.kind()) {
            case MOVES -> moves(rest, statements, changed("", since), place.after(), Optional.of(COUNTS));
            case COUNTS ->
                counts(rest, statements, changed("inventory.", since), place.after(), Optional.of(SHIPMENTS));
            case SHIPMENTS ->
                shipments(rest, statements, StockStatements.RECEIPT, since, place.after(), Optional.of(TRANSFERS));
            default -> shipments(rest, statements, StockStatements.TRANSFER, since, place.after(), Optional.empty());
        });
    }

    @Override
    public Page onOrder(AccountId account, Optional<String> cursor) {
        ArrayNode bought = Filter.all(
                Filter.where("from_location.type", "=", "supplier"),
                Filter.any(
                        Filter.oneOf("state", List.of("draft", "assigned")),
                        Filter.where("shipment.state", "=", "received", StockStatements.RECEIPT)));
        ArrayNode onItsWay = Filter.all(
                Filter.oneOf("state", List.of("draft", "assigned")),
                Filter.where("shipment.state", "=", "shipped", StockStatements.TRANSFER));
        ArrayNode awaited = Filter.any(bought, onItsWay);
        return read(
                account,
                (rest, statements) ->
                        moves(rest, statements, awaited, Place.of(cursor).after(), Optional.empty()));
    }

    @Override
    public Page about(AccountId account, Sku sku, Optional<String> cursor) {
        ArrayNode ofProduct = Filter.all(Filter.where("product.code", "=", sku.value()));
        Place place = Place.of(cursor);
        return read(
                account,
                (rest, statements) -> place.kind().equals(MOVES)
                        ? moves(rest, statements, ofProduct, place.after(), Optional.of(COUNTS))
                        : counts(rest, statements, ofProduct, place.after(), Optional.empty()));
    }

    /** The records of a kind after this one are still to be read, and all of the kinds that follow. */
    private record Place(String kind, long after) {
        static Place of(Optional<String> cursor) {
            String[] parts = cursor.orElse(MOVES + ":0").split(":", 2);
            return new Place(parts[0], Long.parseLong(parts[1]));
        }

        static Optional<String> next(String kind, List<JsonNode> rows, Optional<String> following) {
            return rows.size() < PAGE
                    ? following.map(other -> other + ":0")
                    : Optional.of(kind + ":" + Values.id(rows.getLast()));
        }
    }

    @Override
    public Shelves onHand(AccountId account, Optional<String> cursor) {
        return readAt(account, (company, locations) -> {
            NavigableMap<FacilityId, Long> shelves = locations.shelves();
            if (shelves.isEmpty()) {
                return new Shelves(List.of(), Optional.empty());
            }
            ShelfPlace place = cursor.map(ShelfPlace::of).orElseGet(() -> new ShelfPlace(shelves.firstKey(), 0));
            List<JsonNode> rows = Optional.ofNullable(shelves.get(place.facility()))
                    .map(storage -> products(company, storage, place.after()))
                    .orElseGet(List::of);
            Optional<ShelfPlace> next = rows.size() < PAGE
                    ? Optional.ofNullable(shelves.higherKey(place.facility()))
                            .map(facility -> new ShelfPlace(facility, 0))
                    : Optional.of(new ShelfPlace(place.facility(), Values.id(rows.getLast())));
            return new Shelves(
                    rows.stream()
                            .flatMap(row -> there(place.facility(), row).stream())
                            .toList(),
                    next.map(ShelfPlace::toString));
        });
    }

    /** The products after this one are still to be read in this facility, and all of those after it. */
    private record ShelfPlace(FacilityId facility, long after) {
        static ShelfPlace of(String cursor) {
            int colon = cursor.lastIndexOf(':');
            return new ShelfPlace(
                    new FacilityId(cursor.substring(0, colon)), Long.parseLong(cursor.substring(colon + 1)));
        }

        @Override
        public String toString() {
            return facility + ":" + after;
        }
    }

    private static List<JsonNode> products(Source company, long storage, long after) {
        ObjectNode context = company.references().context().put("with_childs", true);
        context.set("locations", Values.ids(List.of(storage)));
        return company.rest()
                .page(
                        "product.product",
                        PAGE,
                        Filter.all(
                                Filter.where("type", "=", "goods"),
                                Values.array().add("id").add(">").add(after)),
                        context,
                        "code",
                        "quantity");
    }

    private static Optional<OnHand> there(FacilityId facility, JsonNode row) {
        return StockMove.sku(row)
                .map(sku -> new OnHand(
                        facility,
                        sku,
                        Math.toIntExact(Math.round(row.path("quantity").doubleValue()))));
    }

    private Page read(AccountId account, BiFunction<RestApi, StockStatements, Page> reading) {
        return readAt(
                account,
                (company, locations) ->
                        reading.apply(company.rest(), new StockStatements(account, facilities, locations)));
    }

    private <T> T readAt(AccountId account, BiFunction<Source, Locations, T> reading) {
        Source company = Objects.requireNonNull(companies.get(account), "no Tryton company is configured for it");
        try {
            return reading.apply(
                    company,
                    Locations.read(
                            company.rest(),
                            facilities.all().stream().map(Facility::id).collect(Collectors.toSet())));
        } catch (TrytonRefusal refusal) {
            throw SystemFailure.withoutEffect(FailureCode.SYSTEM_ERROR, refusal.text(), refusal);
        }
    }

    private static Page moves(
            RestApi rest, StockStatements statements, ArrayNode wanted, long after, Optional<String> following) {
        List<JsonNode> rows = rest.page(
                StockMove.MODEL, OptionalLong.empty(), PAGE, Filter.all(after(after), wanted), StockMove.FIELDS);
        List<StockMove> moves = rows.stream().map(StockMove::new).toList();
        Map<String, Long> destinations = destinations(rest, moves);
        return new Page(
                moves.stream()
                        .flatMap(move -> statements.moved(move, destinations).stream())
                        .toList(),
                awaited(rest, statements, moves),
                moves.stream()
                        .flatMap(move -> statements.arrived(move).stream())
                        .distinct()
                        .toList(),
                latest(rows),
                Place.next(MOVES, rows, following));
    }

    private static Page counts(
            RestApi rest, StockStatements statements, ArrayNode wanted, long after, Optional<String> following) {
        List<JsonNode> rows = rest.page(
                StockCount.MODEL,
                OptionalLong.empty(),
                PAGE,
                Filter.all(after(after), Filter.where("inventory.state", "=", "done"), wanted),
                StockCount.FIELDS);
        List<StockCount> counts = rows.stream().map(StockCount::new).toList();
        return new Page(
                counts.stream()
                        .flatMap(count -> statements.counted(count).stream())
                        .toList(),
                List.of(),
                List.of(),
                counts.stream().map(StockCount::confirmedAt).max(Comparator.naturalOrder()),
                Place.next(COUNTS, rows, following));
    }

    private static Page shipments(
            RestApi rest,
            StockStatements statements,
            String model,
            Instant since,
            long after,
            Optional<String> following) {
        List<JsonNode> rows = rest.page(
                model,
                OptionalLong.empty(),
                PAGE,
                Filter.all(after(after), changed("", since)),
                "state",
                "create_date",
                "write_date");
        List<StockMove> moves = rows.isEmpty()
                ? List.of()
                : rest
                        .search(
                                StockMove.MODEL,
                                Filter.all(Filter.oneOf(
                                        "shipment",
                                        rows.stream()
                                                .map(row -> model + "," + Values.id(row))
                                                .toList())),
                                StockMove.FIELDS)
                        .stream()
                        .map(StockMove::new)
                        .toList();
        return new Page(
                List.of(),
                awaited(rest, statements, moves),
                List.of(),
                model.equals(StockStatements.TRANSFER) ? ended(statements, rows, moves) : List.of(),
                latest(rows),
                Place.next(model.equals(StockStatements.RECEIPT) ? SHIPMENTS : TRANSFERS, rows, following));
    }

    /** Those of these transfers that are over, by their moves. */
    private static List<ErpTransfer> ended(
            StockStatements statements, List<JsonNode> shipments, List<StockMove> moves) {
        return shipments.stream()
                .filter(row -> new Shipment(Values.text(row, "state"), Values.changedAt(row)).over())
                .flatMap(row -> statements
                        .ended(
                                Values.id(row),
                                moves.stream()
                                        .filter(move ->
                                                move.shipment().equals(StockStatements.TRANSFER + "," + Values.id(row)))
                                        .toList())
                        .stream())
                .toList();
    }

    private static List<Expected> awaited(RestApi rest, StockStatements statements, List<StockMove> moves) {
        Map<String, Shipment> shipments = new HashMap<>();
        for (String model : List.of(StockStatements.RECEIPT, StockStatements.TRANSFER)) {
            of(rest, model, moves, "state", "create_date", "write_date")
                    .forEach(row -> shipments.put(
                            model + "," + Values.id(row),
                            new Shipment(Values.text(row, "state"), Values.changedAt(row))));
        }
        return moves.stream()
                .flatMap(move -> statements.awaited(move, Optional.ofNullable(shipments.get(move.shipment()))).stream())
                .toList();
    }

    private static Map<String, Long> destinations(RestApi rest, List<StockMove> moves) {
        return of(rest, StockStatements.TRANSFER, moves, "to_location").stream()
                .collect(Collectors.toMap(
                        row -> StockStatements.TRANSFER + "," + Values.id(row),
                        row -> row.path("to_location").longValue()));
    }

    /** The shipments of one kind that these moves are part of. */
    private static List<JsonNode> of(RestApi rest, String model, List<StockMove> moves, String... fields) {
        List<Long> ids = moves.stream()
                .filter(move -> move.of(model))
                .map(move -> Long.parseLong(move.shipment().substring(model.length() + 1)))
                .distinct()
                .toList();
        return ids.isEmpty() ? List.of() : rest.search(model, Filter.all(Filter.oneOfIds("id", ids)), fields);
    }

    private static ArrayNode after(long id) {
        return Values.array().add("id").add(">").add(id);
    }

    /** {@code owner} is the path to the record whose change counts. */
    private static ArrayNode changed(String owner, Instant since) {
        return Filter.any(
                Filter.where(owner + "write_date", ">=", Values.dateTime(since)),
                Filter.all(
                        Filter.isUnset(owner + "write_date"),
                        Filter.where(owner + "create_date", ">=", Values.dateTime(since))));
    }

    private static Optional<Instant> latest(List<JsonNode> rows) {
        return rows.stream().map(Values::changedAt).max(Comparator.naturalOrder());
    }
}
