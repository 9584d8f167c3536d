package io.throughline.domain.sale;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.CaseId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sales in memory; of each id the first is booked, and what was refused of it is settled with that. Opens and closes no case. */
public final class TestingStoreSales implements StoreSales {
    private final Map<RefusedSaleId, RefusedSale> refused = new LinkedHashMap<>();
    private final List<RefusedSaleId> leftOut = new ArrayList<>();
    private final Map<RefusedSaleId, StoreSale> booked = new LinkedHashMap<>();

    public List<StoreSale> booked() {
        return List.copyOf(booked.values());
    }

    public List<RefusedSaleId> leftOut() {
        return List.copyOf(leftOut);
    }

    @Override
    public Taken take(StoreSale sale) {
        RefusedSaleId id = RefusedSaleId.of(sale);
        boolean isNew = booked.putIfAbsent(id, sale) == null;
        if (isNew) {
            refused.remove(id);
        }
        return new Taken(isNew ? Verdict.ACCEPTED : Verdict.CONFLICT, SampleSales.DAY, false);
    }

    @Override
    public Refusal refuse(RefusedSale some) {
        refused.put(some.id(), some);
        return new Refusal.Kept(new CaseId("C-1"));
    }

    @Override
    public Optional<RefusedSale> refused(RefusedSaleId id) {
        return Optional.ofNullable(refused.get(id));
    }

    @Override
    public void leaveOut(RefusedSaleId id, Instant decidedAt) {
        refused.remove(id);
        leftOut.add(id);
    }

    @Override
    public Optional<Standing> find(FacilityId store, String id) {
        return Optional.ofNullable(booked.get(new RefusedSaleId(store, id)))
                .map(sale -> new Standing(sale, SampleSales.DAY, List.of()));
    }
}
