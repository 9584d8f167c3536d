package io.throughline.activities.returns;

import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.Returns;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * Tells the stock of the place where goods came back what has become of them. Units that are kept back are so before they are on hand, so that
 * nobody is promised them in between.
 */
final class ReturnedStock {
    private static final List<Measure> IN_TURN = List.of(Measure.HELD, Measure.ON_HAND);

    private final Returns returns;
    private final InventoryLedger inventory;
    private final Clock clock;

    ReturnedStock(Returns returns, InventoryLedger inventory, Clock clock) {
        this.returns = returns;
        this.inventory = inventory;
        this.clock = clock;
    }

    void book(Return returned) {
        List<Return.Inspection> waiting = returned.toBook();
        for (Return.Line line : returned.lines()) {
            line.inspections().stream().filter(waiting::contains).forEach(found -> book(returned, line, found));
        }
        returns.booked(returned.id(), waiting);
    }

    private void book(Return returned, Return.Line line, Return.Inspection found) {
        IN_TURN.stream()
                .filter(found.disposition()::grows)
                .forEach(measure -> inventory.record(new Movement(
                        new StockSource(
                                StockSource.OWN, returned.id() + "/" + found.number() + "/" + measure.name(), 1),
                        found.facility(),
                        line.sku(),
                        measure,
                        Movement.Kind.RETURN,
                        found.quantity(),
                        Optional.of(found.disposition().name()),
                        found.at())));
        found.stockedAs().ifPresent(before -> takeOut(returned, line, found, before));
    }

    /** What goes back after all is off the shelf before it is free, so that nobody is promised it in between. */
    private void takeOut(Return returned, Return.Line line, Return.Inspection found, Disposition before) {
        IN_TURN.reversed().stream()
                .filter(before::grows)
                .forEach(measure -> inventory.record(new Movement(
                        new StockSource(
                                StockSource.OWN, returned.id() + "/" + found.number() + "/BACK/" + measure.name(), 1),
                        found.facility(),
                        line.sku(),
                        measure,
                        Movement.Kind.ADJUSTMENT,
                        -found.quantity(),
                        Optional.of(found.disposition().name()),
                        clock.instant())));
    }
}
