package io.throughline.domain.fulfillment;

import io.throughline.domain.order.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** The holds of work, in memory. The work asks for them under its own lock, so they have none. */
public final class TestingWorkHolds implements WorkHolds {
    private final TestingFulfillmentOrders work;
    private final List<Placed> standing = new CopyOnWriteArrayList<>();
    private final Set<Object> ended = ConcurrentHashMap.newKeySet();
    private volatile Consumer<OrderId> heard = order -> {};

    TestingWorkHolds(TestingFulfillmentOrders work) {
        this.work = work;
    }

    /** Who is to hear of each change: its order's process. */
    public void tell(Consumer<OrderId> listener) {
        heard = listener;
    }

    private record Placed(OrderId order, WorkHold hold, Instant since) {
        boolean is(OrderId other, WorkHold.Source source, String reference) {
            return order.equals(other)
                    && hold.source() == source
                    && hold.reference().equals(reference);
        }

        boolean holds(FulfillmentOrder one) {
            return one.id().order().equals(order)
                    && (hold.source() != WorkHold.Source.CHANNEL
                            || one.channelWork()
                                    .filter(hold.reference()::equals)
                                    .isPresent());
        }
    }

    @Override
    public boolean place(OrderId order, WorkHold hold) {
        boolean known = isKnown(order, hold.source(), hold.reference());
        if (!known) {
            standing.add(new Placed(order, hold, work.now()));
            heard.accept(order);
        }
        return !known;
    }

    @Override
    public boolean isKnown(OrderId order, WorkHold.Source source, String reference) {
        return standing.stream().anyMatch(placed -> placed.is(order, source, reference))
                || ended.contains(List.of(order, reference));
    }

    @Override
    public void end(OrderId order, WorkHold.Source source, String reference, String why) {
        List<Placed> over = standing.stream()
                .filter(placed -> placed.is(order, source, reference))
                .toList();
        for (Placed placed : over) {
            List<FulfillmentOrder> held = work.ofOrder(order).stream()
                    .filter(placed::holds)
                    .filter(one -> !one.status().terminal())
                    .toList();
            standing.remove(placed);
            if (source != WorkHold.Source.CHANNEL) {
                ended.add(List.of(order, reference));
            }
            Duration lasted = Duration.between(placed.since(), work.now());
            held.forEach(one -> one.deadline().ifPresent(deadline -> work.extend(one.id(), deadline.plus(lasted))));
            heard.accept(order);
        }
    }

    @Override
    public List<WorkHold> standing(OrderId order) {
        return standing.stream()
                .filter(placed -> placed.order().equals(order))
                .map(Placed::hold)
                .toList();
    }

    Optional<WorkHold> of(FulfillmentOrder one) {
        return standing.stream()
                .filter(placed -> placed.holds(one))
                .map(Placed::hold)
                .min(Comparator.comparing(hold -> hold.source() == WorkHold.Source.CHANNEL));
    }
}
