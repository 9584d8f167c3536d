package io.throughline.store.marketplace;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.marketplace.CancellationReason;
import io.throughline.domain.marketplace.MarketplaceDeadlines;
import io.throughline.domain.marketplace.MarketplaceDeadlines.Kind;
import io.throughline.domain.marketplace.MarketplaceOrder;
import io.throughline.domain.marketplace.MarketplaceRefund;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code marketplace_order} and {@code marketplace_refund}, for transactions that write or read more than these. */
public final class MarketplaceRows {
    private MarketplaceRows() {}

    public static void insert(Handle handle, OrderKey key, MarketplaceDeadlines deadlines) {
        handle.createUpdate("""
                        insert into marketplace_order (order_id, account, external_id, placed_at, acknowledge_by,
                            acknowledge_at_risk, ship_by, ship_at_risk)
                        values (:order, :account, :externalId, :placedAt, :acknowledgeBy, :acknowledgeAtRisk, :shipBy,
                            :shipAtRisk)
                        """)
                .bind("order", OrderId.of(key).value())
                .bind("account", key.account().value())
                .bind("externalId", key.externalId())
                .bind("placedAt", Columns.at(deadlines.placedAt()))
                .bind("acknowledgeBy", Columns.at(deadlines.acknowledgeBy()))
                .bind("acknowledgeAtRisk", Columns.at(deadlines.atRiskFrom(Kind.ACKNOWLEDGE)))
                .bind("shipBy", Columns.at(deadlines.shipBy()))
                .bind("shipAtRisk", Columns.at(deadlines.atRiskFrom(Kind.SHIP)))
                .execute();
    }

    public static Optional<MarketplaceOrder> find(Handle handle, OrderId order) {
        return handle.createQuery("""
                        select account, external_id, placed_at, acknowledge_by, ship_by, acknowledged_at, shipped_at,
                            cancellation_asked_at, called_off_at, called_off_reason, called_off_reference
                        from marketplace_order where order_id = :order
                        """)
                .bind("order", order.value())
                .map((row, context) -> map(row))
                .findOne();
    }

    /** What was given back of an order, in the order in which it was. */
    public static List<MarketplaceRefund> refunds(Handle handle, OrderId order) {
        return handle.createQuery("""
                        select body from marketplace_refund where order_id = :order order by given_at, reference
                        """)
                .bind("order", order.value())
                .mapTo(String.class)
                .map(body -> CanonicalJson.read(body, MarketplaceRefund.class))
                .list();
    }

    /** False: it was there. */
    static boolean insert(Handle handle, OrderId order, MarketplaceRefund refund) {
        return handle.createUpdate("""
                        insert into marketplace_refund (order_id, reference, refund_id, body, given_at)
                        values (:order, :reference, :refund, cast(:body as jsonb), :at)
                        on conflict (order_id, reference) do nothing
                        """)
                        .bind("order", order.value())
                        .bind("reference", refund.reference())
                        .bind("refund", refund.id())
                        .bind("body", CanonicalJson.write(refund))
                        .bind("at", Columns.at(refund.at()))
                        .execute()
                == 1;
    }

    private static MarketplaceOrder map(ResultSet row) throws SQLException {
        Optional<MarketplaceOrder.CalledOff> calledOff =
                Columns.optionalInstant(row, "called_off_at").isEmpty()
                        ? Optional.empty()
                        : Optional.of(new MarketplaceOrder.CalledOff(
                                Columns.instant(row, "called_off_at"),
                                CancellationReason.valueOf(row.getString("called_off_reason")),
                                row.getString("called_off_reference")));
        return new MarketplaceOrder(
                new OrderKey(AccountId.of(row.getString("account")), row.getString("external_id")),
                new MarketplaceDeadlines(
                        Columns.instant(row, "placed_at"),
                        Columns.instant(row, "acknowledge_by"),
                        Columns.instant(row, "ship_by")),
                Columns.optionalInstant(row, "acknowledged_at"),
                Columns.optionalInstant(row, "shipped_at"),
                Columns.optionalInstant(row, "cancellation_asked_at"),
                calledOff);
    }
}
