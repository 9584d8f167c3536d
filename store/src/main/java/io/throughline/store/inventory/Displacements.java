package io.throughline.store.inventory;

import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.inventory.Booking.Displaced;
import io.throughline.domain.inventory.Displacement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Which reservations at a facility have no stock behind them: as many units as are reserved beyond what may leave. Chosen by policy
 * when stock goes, and covered again in the opposite order when it comes. The caller holds the lock of the place.
 */
final class Displacements {
    private final Supplier<Displacement> policy;

    Displacements(Supplier<Displacement> policy) {
        this.policy = policy;
    }

    private static Comparator<Open> order(Displacement policy) {
        return switch (policy) {
            case NEWEST_FIRST -> Comparator.comparingLong(Open::id).reversed();
            case OLDEST_FIRST -> Comparator.comparingLong(Open::id);
            case LARGEST_FIRST ->
                Comparator.comparingInt(Open::quantity)
                        .thenComparingLong(Open::id)
                        .reversed();
        };
    }

    private record Open(long id, String work, String lineId, int quantity, int displaced) {}

    /** Gives who has lost stock by it. */
    List<Displaced> settle(Handle handle, Place place, int uncovered) {
        List<Open> open = open(handle, place);
        int change = uncovered - open.stream().mapToInt(Open::displaced).sum();
        Comparator<Open> order = order(policy.get());
        List<Displaced> displaced = new ArrayList<>();
        PreparedBatch batch = handle.prepareBatch("update reservation set displaced = :displaced where id = :id");
        for (Open row :
                open.stream().sorted(change > 0 ? order : order.reversed()).toList()) {
            int step = change > 0
                    ? Math.min(change, row.quantity() - row.displaced())
                    : -Math.min(-change, row.displaced());
            if (step != 0) {
                batch.bind("displaced", row.displaced() + step)
                        .bind("id", row.id())
                        .add();
                change -= step;
            }
            if (step > 0) {
                displaced.add(new Displaced(
                        new FulfillmentOrderId(row.work()), row.lineId(), place.facility(), place.sku(), step));
            }
        }
        if (batch.size() > 0) {
            batch.execute();
        }
        return displaced;
    }

    private static List<Open> open(Handle handle, Place place) {
        return handle.createQuery("""
                        select id, fulfillment_order_id, line_id, quantity, displaced from reservation
                        where sku = :sku and facility = :facility and state = 'CONFIRMED'
                        """)
                .bind("sku", place.sku().value())
                .bind("facility", place.facility().value())
                .map((row, context) -> new Open(
                        row.getLong("id"),
                        row.getString("fulfillment_order_id"),
                        row.getString("line_id"),
                        row.getInt("quantity"),
                        row.getInt("displaced")))
                .list();
    }
}
