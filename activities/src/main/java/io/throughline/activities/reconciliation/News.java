package io.throughline.activities.reconciliation;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.order.Reading;
import io.throughline.domain.reconciliation.Repairs;
import io.throughline.domain.sale.TillSaleId;
import io.throughline.domain.sale.TillSales;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tells by a change at a channel what news we may have missed. */
final class News {
    static final String OF_ORDER = Repairs.OF_ORDER;
    static final String OF_ORDER_AGAIN = Repairs.OF_ORDER_AGAIN;
    static final String OF_WORK = Repairs.OF_WORK;
    static final String OF_SALE = Repairs.OF_SALE;

    /** In this time the channel's own messages have usually come. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** A reading that began so long after a change has seen it, however our clock and the channel's differ. */
    private static final Duration CLOCKS_APART = Duration.ofSeconds(5);

    private final Orders orders;
    private final TillSales sales;
    private final Clock clock;

    News(Orders orders, TillSales sales, Clock clock) {
        this.orders = orders;
        this.sales = sales;
        this.clock = clock;
    }

    /** Whether the change of a sale at a till was missed. */
    boolean missedSale(OrderSource.Changed changed) {
        return sales.find(new TillSaleId(changed.key()))
                .filter(known -> !known.reading().version().isBefore(changed.version()))
                .isEmpty();
    }

    /** Whether it was read as an order; so were sales at tills before they began no process. */
    boolean isOrder(OrderKey key) {
        return orders.reading(OrderId.of(key)).isPresent();
    }

    /**
     * The topics under which they are to be made up for. A known version may not be all of its second, and news of work come apart from
     * news of its order: what is still open some time after a change is looked at once more.
     */
    List<String> missed(OrderSource.Changed changed) {
        OrderId id = OrderId.of(changed.key());
        Optional<Reading> known = orders.reading(id);
        if (known.isEmpty()) {
            return List.of(OF_ORDER);
        }
        boolean newer = isNewer(changed, known.get());
        if (!newer && isFresh(changed)) {
            return List.of();
        }
        Optional<OrderView> open = orders.view(id).filter(view -> !view.status().ended());
        if (newer || open.isEmpty()) {
            return open.isEmpty() ? List.of() : List.of(OF_ORDER);
        }
        List<String> topics = new ArrayList<>();
        if (!isAllOf(changed.version(), known.get())) {
            topics.add(OF_ORDER_AGAIN);
        }
        if (open.get().fulfillmentOrders().stream()
                .anyMatch(work -> !work.status().terminal())) {
            topics.add(OF_WORK);
        }
        return topics;
    }

    /** The order that is the subject of a message, if it has ended. */
    Optional<OrderView> ended(AccountId account, String subject) {
        String prefix = "order/" + account + "/";
        return subject.startsWith(prefix)
                ? orders.view(OrderId.of(new OrderKey(account, subject.substring(prefix.length()))))
                        .filter(view -> view.status().ended())
                : Optional.empty();
    }

    /** An order that has ended and has, or may have, become another since: no process is there that would read it. */
    Optional<OrderView> changedAfterItsEnd(OrderSource.Changed changed) {
        OrderId id = OrderId.of(changed.key());
        return orders.reading(id)
                .filter(known -> isNewer(changed, known) || !(isFresh(changed) || isAllOf(changed.version(), known)))
                .flatMap(known -> orders.view(id))
                .filter(view -> view.status().ended());
    }

    private static boolean isNewer(OrderSource.Changed changed, Reading known) {
        return known.version().isBefore(changed.version());
    }

    private boolean isFresh(OrderSource.Changed changed) {
        return clock.instant().isBefore(changed.version().plus(PATIENCE));
    }

    /** Two changes that are told in fractions of a second have two versions. */
    private static boolean isAllOf(Instant version, Reading known) {
        boolean wholeSecond = version.equals(version.truncatedTo(ChronoUnit.SECONDS));
        return !wholeSecond || known.knows(version, version.plus(CLOCKS_APART));
    }
}
