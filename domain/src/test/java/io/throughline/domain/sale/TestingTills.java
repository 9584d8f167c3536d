package io.throughline.domain.sale;

import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.order.OrderKey;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** A system of tills that tells what it was told to tell, and counts how often it was asked. */
public final class TestingTills implements Tills {
    private final Map<OrderKey, Told> told = new HashMap<>();
    private final AtomicInteger reads = new AtomicInteger();
    private Optional<SystemFailure> failure = Optional.empty();
    private Runnable meanwhile = () -> {};

    public void tells(TillSale sale) {
        told.put(sale.id().key(), new Told.Sold(sale));
    }

    public void tells(TillSaleId id, Told what) {
        told.put(id.key(), what);
    }

    public void fails(SystemFailure with) {
        failure = Optional.of(with);
    }

    public void works() {
        failure = Optional.empty();
    }

    /** What happens while it is asked. */
    public void meanwhile(Runnable action) {
        meanwhile = action;
    }

    public int reads() {
        return reads.get();
    }

    @Override
    public Told read(OrderKey key) {
        reads.incrementAndGet();
        meanwhile.run();
        failure.ifPresent(thrown -> {
            throw thrown;
        });
        return told.getOrDefault(key, new Told.Nothing());
    }
}
