package io.throughline.worker.inbox;

import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.inventory.CountStep;
import io.throughline.domain.inventory.CycleCounts;
import io.throughline.domain.inventory.StockSubject;
import java.util.Optional;

/** Books what people have counted and somebody has believed. */
public final class CountCases implements InboxDesk {
    private final CycleCounts counts;

    public CountCases(CycleCounts counts) {
        this.counts = counts;
    }

    @Override
    public boolean resolve(Case decided) {
        Optional<CountStep> count = CountStep.of(decided.step());
        Optional<StockSubject> place = StockSubject.of(decided.subject());
        if (count.isEmpty() || place.isEmpty()) {
            return false;
        }
        if (decided.status() == CaseStatus.DECIDED) {
            counts.believe(place.get(), count.get(), decided.id());
        }
        return true;
    }
}
