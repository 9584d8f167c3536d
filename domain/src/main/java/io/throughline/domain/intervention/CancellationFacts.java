package io.throughline.domain.intervention;

import io.throughline.domain.finance.Journals;
import io.throughline.domain.inventory.OrderReservations;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderView;
import java.util.List;
import java.util.Optional;

/** What a cancellation would undo, read at one instant. {@code announced}: the ERP was told of the demand, or may have been. */
public record CancellationFacts(
        OrderView view,
        Optional<Order> order,
        List<OrderReservations.Reserved> reservations,
        List<Journals.Posting> journals,
        boolean announced) {
    public CancellationFacts {
        reservations = List.copyOf(reservations);
        journals = List.copyOf(journals);
    }
}
