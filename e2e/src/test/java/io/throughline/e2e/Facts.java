package io.throughline.e2e;

import io.throughline.local.Stack;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Our own facts, read, and for some tests changed, behind the product's back. */
final class Facts {
    private Facts() {}

    /** The first column of each row. */
    static List<String> texts(Stack stack, String query, Object... parameters) {
        return in(stack, query, parameters, statement -> {
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        });
    }

    /** The one number that the query asks for. */
    static long number(Stack stack, String query, Object... parameters) {
        return Long.parseLong(texts(stack, query, parameters).getFirst());
    }

    /** How many rows it changed. */
    static int change(Stack stack, String change) {
        return in(stack, change, new Object[0], PreparedStatement::executeUpdate);
    }

    private static <R> R in(Stack stack, String sql, Object[] parameters, Work<R> work) {
        try (Connection connection = stack.database().connect(Stack.DATABASE);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            return work.with(statement);
        } catch (SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }

    private interface Work<R> {
        R with(PreparedStatement statement) throws SQLException;
    }
}
