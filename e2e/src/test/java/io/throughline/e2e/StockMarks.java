package io.throughline.e2e;

import io.throughline.local.Stack;
import io.throughline.local.demo.Json;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What becomes of stock without orders: our facts of it, and what the systems outside saw of it, as lines that can be compared. */
final class StockMarks {
    private static final List<String> FACTS = List.of("""
            select 'stock ' || sku || ' at ' || facility || ': ' || on_hand || ', reserved ' || reserved || ', in transit '
                || in_transit || ', damaged ' || damaged || ', lacking ' || shortfall
            from stock_balance
            """, """
            select 'moved by ' || source || ', ' || kind || ': ' || count(*) || ', sum ' || sum(quantity)
            from stock_movement group by source, kind
            """, """
            select 'expected ' || sku || ' at ' || facility || ': ' || sum(outstanding)
            from incoming_supply group by sku, facility
            """, """
            select 'journal ' || journal.kind || ' ' || reference || ' ' || journal.status from journal
            """, """
            select 'effect ' || line || ' ' || operation || ' ' || purpose || ' ' || state from effect
            where operation <> 'publish'
            """, """
            select 'import: ' || booked || ' booked, ' || refused || ' refused' from stock_import
            """, """
            select 'case ' || subject || ' ' || step || ' ' || code || ' ' || status from support_case
            """);

    private StockMarks() {}

    static List<String> of(House house) {
        List<String> marks = new ArrayList<>(outside(house));
        try (Connection connection = house.stack().database().connect(Stack.DATABASE);
                Statement statement = connection.createStatement()) {
            for (String facts : FACTS) {
                try (ResultSet rows = statement.executeQuery(facts)) {
                    while (rows.next()) {
                        marks.add(rows.getString(1));
                    }
                }
            }
        } catch (SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        return marks.stream().sorted().toList();
    }

    private static List<String> outside(House house) {
        Map<String, Integer> times = new TreeMap<>();
        Json.list(house.stage().sandbox().get("/ledger"))
                .forEach(row -> times.merge(
                        row.path("system").asText() + " "
                                + row.path("operation").asText() + " "
                                + row.path("subject").asText(),
                        1,
                        Integer::sum));
        return times.entrySet().stream()
                .map(effect -> "outside " + effect.getKey() + ", times " + effect.getValue())
                .toList();
    }
}
