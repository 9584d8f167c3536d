package io.throughline.bench;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.order.OrderId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** One connection that reserves with the ledger's own statements, in their order, and with nothing around them. */
final class PlainReserve implements AutoCloseable {
    private static final String[] STATEMENTS = {
        """
        select exists (select from basket where claimed_by = o.id and state = 'HELD')
        from customer_order o where o.id = ? for no key update of o
        """,
        """
        select line_id, sku, sum(quantity) as quantity, bool_or(state = 'BACKORDERED') as waits
        from reservation
        where order_id = ? and state in ('HELD', 'CONFIRMED', 'CONSUMED', 'BACKORDERED')
        group by line_id, sku
        """,
        """
        select b.sku, b.facility, b.on_hand, b.reserved, b.safety_stock, b.held, b.shortfall, b.damaged, b.in_transit
        from stock_balance b
        join unnest(cast(? as text[]), cast(? as text[])) as wanted (sku, facility)
            on wanted.sku = b.sku and wanted.facility = b.facility
        order by b.sku, b.facility
        for no key update of b
        """,
        """
        select sku, facility, on_hand, reserved, safety_stock, held, shortfall, damaged, in_transit
        from stock_balance where sku = any(cast(? as text[])) order by sku, facility
        """,
        """
        insert into reservation (order_id, basket_id, line_id, sku, facility, quantity, state, among)
        select ?, ?, line_id, sku, 'UNROUTED', quantity, 'HELD', cast(? as text[])
        from unnest(cast(? as text[]), cast(? as text[]), cast(? as integer[]))
            with ordinality as part (line_id, sku, quantity, place)
        order by place
        """,
        """
        update stock_balance b set reserved = b.reserved + change.quantity
        from unnest(cast(? as text[]), cast(? as text[]), cast(? as integer[])) as change (sku, facility, quantity)
        where b.sku = change.sku and b.facility = change.facility and change.quantity <> 0
        """,
        "select trace_append(?, null, ?, 'stock.reserved', ?, cast(? as json), cast(? as text[]), cast(? as text[]),"
                + " null, null, null)"
    };

    /** As many as the ledger sends. */
    static final int COUNT = STATEMENTS.length;

    private final Connection connection;
    private final PreparedStatement[] prepared = new PreparedStatement[STATEMENTS.length];

    PlainReserve(Connection connection) throws SQLException {
        this.connection = connection;
        connection.setAutoCommit(false);
        for (int i = 0; i < STATEMENTS.length; i++) {
            prepared[i] = connection.prepareStatement(STATEMENTS[i]);
        }
    }

    void reserve(OrderId order, Sku sku) throws SQLException {
        Array skus = connection.createArrayOf("text", new Object[] {sku.value()});
        Array unrouted = connection.createArrayOf("text", new Object[] {"UNROUTED"});
        prepared[0].setString(1, order.value());
        rows(prepared[0]);
        prepared[1].setString(1, order.value());
        rows(prepared[1]);
        prepared[2].setArray(1, skus);
        prepared[2].setArray(2, unrouted);
        rows(prepared[2]);
        prepared[3].setArray(1, skus);
        if (free(prepared[3]) < 1) {
            throw new IllegalStateException("nothing is free of " + sku);
        }
        prepared[4].setString(1, order.value());
        prepared[4].setNull(2, Types.VARCHAR);
        prepared[4].setArray(3, connection.createArrayOf("text", new Object[] {"WH-1", "WH-2"}));
        prepared[4].setArray(4, connection.createArrayOf("text", new Object[] {"L1"}));
        prepared[4].setArray(5, skus);
        prepared[4].setArray(6, connection.createArrayOf("integer", new Object[] {1}));
        prepared[4].executeUpdate();
        prepared[5].setArray(1, skus);
        prepared[5].setArray(2, unrouted);
        prepared[5].setArray(3, connection.createArrayOf("integer", new Object[] {1}));
        prepared[5].executeUpdate();
        prepared[6].setString(1, order.value());
        prepared[6].setObject(2, OffsetDateTime.now(ZoneOffset.UTC));
        prepared[6].setString(3, "reserved 1 × " + sku);
        prepared[6].setString(4, "{\"" + sku + "\":\"1\"}");
        prepared[6].setArray(5, connection.createArrayOf("text", new Object[] {}));
        prepared[6].setArray(6, connection.createArrayOf("text", new Object[] {}));
        rows(prepared[6]);
        connection.commit();
    }

    private static void rows(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                rows.getString(1);
            }
        }
    }

    private static long free(PreparedStatement statement) throws SQLException {
        long free = 0;
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                free += rows.getInt(3) - rows.getInt(4) - rows.getInt(5) - rows.getInt(6) - rows.getInt(8);
            }
        }
        return free;
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
