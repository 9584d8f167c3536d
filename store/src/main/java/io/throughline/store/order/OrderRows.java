package io.throughline.store.order;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.finance.PostingStatus;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.payment.PaymentStatus;
import io.throughline.domain.policy.OrderRules;
import io.throughline.store.fulfillment.FulfillmentRows;
import io.throughline.store.fulfillment.RoutingRows;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Reads orders with their work, in one statement. */
final class OrderRows {
    private static final String WITH_WORK = """
            select o.id, o.account, o.external_id, o.channel, o.name, o.status, o.payment, o.posting, o.hinted_at,
                o.cancel_requested_at, o.cancel_declined_at, o.policy_version, o.routing_version, o.local_queues,
                o.received_at, o.changed_at,
            """ + RoutingRows.COLUMNS + ", " + FulfillmentRows.COLUMNS;

    private OrderRows() {}

    static Optional<OrderView> view(Handle handle, OrderId id) {
        return views(handle.createQuery(WITH_WORK + """
                        from customer_order o left join routing_decision d on d.order_id = o.id
                        left join fulfillment_order f on f.order_id = o.id
                        where o.id = :id order by f.ordinal
                        """).bind("id", id.value())).stream()
                .findFirst();
    }

    static List<OrderView> recent(Handle handle, int limit) {
        return views(handle.createQuery(WITH_WORK + """
                        from (select * from customer_order order by received_at desc, id limit :limit) o
                        left join routing_decision d on d.order_id = o.id
                        left join fulfillment_order f on f.order_id = o.id
                        order by o.received_at desc, o.id, f.ordinal
                        """).bind("limit", limit));
    }

    private static List<OrderView> views(Query query) {
        Map<String, OrderView> heads = new LinkedHashMap<>();
        Map<String, List<FulfillmentOrder>> work = new LinkedHashMap<>();
        query.map((row, context) -> {
                    String id = row.getString("id");
                    if (!heads.containsKey(id)) {
                        heads.put(id, head(row));
                        work.put(id, new ArrayList<>());
                    }
                    if (row.getString("work_id") != null) {
                        work.getOrDefault(id, new ArrayList<>()).add(FulfillmentRows.map(row));
                    }
                    return id;
                })
                .list();
        return heads.values().stream()
                .map(head -> with(head, work.getOrDefault(head.id().value(), List.of())))
                .toList();
    }

    private static OrderView head(ResultSet row) throws SQLException {
        return new OrderView(
                new OrderId(row.getString("id")),
                new OrderKey(new AccountId(row.getString("account")), row.getString("external_id")),
                row.getString("name"),
                Channel.valueOf(row.getString("channel")),
                OrderStatus.valueOf(row.getString("status")),
                PaymentStatus.valueOf(row.getString("payment")),
                PostingStatus.valueOf(row.getString("posting")),
                Columns.optionalInstant(row, "hinted_at").isPresent(),
                Columns.optionalInstant(row, "cancel_requested_at"),
                Columns.optionalInstant(row, "cancel_declined_at"),
                rules(row),
                RoutingRows.map(row),
                Columns.instant(row, "received_at"),
                Columns.instant(row, "changed_at"),
                List.of());
    }

    private static Optional<OrderRules> rules(ResultSet row) throws SQLException {
        String policyVersion = row.getString("policy_version");
        return policyVersion == null
                ? Optional.empty()
                : Optional.of(
                        new OrderRules(policyVersion, Columns.optionalText(row, "routing_version"), Set.of((String[])
                                row.getArray("local_queues").getArray())));
    }

    private static OrderView with(OrderView head, List<FulfillmentOrder> work) {
        return new OrderView(
                head.id(),
                head.key(),
                head.name(),
                head.channel(),
                head.status(),
                head.payment(),
                head.posting(),
                head.channelChanged(),
                head.cancelRequestedAt(),
                head.cancelDeclinedAt(),
                head.rules(),
                head.routing(),
                head.receivedAt(),
                head.changedAt(),
                work);
    }
}
