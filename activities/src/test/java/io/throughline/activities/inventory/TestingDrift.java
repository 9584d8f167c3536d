package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Parting;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One place that is apart, or none, on each of its pages; cases are settled as it is told. */
final class TestingDrift implements StockDrift {
    final List<Case> settled = new ArrayList<>();
    final List<Page> passed = new ArrayList<>();
    final List<Spot> mended = new ArrayList<>();
    final List<Discrepancy> noted = new ArrayList<>();
    Optional<Discrepancy> apart = Optional.empty();
    Optional<Discrepancy> begun = Optional.empty();
    Optional<Parting> parting = Optional.empty();
    boolean adjusted;
    int pages = 1;

    @Override
    public Page next(AccountId account, Instant quietSince) {
        return new Page(
                Stream.of(
                                apart.map(one -> Parting.first(one, true, false, false)),
                                begun.map(one -> Parting.first(one, true, true, false)),
                                parting)
                        .flatMap(Optional::stream)
                        .toList(),
                apart.filter(some -> passed.size() + 1 < pages).map(one -> new Spot(one.place(), one.measure())));
    }

    @Override
    public void passed(AccountId account, Page page, Collection<Spot> mended) {
        passed.add(page);
        this.mended.addAll(mended);
    }

    @Override
    public void note(Discrepancy discrepancy) {
        noted.add(discrepancy);
    }

    @Override
    public Optional<Discrepancy> apartAt(AccountId account, StockSubject place, Measure measure) {
        return apart;
    }

    @Override
    public boolean isAdjustedSince(Discrepancy discrepancy) {
        return adjusted;
    }

    @Override
    public String story(Discrepancy discrepancy) {
        return "both histories";
    }

    @Override
    public void accept(Discrepancy discrepancy) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Case> settled(AccountId account) {
        return List.copyOf(settled);
    }
}
