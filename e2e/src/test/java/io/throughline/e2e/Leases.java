package io.throughline.e2e;

import io.throughline.local.Stack;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** The leases of effects. */
final class Leases {
    private Leases() {}

    /** The dead can't wake up any more: that the time of their leases passes need not be waited for. */
    static void ofTheDeadEnd(Stack stack) {
        try (Connection connection = stack.database().connect(Stack.DATABASE);
                Statement statement = connection.createStatement()) {
            statement.executeUpdate("update effect set lease_until = clock_timestamp() where state = 'LEASED'");
        } catch (SQLException unreachable) {
            throw new IllegalStateException(unreachable);
        }
    }
}
