package io.throughline.store.inventory;

import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.StrandedStock;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Looks for open reservations of ended orders. Any number of workers may: what one has set right the others find in order. */
public final class PostgresStrandedStock implements StrandedStock {
    private final Transactions transactions;
    private final InventoryLedger inventory;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresStrandedStock(Transactions transactions, InventoryLedger inventory, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.inventory = inventory;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public int setRight(Duration endedFor, int mostOrders) {
        List<OrderId> orders = stranded(clock.instant().minus(endedFor), mostOrders);
        List<RuntimeException> failures = new ArrayList<>();
        for (OrderId order : orders) {
            try {
                setRight(order);
            } catch (RuntimeException failed) {
                failures.add(new IllegalStateException(order + " can't be set right", failed));
            }
        }
        failures.stream().reduce(PostgresStrandedStock::with).ifPresent(failed -> {
            throw failed;
        });
        return orders.size();
    }

    private static RuntimeException with(RuntimeException first, RuntimeException other) {
        first.addSuppressed(other);
        return first;
    }

    /** From what is open, which is little beside all orders that ever ended. Goods on their way arrive by their transfers. */
    private List<OrderId> stranded(Instant endedBefore, int most) {
        return transactions.with(handle -> handle.createQuery("""
                        select distinct o.id from reservation r join customer_order o on o.id = r.order_id
                        where r.state in ('HELD', 'CONFIRMED') and o.status in ('COMPLETED', 'CANCELLED', 'REJECTED')
                            and o.changed_at < :before
                        order by o.id limit :most
                        """)
                .bind("before", Columns.at(endedBefore))
                .bind("most", most)
                .mapTo(String.class)
                .map(OrderId::new)
                .list());
    }

    private void setRight(OrderId order) {
        List<Left> left = left(order);
        if (left.isEmpty()) {
            // Another worker was quicker.
            return;
        }
        transactions.run(handle -> trace.append(
                handle,
                order.value(),
                "stock.stranded",
                order
                        + " has ended and has stock reserved still: it is booked where it has left, and given back where not",
                Map.of(
                        "work", String.join(", ", left.stream().map(Left::work).toList()),
                        "units",
                                Integer.toString(
                                        left.stream().mapToInt(Left::units).sum()))));
        left.stream()
                .filter(work -> work.status().map(FulfillmentStatus::handedOver).orElse(false))
                .forEach(work -> inventory.consume(new FulfillmentOrderId(work.work())));
        inventory.releaseAll(order, "the order has ended");
    }

    /** What is reserved for one piece of work; {@code work} is empty, and has no status, for what no facility was given. */
    private record Left(String work, Optional<FulfillmentStatus> status, int units) {}

    private List<Left> left(OrderId order) {
        return transactions.with(handle -> handle.createQuery("""
                        select coalesce(f.id, '') as work, f.status, sum(r.quantity) as units
                        from reservation r left join fulfillment_order f on f.id = r.fulfillment_order_id
                        where r.order_id = :order and r.state in ('HELD', 'CONFIRMED')
                        group by f.id, f.status order by f.id
                        """)
                .bind("order", order.value())
                .map((row, context) -> new Left(
                        row.getString("work"),
                        Optional.ofNullable(row.getString("status")).map(FulfillmentStatus::valueOf),
                        row.getInt("units")))
                .list());
    }
}
