package io.throughline.e2e;

import io.throughline.local.Stack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Attempts at effects that told of them when the effects were no longer theirs: they woke beside their successors. */
final class Overtaken {
    private Overtaken() {}

    /** At effects of any kind. */
    static long attempts(Stack stack) {
        return attempts(stack, "%");
    }

    static long attempts(Stack stack, String operation) {
        try (Connection connection = stack.database().connect(Stack.DATABASE);
                PreparedStatement statement = connection.prepareStatement("""
                        select count(*) from trace_entry
                        where body like '%effect.overtaken%' and cast(body as jsonb) ->> 'kind' = 'effect.overtaken'
                            and cast(body as jsonb) ->> 'summary' like ? || ' at %'
                        """)) {
            statement.setString(1, operation);
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return rows.getLong(1);
            }
        } catch (SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}
