package io.throughline.store.inventory;

import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.internal.TraceWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Tells in the line of a place what moved there and what it has since. The caller holds the lock of the place. */
final class StockLine {
    private final TraceWriter trace;

    StockLine(TraceWriter trace) {
        this.trace = trace;
    }

    /** What changes nothing, because a later count covers it, is not told. */
    void moved(Handle handle, Movement movement, Measure measure, long change, Balance after) {
        if (change == 0) {
            return;
        }
        Map<String, String> detail = new HashMap<>(Map.ofEntries(
                Map.entry("measure", measure.name()),
                Map.entry("movement", movement.kind().name()),
                Map.entry("change", Long.toString(change)),
                Map.entry("onHand", Integer.toString(after.onHand())),
                Map.entry("shortfall", Integer.toString(after.shortfall())),
                Map.entry("held", Integer.toString(after.held())),
                Map.entry("damaged", Integer.toString(after.damaged())),
                Map.entry("inTransit", Integer.toString(after.inTransit())),
                Map.entry("safetyStock", Integer.toString(after.safetyStock())),
                Map.entry("source", movement.source().system()),
                Map.entry("sourceId", movement.source().id())));
        // The words of others may be about a person, and stay in the ledger.
        movement.reason().filter(words -> movement.source().own()).ifPresent(words -> detail.put("reason", words));
        trace.append(
                handle,
                new StockSubject(after.facility(), after.sku()).toString(),
                "stock.moved",
                measure + " changes by " + change + ": " + movement.cause(),
                detail,
                List.of());
    }
}
