package io.throughline.domain.transfer;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.StockSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the steps of a transfer say of stock. What leaves one place is on its way to the other in the same statement, so nothing is lost or
 * made between them; only an adjustment, with its reason, accounts for what arrived less or more. A corrected receipt is a later
 * version of what the earlier one said.
 */
public final class TransferMovements {
    private final Transfer transfer;
    private final Instant at;

    public TransferMovements(Transfer transfer, Instant at) {
        this.transfer = transfer;
        this.at = at;
    }

    /** Goods have left their place. */
    public List<Movement> sent() {
        return transfer.lines().stream()
                .filter(line -> line.sent() > 0)
                .flatMap(line -> Stream.of(
                        onHand(line.sku(), transfer.from(), Kind.TRANSFER_OUT, -line.sent(), "out", 1),
                        onItsWay(line.sku(), Kind.TRANSFER_OUT, line.sent(), "sent", 1)))
                .toList();
    }

    /** Goods have arrived, by the latest of the transfer's receipts. */
    public List<Movement> received() {
        return transfer.lines().stream()
                .filter(line -> line.received() > 0 || transfer.receipts() > 1)
                .flatMap(line -> Stream.of(
                        onItsWay(line.sku(), Kind.TRANSFER_IN, -line.received(), "arrived", transfer.receipts()),
                        onHand(
                                line.sku(),
                                transfer.to(),
                                Kind.TRANSFER_IN,
                                line.received(),
                                "in",
                                transfer.receipts())))
                .toList();
    }

    /** What is missing is on its way no more, and what came too much has never been; {@code reason} says by whose word. */
    public List<Movement> settled(String reason) {
        return transfer.differing().stream()
                .map(line -> new Movement(
                        source(line.sku(), "difference", 1),
                        transfer.to(),
                        line.sku(),
                        Measure.IN_TRANSIT,
                        Kind.ADJUSTMENT,
                        -line.difference(),
                        Optional.of((line.difference() > 0 ? "received short: " : "received over: ") + reason),
                        at))
                .toList();
    }

    /** What was sent is back where it came from. */
    public List<Movement> cameBack() {
        return transfer.lines().stream()
                .filter(line -> line.sent() > 0)
                .flatMap(line -> Stream.of(
                        onItsWay(line.sku(), Kind.TRANSFER_IN, -line.sent(), "turned", 1),
                        onHand(line.sku(), transfer.from(), Kind.TRANSFER_IN, line.sent(), "back", 1)))
                .toList();
    }

    private Movement onHand(Sku sku, FacilityId where, Kind kind, int units, String what, int version) {
        return new Movement(source(sku, what, version), where, sku, Measure.ON_HAND, kind, units, Optional.empty(), at);
    }

    private Movement onItsWay(Sku sku, Kind kind, int units, String what, int version) {
        return new Movement(
                source(sku, what, version), transfer.to(), sku, Measure.IN_TRANSIT, kind, units, Optional.empty(), at);
    }

    private StockSource source(Sku sku, String what, int version) {
        return new StockSource(StockSource.OWN, transfer.id().subject() + "/" + what + "/" + sku, version);
    }
}
