package io.throughline.connectors.tryton;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.connectors.tryton.StockStatements.Shipment;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.Movement;
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
 * What Tryton's moves tell of stock: first all moves that have changed, by their ids, then the deliveries whose shipments have changed; and
 * what Tryton itself makes of all its moves, facility by facility.
 * Tryton's clock is that of its database, which is taken for UTC.
 */
public final class TrytonStock implements ErpStock {
    private static final int PAGE = 200;
    private static final String MOVES = "moves";
    private static final String SHIPMENTS = "shipments";

    private final Map<AccountId, Source> companies = new HashMap<>();
    private final Facilities facilities;

    public TrytonStock(List<TrytonSettings> companies, Facilities facilities) {
        companies.forEach(settings -> this.companies.put(settings.company(), Source.of(settings)));
        this.facilities = facilities;
    }

    private record Source(RestApi rest, References references) {
        static Source of(TrytonSettings settings) {
            RestApi rest = new RestApi(new HttpCalls(settings), settings.applicationKey());
            return new Source(rest, new References(rest, settings));
        }
    }

    @Override
    public Page since(AccountId account, Instant since, Optional<String> cursor) {
        String[] place = cursor.orElse(MOVES + ":0").split(":", 2);
        long after = Long.parseLong(place[1]);
        return read(account, (company, locations) -> {
            StockStatements statements = new StockStatements(account, facilities, locations);
            return place[0].equals(MOVES)
                    ? moves(company.rest(), statements, since, after)
                    : shipments(company.rest(), statements, since, after);
        });
    }

    @Override
    public Shelves onHand(AccountId account, Optional<String> cursor) {
        return read(account, (company, locations) -> {
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

    private <T> T read(AccountId account, BiFunction<Source, Locations, T> reading) {
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

    private static Page moves(RestApi rest, StockStatements statements, Instant since, long after) {
        List<JsonNode> rows =
                rest.page(StockMove.MODEL, OptionalLong.empty(), PAGE, changed(since, after), StockMove.FIELDS);
        List<StockMove> moves = rows.stream().map(StockMove::new).toList();
        Map<String, Long> destinations = destinations(rest, moves);
        List<Movement> moved = moves.stream()
                .flatMap(move -> statements.moved(move, destinations).stream())
                .toList();
        return new Page(
                moved,
                awaited(rest, statements, moves),
                latest(rows),
                Optional.of(rows.size() < PAGE ? SHIPMENTS + ":0" : next(MOVES, rows)));
    }

    private static Page shipments(RestApi rest, StockStatements statements, Instant since, long after) {
        List<JsonNode> rows = rest.page(
                StockStatements.RECEIPT,
                OptionalLong.empty(),
                PAGE,
                changed(since, after),
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
                                                .map(row -> StockStatements.RECEIPT + "," + Values.id(row))
                                                .toList())),
                                StockMove.FIELDS)
                        .stream()
                        .map(StockMove::new)
                        .toList();
        return new Page(
                List.of(),
                awaited(rest, statements, moves),
                latest(rows),
                rows.size() < PAGE ? Optional.empty() : Optional.of(next(SHIPMENTS, rows)));
    }

    private static List<Expected> awaited(RestApi rest, StockStatements statements, List<StockMove> moves) {
        Map<String, Shipment> shipments = new HashMap<>();
        of(rest, StockStatements.RECEIPT, moves, "state", "create_date", "write_date")
                .forEach(row -> shipments.put(
                        StockStatements.RECEIPT + "," + Values.id(row),
                        new Shipment(Values.text(row, "state").equals("done"), Values.changedAt(row))));
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

    private static ArrayNode changed(Instant since, long after) {
        return Filter.all(
                Values.array().add("id").add(">").add(after),
                Filter.any(
                        Filter.where("write_date", ">=", Values.dateTime(since)),
                        Filter.all(
                                Filter.isUnset("write_date"),
                                Filter.where("create_date", ">=", Values.dateTime(since)))));
    }

    private static Optional<Instant> latest(List<JsonNode> rows) {
        return rows.stream().map(Values::changedAt).max(Comparator.naturalOrder());
    }

    private static String next(String kind, List<JsonNode> rows) {
        return kind + ":" + Values.id(rows.getLast());
    }
}
