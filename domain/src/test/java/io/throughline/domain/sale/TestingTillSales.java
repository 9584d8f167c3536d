package io.throughline.domain.sale;

import io.throughline.domain.order.Reading;
import io.throughline.domain.sale.StoreSales.Taken;
import io.throughline.domain.sale.StoreSales.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The sales of tills in memory: what was booked, in the order in which it was. */
public final class TestingTillSales implements TillSales {
    private final Map<TillSaleId, Known> known = new HashMap<>();
    private final List<StoreSale> booked = new ArrayList<>();

    public List<StoreSale> booked() {
        return List.copyOf(booked);
    }

    @Override
    public Optional<Known> find(TillSaleId id) {
        return Optional.ofNullable(known.get(id));
    }

    @Override
    public Taken book(TillSale sale, Instant readAt) {
        StoreSale told = sale.toStoreSale();
        known.put(sale.id(), new Known(new Reading(sale.version(), readAt), sale.store()));
        boolean same = booked.stream().anyMatch(before -> before.saysAs(told));
        if (!same) {
            booked.add(told);
        }
        return new Taken(same ? Verdict.KNOWN : Verdict.ACCEPTED, SampleSales.DAY, false);
    }

    @Override
    public void setAside(TillSaleId id, Reading reading) {
        known.put(id, new Known(reading, find(id).flatMap(Known::bookedAt)));
    }
}
