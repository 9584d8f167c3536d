package io.throughline.connectors.square;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.squareup.square.core.ObjectMappers;
import com.squareup.square.types.InventoryAdjustment;
import com.squareup.square.types.InventoryChange;
import com.squareup.square.types.InventoryCount;
import com.squareup.square.types.InventoryPhysicalCount;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockReports.Report;
import io.throughline.domain.inventory.StockSource;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Makes Square's inventory changes and counts our movements and levels. */
final class StockChangeMapper {
    /** How our own counts are known again when Square tells them back. */
    private static final Pattern PUBLICATION = Pattern.compile("throughline:([1-9][0-9]{0,17})");

    private static final Pattern WHOLE = Pattern.compile("([0-9]{1,7})(\\.0*)?");

    private final AccountId account;
    private final CatalogIndex catalog;
    private final Facilities facilities;

    StockChangeMapper(AccountId account, CatalogIndex catalog, Facilities facilities) {
        this.account = account;
        this.catalog = catalog;
        this.facilities = facilities;
    }

    static Optional<String> variation(InventoryChange change) {
        return change.getAdjustment()
                .flatMap(InventoryAdjustment::getCatalogObjectId)
                .or(() -> change.getPhysicalCount().flatMap(InventoryPhysicalCount::getCatalogObjectId));
    }

    /** Nothing for a change that touches no stock of ours. */
    List<Report> read(InventoryChange change) {
        return change.getAdjustment()
                .map(adjustment -> adjustment(adjustment, change))
                .or(() -> change.getPhysicalCount().map(count -> count(count, change)))
                .orElseGet(List::of);
    }

    private List<Report> adjustment(InventoryAdjustment adjustment, InventoryChange change) {
        // What a physical count amounts to is told by the count itself.
        if (adjustment.getPhysicalCountId().isPresent()) {
            return List.of();
        }
        Shift shift = Shift.of(adjustment);
        String id = id(adjustment.getId());
        Instant at = happenedAt(adjustment.getOccurredAt(), adjustment.getCreatedAt());
        boolean ofOrder = shift.ofSale()
                && adjustment.getTransactionId().or(adjustment::getRefundId).isPresent();
        return placed(
                id,
                variation(change),
                shift.locations(),
                adjustment.getQuantity(),
                change,
                (sku, units) -> shift.effects(units).stream()
                        .map(effect -> new Movement(
                                new StockSource(
                                        account.value(), id + "/" + effect.location() + "/" + effect.measure(), 1),
                                facility(effect.location()).orElseThrow(),
                                sku,
                                effect.measure(),
                                effect.kind(),
                                effect.units(),
                                Optional.of(shift.words()),
                                at))
                        .<Report>map(ofOrder ? Report.SoldByOrder::new : Report.Moved::new)
                        .toList());
    }

    private List<Report> count(InventoryPhysicalCount count, InventoryChange change) {
        Optional<Measure> measure = count.getState().flatMap(Shift::measure);
        if (measure.isEmpty()) {
            return List.of();
        }
        String id = id(count.getId());
        String location = count.getLocationId().orElse("");
        Instant at = happenedAt(count.getOccurredAt(), count.getCreatedAt());
        StockSource source = new StockSource(account.value(), id, 1);
        Optional<Long> publication = count.getReferenceId().flatMap(StockChangeMapper::publication);
        return placed(id, variation(change), List.of(location), count.getQuantity(), change, (sku, units) -> {
            FacilityId facility = facility(location).orElseThrow();
            return List.of(
                    publication.isPresent()
                            ? new Report.Told(new Level(source, facility, sku, measure.get(), units, at, publication))
                            : new Report.Moved(new Movement(
                                    source,
                                    facility,
                                    sku,
                                    measure.get(),
                                    Movement.Kind.COUNT,
                                    units,
                                    Optional.empty(),
                                    at)));
        });
    }

