package io.throughline.store.inventory;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.Columns;
import io.throughline.store.inventory.Reservations.State;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What of an order is not as it should be: what waits, what has lost its stock, what nobody has been found for. */
final class TroubledStock {
    private TroubledStock() {}

    /** What waits, what has no stock behind it any more, and what has no facility. */
    static OrderStock of(Handle handle, OrderId order) {
        List<Troubled> rows = handle.createQuery("""
            select line_id, sku, facility, quantity, state, displaced, promised_at, fulfillment_order_id, among
            from reservation
            where order_id = :order
                and (state in ('BACKORDERED', 'HELD') or (state = 'CONFIRMED' and displaced > 0))
            order by id
            """)
                .bind("order", order.value())
                .map((row, context) -> Troubled.of(row))
                .list();
        return new OrderStock(
                rows.stream().flatMap(row -> row.waiting().stream()).toList(),
                rows.stream().flatMap(row -> row.displaced().stream()).toList(),
                rows.stream().flatMap(row -> row.unrouted().stream()).collect(Collectors.toSet()),
                rows.stream().flatMap(row -> row.unplaced().stream()).toList(),
                rows.stream().anyMatch(row -> row.waiting().isPresent())
                        ? OrderPromises.find(handle, order)
                        : Optional.empty());
    }

    /** What one row tells. */
    private record Troubled(
            Optional<Commitment.Waiting> waiting,
            Optional<Booking.Displaced> displaced,
            Optional<String> unrouted,
            Optional<LineQuantity> unplaced) {
        static Troubled of(ResultSet row) throws SQLException {
            Sku sku = Sku.of(row.getString("sku"));
            String lineId = row.getString("line_id");
            int units = row.getInt("quantity");
            return switch (State.valueOf(row.getString("state"))) {
                case BACKORDERED ->
                    new Troubled(
                            Optional.of(new Commitment.Waiting(
                                    lineId,
                                    sku,
                                    units,
                                    Columns.optionalInstant(row, "promised_at").orElse(Instant.MAX))),
                            Optional.empty(),
                            Optional.of(lineId),
                            Optional.empty());
                case CONFIRMED ->
                    new Troubled(
                            Optional.empty(),
                            Optional.of(new Booking.Displaced(
                                    new FulfillmentOrderId(row.getString("fulfillment_order_id")),
                                    lineId,
                                    new FacilityId(row.getString("facility")),
                                    sku,
                                    row.getInt("displaced"))),
                            Optional.empty(),
                            Optional.empty());
                default ->
                    new Troubled(
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(lineId),
                            // From where what a facility has given back may be served is not known.
                            Reservations.among(row).isEmpty()
                                    ? Optional.empty()
                                    : Optional.of(new LineQuantity(lineId, sku, units)));
            };
        }
    }
}
