package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSubject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One place that is apart, or none. */
final class TestingDrift implements StockDrift {
    Optional<Discrepancy> apart = Optional.empty();

    @Override
    public List<Discrepancy> apart(AccountId account, Instant quietSince, int atMost) {
        return apart.stream().toList();
    }

    @Override
    public Optional<Discrepancy> apartAt(AccountId account, StockSubject place, Measure measure) {
        return apart;
    }

    @Override
    public String story(Discrepancy discrepancy) {
        return "both histories";
    }
}
