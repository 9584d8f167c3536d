package io.throughline.domain.sale;

import io.throughline.domain.finance.ClosedPeriods;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The one day of {@link SampleSales}, in memory, with summaries that a test puts together. */
public final class TestingStoreDays implements StoreDays {
    private final Map<Integer, List<Entry>> summaries = new TreeMap<>();
    private final Set<Integer> settled = new TreeSet<>();

    public TestingStoreDays summary(int number, Entry... entries) {
        summaries.put(number, List.of(entries));
        return this;
    }

    public Set<Integer> settled() {
        return Set.copyOf(settled);
    }

    @Override
    public Optional<StoreDay> find(StoreDayId id) {
        List<Summary> found = new ArrayList<>();
        summaries.forEach((number, entries) -> found.add(new Summary(
                number,
                entries.size(),
                Instant.EPOCH,
                settled.contains(number) ? Optional.of(Instant.EPOCH) : Optional.empty())));
        return Optional.of(
                new StoreDay(id, "store-day-1", ClosedPeriods.REFUSE, Instant.EPOCH, Optional.empty(), 0, found));
    }

    @Override
    public void close(StoreDayId id, int summary) {
        throw new UnsupportedOperationException("a test puts summaries together itself");
    }

    @Override
    public List<Entry> entries(StoreDayId id, int summary) {
        return summaries.getOrDefault(summary, List.of());
    }

    @Override
    public void settled(StoreDayId id, int summary) {
        settled.add(summary);
    }

    @Override
    public List<Takings> takings(StoreDayId id) {
        return List.of();
    }

    @Override
    public List<LateSale> lateSales(StoreDayId id, int limit) {
        return List.of();
    }
}
