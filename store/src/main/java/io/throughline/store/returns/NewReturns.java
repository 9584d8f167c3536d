package io.throughline.store.returns;

import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Person;
import io.throughline.domain.returns.ReturnPreview;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.store.internal.Columns;
import io.throughline.store.order.VersionRows;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** Returns as they are authorised, with their lines. */
final class NewReturns {
    private NewReturns() {}

    static int nextOrdinal(Handle handle, OrderId order) {
        return handle.createQuery("select coalesce(max(ordinal), 0) + 1 from goods_return where order_id = :order")
                .bind("order", order.value())
                .mapTo(Integer.class)
                .one();
    }

    /** {@code at} is when it is authorised. */
    static void insert(
            Handle handle,
            ReturnId id,
            Person by,
            ReturnRequest request,
            boolean refundFirst,
            ReturnPreview preview,
            Instant at) {
        handle.createUpdate("""
            insert into goods_return (id, order_id, ordinal, order_version, cause, way, store, refund_to, policy,
                refund_first, asked_by, authorised_at, due_at)
            select :id, o.id, :ordinal, o.version_number, cast(:cause as jsonb), :way, :store, :refundTo, :policy,
                :refundFirst, :askedBy, :now, :dueAt
            from customer_order o where o.id = :order
            """)
                .bind("id", id.value())
                .bind("ordinal", id.ordinal())
                .bind("cause", ReturnRows.impersonal(request.cause()))
                .bind("way", ReturnRows.way(request.to()))
                .bind(
                        "store",
                        request.to() instanceof ReturnedTo.InStore in
                                ? in.store().value()
                                : null)
                .bind("refundTo", preview.refundTo().name())
                .bind("policy", preview.policyVersion())
                .bind("refundFirst", refundFirst)
                .bind("askedBy", by.owner())
                .bind("now", Columns.at(at))
                .bind("dueAt", Columns.at(preview.goodsDueAt(at)))
                .bind("order", id.order().value())
                .execute();
        insertLines(handle, id, request.lines());
        preview.label().ifPresent(wanted -> ReturnParcelRows.insertFromCustomer(handle, id, wanted, at));
    }

    static void insertLines(Handle handle, ReturnId id, List<ReturnRequest.Line> lines) {
        Order order = VersionRows.known(handle, id.order());
        int number = 0;
        for (ReturnRequest.Line line : lines) {
            number++;
            handle.createUpdate("""
                insert into return_line (return_id, number, line_id, sku, reason, claimed, authorised)
                values (:id, :number, :lineId, :sku, :reason, :claimed, :authorised)
                """)
                    .bind("id", id.value())
                    .bind("number", number)
                    .bind("lineId", line.lineId())
                    .bind("sku", order.line(line.lineId()).sku().value())
                    .bind("reason", line.reason())
                    .bind("claimed", line.grade().map(Object::toString).orElse(null))
                    .bind("authorised", line.quantity())
                    .execute();
        }
    }
}
