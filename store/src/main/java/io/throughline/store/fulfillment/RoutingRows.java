package io.throughline.store.fulfillment;

import io.throughline.domain.event.UnitDetails;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.routing.RoutingDecision;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;

/** The rows of {@code routing_decision}, one for each order that was routed or could not be. */
public final class RoutingRows {
    /** What {@link #map} reads, with {@code d} as the table's alias. */
    public static final String COLUMNS = "d.summary as routing_summary, d.considered, d.look_again_at, d.cancel_at";

    private RoutingRows() {}

    /** Keeps it in place of the one before; whether it says anything else. */
    public static boolean put(Handle handle, OrderId order, RoutingDecision decision, Instant at) {
        return handle.createQuery("""
                        insert into routing_decision (order_id, summary, considered, decided_at, look_again_at, cancel_at)
                        values (:order, :summary, cast(:considered as text[]), :at, cast(:lookAgainAt as timestamptz),
                            cast(:cancelAt as timestamptz))
                        on conflict (order_id) do update
                            set summary = excluded.summary, considered = excluded.considered,
                                decided_at = excluded.decided_at, look_again_at = excluded.look_again_at,
                                cancel_at = excluded.cancel_at
                        returning old.summary is distinct from new.summary
                        """)
                .bind("order", order.value())
                .bind("summary", decision.summary())
                .bindArray("considered", String.class, decision.considered())
                .bind("at", Columns.at(at))
                .bind("lookAgainAt", Columns.at(decision.lookAgainAt()))
                .bind("cancelAt", Columns.at(decision.cancelAt()))
                .mapTo(Boolean.class)
                .one();
    }

    /** What was considered, as the trace has it: each line under its number. */
    public static Map<String, String> detail(List<String> considered) {
        Map<String, String> detail = new TreeMap<>();
        considered.forEach(line -> detail.put(String.format(Locale.ROOT, "considered %02d", detail.size() + 1), line));
        return detail;
    }

    /** What each piece of work is to do, of these lines, as the trace and the subscribers are told it. */
    public static Map<String, String> parts(List<FulfillmentOrder> given, Predicate<LineQuantity> told) {
        return UnitDetails.write(
                "parts",
                given.stream()
                        .flatMap(work -> work.lines().stream()
                                .filter(told)
                                .map(line -> new UnitDetails.Units(
                                        List.of(
                                                work.id().value(),
                                                work.facility().value()),
                                        line.quantity(),
                                        line.sku().value())))
                        .toList());
    }

    /** Of an outer join: empty where the order has none. */
    public static Optional<RoutingDecision> map(ResultSet row) throws SQLException {
        String summary = row.getString("routing_summary");
        return summary == null
                ? Optional.empty()
                : Optional.of(new RoutingDecision(
                        summary,
                        List.of((String[]) row.getArray("considered").getArray()),
                        Columns.optionalInstant(row, "look_again_at"),
                        Columns.optionalInstant(row, "cancel_at")));
    }
}
