package io.throughline.api.console.order;

import io.throughline.api.console.Badge;
import io.throughline.api.console.Moment;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Subjects;
import io.throughline.domain.order.OrderView;
import java.util.List;

/** An order as lists show it. */
public record OrderRow(
        String id,
        String address,
        String name,
        String account,
        Badge status,
        Badge payment,
        List<Badge> work,
        Badge posting,
        Moment received,
        Moment changed) {
    static OrderRow of(OrderView view, Moments moments) {
        return new OrderRow(
                view.id().value(),
                Subjects.order(view.id()),
                view.name(),
                view.key().account().value(),
                Badge.of(view.status()),
                Badge.of(view.payment()),
                view.fulfillmentOrders().stream()
                        .map(work -> Badge.of(work.status()))
                        .distinct()
                        .toList(),
                Badge.of(view.posting()),
                moments.of(view.receivedAt()),
                moments.of(view.changedAt()));
    }
}
