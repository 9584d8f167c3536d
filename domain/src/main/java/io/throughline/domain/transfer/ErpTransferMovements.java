package io.throughline.domain.transfer;

import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.StockSource;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the differences of an ERP's transfer say of stock once they are accounted for. */
public final class ErpTransferMovements {
    private ErpTransferMovements() {}

    /** What is missing is on its way no more, and what came too much has never been; {@code reason} says by whose word. */
    public static List<Movement> settled(ErpTransfer transfer, String reason, Instant at) {
        return transfer.differing().stream()
                .map(line -> new Movement(
                        new StockSource(StockSource.OWN, transfer.id().subject() + "/difference/" + line.sku(), 1),
                        transfer.to(),
                        line.sku(),
                        Measure.IN_TRANSIT,
                        Kind.ADJUSTMENT,
                        -line.difference(),
                        Optional.of((line.difference() > 0 ? "received short: " : "received over: ") + reason),
                        at))
                .toList();
    }
}
