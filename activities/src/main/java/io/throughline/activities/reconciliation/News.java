package io.throughline.activities.reconciliation;

import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Reading;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Tells by a change at a channel what news we may have missed. */
final class News {
    static final String OF_ORDER = "throughline/reconciled";
    static final String OF_WORK = "fulfillments/reconciled";

    /** In this time the channel's own messages have usually come. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Orders orders;
    private final Clock clock;

    News(Orders orders, Clock clock) {
        this.orders = orders;
        this.clock = clock;
    }

    /** A reading that began so long after a change has seen it, however our clock and the channel's differ. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    /**
     * The topic under which it is to be made up for. News of work come apart from news of its order, so they may be lost although the
     * change is known: work that is still open then is looked at once more.
     */
    Optional<String> missed(OrderSource.Changed changed) {
        OrderId id = OrderId.of(changed.key());
        Optional<Reading> known = orders.reading(id);
        if (known.isEmpty() || known.get().version().isBefore(changed.version())) {
            return Optional.of(OF_ORDER);
        }
        if (!ago(changed.version())) {
            return Optional.empty();
        }
        if (!known.get().knows(changed.version(), changed.version().plus(CLOCKS_APART)) && isOpen(id)) {
            return Optional.of(OF_ORDER);
        }
        return hasOpenWork(id) ? Optional.of(OF_WORK) : Optional.empty();
    }

    private boolean ago(Instant version) {
        return version.plus(PATIENCE).isBefore(clock.instant());
    }

    private boolean isOpen(OrderId id) {
        return orders.view(id).filter(view -> !view.status().ended()).isPresent();
    }

    private boolean hasOpenWork(OrderId id) {
        return orders.view(id).stream()
                .flatMap(view -> view.fulfillmentOrders().stream())
                .anyMatch(work -> !work.status().terminal());
    }
}
