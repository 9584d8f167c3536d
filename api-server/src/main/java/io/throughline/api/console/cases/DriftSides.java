package io.throughline.api.console.cases;

import io.throughline.api.console.Moment;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Words;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.inventory.CountStep;
import io.throughline.domain.inventory.DriftHistories;
import io.throughline.domain.inventory.DriftStep;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What the ledger and another system have each told of the place of a case, to be seen side by side. */
public record DriftSides(
        String other, String measure, Optional<Moment> since, List<LedgerRow> ledger, List<OtherRow> told) {
    /** A movement; {@code sku} is a part of the place's where that is a bundle. */
    public record LedgerRow(Moment at, String kind, String sku, String change, int after, String source) {}

    /** What was told: a level, or a change. */
    public record OtherRow(Moment at, String what, String units, String source) {}

    /** Whose word on what a case is about. */
    private record Side(String source, Measure measure) {
        static Optional<Side> of(String step) {
            return DriftStep.of(step)
                    .map(drift -> new Side(drift.account().value(), drift.measure()))
                    .or(() -> CountStep.of(step).map(count -> new Side(StockSource.PEOPLE, Measure.ON_HAND)));
        }
    }

    /** Empty when the case is about something else. */
    static Optional<DriftSides> of(Case found, DriftHistories histories, Moments moments) {
        return StockSubject.of(found.subject())
                .flatMap(place -> Side.of(found.step()).map(side -> of(place, side, histories, moments)));
    }

    private static DriftSides of(StockSubject place, Side side, DriftHistories histories, Moments moments) {
        DriftHistories.Sides both = histories.of(side.source(), place, side.measure());
        return new DriftSides(
                side.source(),
                Words.of(side.measure()).toLowerCase(Locale.ROOT),
                both.since().map(moments::of),
                both.ledger().stream()
                        .map(moved -> new LedgerRow(
                                moments.of(moved.at()),
                                Words.of(moved.kind()),
                                moved.sku(),
                                "%+d".formatted(moved.units()),
                                moved.after(),
                                moved.source() + "/" + moved.sourceId()))
                        .toList(),
                both.other().stream()
                        .map(told -> new OtherRow(
                                moments.of(told.at()),
                                told.echo() ? "Shows what it was told" : told.absolute() ? "Tells of" : "Moved",
                                (told.absolute() ? "%d" : "%+d").formatted(told.units()),
                                told.sourceId()))
                        .toList());
    }
}