    /** A count of something that isn't known is of no use later: its present one will be asked for then. */
    Optional<Report> level(InventoryCount count) {
        Optional<Sku> sku = count.getCatalogObjectId().flatMap(variation -> catalog.sku(account, variation));
        Optional<FacilityId> facility = count.getLocationId().flatMap(this::facility);
        Optional<Measure> measure = count.getState().flatMap(Shift::measure);
        Optional<Integer> units = count.getQuantity().flatMap(StockChangeMapper::there);
        if (sku.isEmpty() || facility.isEmpty() || measure.isEmpty() || units.isEmpty()) {
            return Optional.empty();
        }
        Instant at = SaleMapper.instant(count.getCalculatedAt());
        String id = "count/" + count.getLocationId().orElseThrow() + "/"
                + count.getCatalogObjectId().orElseThrow() + "/" + measure.get();
        StockSource source =
                new StockSource(account.value(), id, Math.max(1, ChronoUnit.MICROS.between(Instant.EPOCH, at)));
        return Optional.of(new Report.Told(
                new Level(source, facility.get(), sku.get(), measure.get(), units.get(), at, Optional.empty())));
    }

    /** What is told of a known thing at known places. */
    private interface Reading {
        List<Report> of(Sku sku, int units);
    }

    private List<Report> placed(
            String id,
            Optional<String> variation,
            List<String> locations,
            Optional<String> quantity,
            InventoryChange change,
            Reading reading) {
        Optional<Sku> sku = variation.flatMap(named -> catalog.sku(account, named));
        Optional<Integer> units = quantity.flatMap(StockChangeMapper::whole);
        String thing = "variation " + variation.orElse("without a name");
        Optional<String> unknown = Stream.of(
                        sku.isEmpty() ? Stream.of(thing) : Stream.<String>empty(),
                        units.isEmpty() ? Stream.of(thing + " in fractions") : Stream.<String>empty(),
                        locations.stream()
                                .filter(location -> facility(location).isEmpty())
                                .map(location -> "location " + location))
                .flatMap(Function.identity())
                .findFirst();
        return unknown.map(what -> List.<Report>of(
                        new Report.Unplaced(new StockSource(account.value(), id + "/" + what, 1), what, raw(change))))
                .orElseGet(() -> reading.of(sku.orElseThrow(), units.orElseThrow()));
    }

    /** As it was told, but for who did it. */
    private static String raw(InventoryChange change) {
        JsonNode told = ObjectMappers.JSON_MAPPER.valueToTree(change);
        for (JsonNode part : told) {
            if (part instanceof ObjectNode record) {
                record.remove(List.of("employee_id", "team_member_id"));
            }
        }
        return told.toString();
    }

    private Optional<FacilityId> facility(String location) {
        return facilities.byLocation(account, location).map(Facility::id);
    }

    /** A till whose clock is ahead can't tell of it before it has happened: Square's own clock bounds it, whenever it is heard of here. */
    private static Instant happenedAt(Optional<String> occurred, Optional<String> takenIn) {
        Instant at = SaleMapper.instant(occurred.or(() -> takenIn));
        return takenIn.isPresent() && SaleMapper.instant(takenIn).isBefore(at) ? SaleMapper.instant(takenIn) : at;
    }

    private static Optional<Integer> whole(String quantity) {
        Matcher whole = WHOLE.matcher(quantity);
        return whole.matches() ? Optional.of(Integer.valueOf(whole.group(1))) : Optional.empty();
    }

    /** Square lets what was sold beyond the stock be a negative count: nothing is there. */
    private static Optional<Integer> there(String quantity) {
        return quantity.startsWith("-") ? whole(quantity.substring(1)).map(beyond -> 0) : whole(quantity);
    }

    private static Optional<Long> publication(String reference) {
        Matcher ours = PUBLICATION.matcher(reference);
        return ours.matches() ? Optional.of(Long.valueOf(ours.group(1))) : Optional.empty();
    }

    private static String id(Optional<String> id) {
        return id.orElseThrow(() -> SystemFailure.withoutEffect(
                FailureCode.REPLY_UNREADABLE, "Square tells of a change without an id", null));
    }
}
