package io.throughline.store.inventory;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import io.throughline.store.internal.Columns;
import io.throughline.store.inventory.Reservations.State;
import java.sql.Types;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;

/** Rows that are added to {@code reservation}. */
final class NewReservations {
    private NewReservations() {}

    /** Demand without a facility, by the terms of its lines: one statement, unless these may be served from different places. */
    static void hold(Handle handle, Holder holder, Collection<LineQuantity> parts, Terms terms) {
        if (terms.isUniform()) {
            hold(handle, holder, parts, terms.among());
            return;
        }
        parts.stream()
                .collect(Collectors.groupingBy(
                        part -> terms.among(part.lineId()), LinkedHashMap::new, Collectors.toList()))
                .forEach((among, alike) -> hold(handle, holder, alike, among));
    }

    /** Demand without a facility; {@code among} is from where it may be served, none where that is not known. */
    static void hold(Handle handle, Holder holder, Collection<LineQuantity> parts, Set<FacilityId> among) {
        if (parts.isEmpty()) {
            return;
        }
        // One statement, for a batch of one row is planned anew by PostgreSQL each time.
        Update insert = handle.createUpdate("""
            insert into reservation (order_id, basket_id, line_id, sku, facility, quantity, state, among)
            select :order, :basket, line_id, sku, 'UNROUTED', quantity, 'HELD', cast(:among as text[])
            from unnest(cast(:lines as text[]), cast(:skus as text[]), cast(:quantities as integer[]))
                with ordinality as part (line_id, sku, quantity, place)
            order by place
            """)
                .bind("order", holder.order())
                .bind("basket", holder.basket())
                .bindArray(
                        "lines",
                        String.class,
                        parts.stream().map(LineQuantity::lineId).toList())
                .bindArray(
                        "skus",
                        String.class,
                        parts.stream().map(part -> part.sku().value()).toList())
                .bindArray(
                        "quantities",
                        Integer.class,
                        parts.stream().map(LineQuantity::quantity).toList());
        if (among.isEmpty()) {
            insert.bindNull("among", Types.ARRAY);
        } else {
            insert.bindArray(
                    "among",
                    String.class,
                    among.stream().map(FacilityId::value).sorted().toList());
        }
        insert.execute();
    }

    /** {@code components} are what the work takes of each component from a facility, its own or who sends it there. */
    static void confirm(Handle handle, FulfillmentOrder work, FacilityId from, Collection<LineQuantity> components) {
        PreparedBatch batch = insertion(handle);
        Holder holder = Holder.of(work.id().order());
        components.forEach(part -> bind(batch, holder, part, from, State.CONFIRMED)
                .bind("work", work.id().value())
                .add());
        batch.execute();
    }

    static void backorder(Handle handle, Holder holder, Collection<Commitment.Waiting> waiting, Terms terms) {
        PreparedBatch batch = handle.prepareBatch("""
            insert into reservation (order_id, basket_id, line_id, sku, facility, quantity, state, among, promised_at)
            values (:order, :basket, :line, :sku, :facility, :quantity, :state, :among, :promisedAt)
            """);
        waiting.forEach(part -> bind(
                        batch,
                        holder,
                        new LineQuantity(part.lineId(), part.sku(), part.units()),
                        FacilityId.UNROUTED,
                        State.BACKORDERED)
                .bindArray(
                        "among",
                        String.class,
                        terms.among(part.lineId()).stream()
                                .map(FacilityId::value)
                                .sorted()
                                .toList())
                .bind("promisedAt", Columns.at(part.promisedAt()))
                .add());
        batch.execute();
    }

    private static PreparedBatch insertion(Handle handle) {
        return handle.prepareBatch("""
            insert into reservation
                (order_id, basket_id, line_id, sku, facility, quantity, state, fulfillment_order_id)
            values (:order, :basket, :line, :sku, :facility, :quantity, :state, :work)
            """);
    }

    private static PreparedBatch bind(
            PreparedBatch batch, Holder holder, LineQuantity part, FacilityId facility, State state) {
        return batch.bind("order", holder.order())
                .bind("basket", holder.basket())
                .bind("line", part.lineId())
                .bind("sku", part.sku().value())
                .bind("facility", facility.value())
                .bind("quantity", part.quantity())
                .bind("state", state);
    }
}
