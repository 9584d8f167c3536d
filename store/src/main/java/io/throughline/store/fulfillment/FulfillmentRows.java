package io.throughline.store.fulfillment;

import com.fasterxml.jackson.core.type.TypeReference;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityAnswer;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.HoldNews;
import io.throughline.domain.fulfillment.Inbound;
import io.throughline.domain.fulfillment.StoreReport;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.WorkHold;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The rows of {@code fulfillment_order}, for the packages of this module that make or show work. */
public final class FulfillmentRows {
    /** What {@link #map} reads, with {@code f} as the table's alias. What holds the whole order is told before what its channel holds, which ends by itself. */
    public static final String COLUMNS = """
            f.id as work_id, f.facility, f.method, f.status as work_status, f.lines, f.channel_work, f.work_reference,
            f.carrier, f.tracking_number, f.deadline, f.hinted_at as work_hinted_at, f.reported as work_reported,
            f.inbound_from, f.inbound_arrived_at, f.ground, f.kept_at, f.hold_asked, f.hold_told,
            (select jsonb_build_object('source', h.source, 'reference', h.reference, 'reason', h.reason) from work_hold h
                where h.order_id = f.order_id and h.ended_at is null and (h.source <> 'CHANNEL' or h.reference = f.channel_work)
                order by h.source = 'CHANNEL', h.source, h.reference limit 1) as held,
            coalesce((select p.content #>> '{}' from person p where p.ref = 'N-' || f.id), f.reason) as work_reason
            """;

    /** The statuses that never change again. */
    static final List<String> TERMINAL = Arrays.stream(FulfillmentStatus.values())
            .filter(FulfillmentStatus::terminal)
            .map(FulfillmentStatus::name)
            .toList();

    private static final TypeReference<List<LineQuantity>> LINES = new TypeReference<>() {};

    private FulfillmentRows() {}

    public static FulfillmentOrder map(ResultSet row) throws SQLException {
        boolean arrived = Columns.optionalInstant(row, "inbound_arrived_at").isPresent();
        return new FulfillmentOrder(
                new FulfillmentOrderId(row.getString("work_id")),
                new FacilityId(row.getString("facility")),
                DeliveryMethod.valueOf(row.getString("method")),
                FulfillmentStatus.valueOf(row.getString("work_status")),
                CanonicalJson.read(row.getString("lines"), LINES),
                Columns.optionalText(row, "channel_work"),
                Columns.optionalText(row, "work_reference"),
                tracking(row),
                Columns.optionalText(row, "work_reason"),
                Columns.optionalInstant(row, "deadline"),
                Columns.optionalInstant(row, "work_hinted_at").isPresent(),
                row.getBoolean("work_reported"),
                Columns.optionalText(row, "inbound_from").map(from -> new Inbound(new FacilityId(from), arrived)),
                new FacilityAnswer(
                        Columns.optionalText(row, "ground").map(StoreReport.Ground::valueOf),
                        Columns.optionalInstant(row, "kept_at").isPresent()),
                Columns.optionalText(row, "held").map(held -> CanonicalJson.read(held, WorkHold.class)),
                new HoldNews(row.getInt("hold_asked"), row.getInt("hold_told")));
    }

    public static List<FulfillmentOrder> ofOrder(Handle handle, OrderId order) {
        return handle.createQuery("select " + COLUMNS + """
                        from fulfillment_order f where f.order_id = :order order by f.ordinal
                        """)
                .bind("order", order.value())
                .map((row, context) -> map(row))
                .list();
    }

    /** Until the transaction ends, no work of the order changes. */
    public static void lockAll(Handle handle, OrderId order) {
        handle.createQuery("select true from fulfillment_order where order_id = :order order by id for no key update")
                .bind("order", order.value())
                .mapTo(Boolean.class)
                .list();
    }

    /** New work of one order; the ordinals are those of the ids. {@code allocatedAt} is empty for what is done already. */
    public static void insert(Handle handle, List<FulfillmentOrder> created, Optional<Instant> allocatedAt) {
        PreparedBatch batch = handle.prepareBatch("""
                insert into fulfillment_order (id, order_id, ordinal, facility, method, status, lines, channel_work,
                    allocated_at, reported, deadline, inbound_from)
                values (:id, :order, :ordinal, :facility, :method, :status, cast(:lines as jsonb), :channelWork,
                    cast(:allocatedAt as timestamptz), :reported, cast(:deadline as timestamptz), :inboundFrom)
                """);
        for (FulfillmentOrder work : created) {
            batch.bind("id", work.id().value())
                    .bind("order", work.id().order().value())
                    .bind("ordinal", work.id().ordinal())
                    .bind("facility", work.facility().value())
                    .bind("method", work.method())
                    .bind("status", work.status())
                    .bind("lines", CanonicalJson.write(work.lines()))
                    .bind("channelWork", work.channelWork().orElse(null))
                    .bind("allocatedAt", Columns.at(allocatedAt))
                    .bind("reported", work.reported())
                    .bind("deadline", Columns.at(work.deadline()))
                    .bind(
                            "inboundFrom",
                            work.inbound()
                                    .map(Inbound::from)
                                    .map(FacilityId::value)
                                    .orElse(null))
                    .add();
        }
        batch.execute();
    }

    /** When the goods left, as their facility told it. */
    public static Optional<Instant> handedOverAt(Handle handle, FulfillmentOrderId id) {
        return handle.createQuery("select handed_over_at from fulfillment_order where id = :id")
                .bind("id", id.value())
                .map((row, context) -> Columns.optionalInstant(row, "handed_over_at"))
                .one();
    }

    /** Whether an order's goods were all handed over by facilities that had to be asked to. */
    public static boolean allHaveLeft(Handle handle, OrderId order) {
        return handle.createQuery("""
                        select coalesce(bool_or(status in ('SHIPPED', 'PICKED_UP', 'DELIVERED') and method in ('SHIPPING', 'PICKUP'))
                                and bool_and(status = any(cast(:terminal as text[]))), false)
                            and not exists (select from reservation
                                where order_id = :order and state in ('HELD', 'BACKORDERED'))
                        from fulfillment_order where order_id = :order
                        """)
                .bind("order", order.value())
                .bindArray("terminal", String.class, TERMINAL)
                .mapTo(Boolean.class)
                .one();
    }

    /** Ends what an order still has open; gives the names of that. */
    public static List<String> cancelOpen(Handle handle, OrderId order, String reason) {
        return handle.createQuery("""
                        update fulfillment_order set status = 'CANCELLED', reason = :reason, deadline = null
                        where order_id = :order and not status = any(cast(:terminal as text[]))
                        returning id
                        """)
                .bind("reason", reason)
                .bind("order", order.value())
                .bindArray("terminal", String.class, TERMINAL)
                .mapTo(String.class)
                .list();
    }

    private static Optional<Tracking> tracking(ResultSet row) throws SQLException {
        String carrier = row.getString("carrier");
        return carrier == null
                ? Optional.empty()
                : Optional.of(new Tracking(carrier, row.getString("tracking_number")));
    }
}
