package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.e2e.ShopOrders.Placed;
import io.throughline.local.Stack;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.LastingEffects;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What orders leave behind in our facts and, by their own ledgers, in the systems outside. An order's own names are taken out, so that
 * two orders that went the same way have left the same.
 */
final class Footprints {
    /** The numbers of the shop, and the ids of the tills. */
    private static final Pattern NUMBER = Pattern.compile("[0-9]{6,}|\\b[0-9A-Za-z]{24}\\b");

    /** The order's id is the one parameter of each. */
    private static final List<String> FACTS = List.of("""
            select 'order ' || status || ', payment ' || payment || ', posting ' || posting
                || case when cancel_requested_at is null then '' else ', to be cancelled' end
            from customer_order where id = ?
            """, """
            select 'work ' || ordinal || ' ' || facility || ' ' || method || ' ' || status
            from fulfillment_order where order_id = ?
            """, """
            select 'stock ' || sku || ' at ' || facility || ' ' || quantity || ' ' || state
            from reservation where order_id = ?
            """, """
            select 'journal ' || journal.kind || ' ' || journal.status || ': ' || string_agg(
                role || ' ' || detail || ' ' || debit || ' ' || credit, ', ' order by journal_line.number)
            from journal join journal_line using (reference) where order_id = ? group by journal.reference
            """, """
            -- Whether a step was through before the rules tried it again in a group is a matter of moments.
            select 'case ' || step || ' ' || code || ' ' || status || ' '
                || case when decision ->> 'actor' = 'throughline' then 'undecided'
                    else coalesce(decision ->> 'action', 'undecided') end
            from support_case where subject = ?
            """, """
            select 'effect ' || operation || ' ' || purpose || ' ' || state
            from effect where line = ?
            """, """
            select 'reroute ' || id || ' ' || cause || ' ' || status || ', by ' || array_to_string(replaced_by, ' ')
            from reroute where order_id = ?
            """, """
            select 'return ' || ordinal || ': ended ' || (money_ended_at is not null) || ', closed ' || (closed_at is not null)
            from goods_return where order_id = ?
            """, """
            select 'inspected ' || quantity || ' ' || grade || ' ' || disposition || ', booked ' || (booked_at is not null)
            from return_inspection join goods_return on goods_return.id = return_id where order_id = ?
            """, """
            select 'repaid by us ' || coalesce(ours::text, 'not yet') || ', confirmed ' || (confirmed_at is not null)
            from return_refund join goods_return on goods_return.id = return_id where order_id = ?
            """, """
            select 'back on the shelf ' || sku || ' at ' || facility || ' ' || quantity
            from stock_movement where source_id like ? || '-R%'
            """);

    private final House house;
    private final List<JsonNode> ledger;

    /** Reads the ledger outside once, for many orders. */
    Footprints(House house) {
        this.house = house;
        this.ledger = Json.list(house.stage().sandbox().get("/ledger"));
    }

    List<String> of(Placed order) {
        List<String> marks = new ArrayList<>();
        List<String> names = new ArrayList<>(List.of(order.id().value(), order.externalId()));
        try (Connection connection = house.stack().database().connect(Stack.DATABASE)) {
            for (String facts : FACTS) {
                marks.addAll(texts(connection, facts, order));
            }
            names.addAll(texts(
                    connection,
                    "select work_reference from fulfillment_order where order_id = ? and work_reference is not null",
                    order));
        } catch (SQLException unreadable) {
            throw new IllegalStateException(unreadable);
        }
        marks.addAll(outside(names));
        return marks.stream()
                .map(mark ->
                        NUMBER.matcher(mark.replace(order.id().value(), "O")).replaceAll("#"))
                .sorted()
                .toList();
    }

    private List<String> outside(List<String> names) {
        List<JsonNode> rows = ledger.stream()
                .filter(row -> names.stream().anyMatch(name -> names(row, name)))
                .toList();
        return times(rows, "system", "operation").entrySet().stream()
                .map(effect -> "outside " + effect.getKey() + ", times " + effect.getValue())
                .toList();
    }

    private static boolean names(JsonNode row, String name) {
        return row.path("subject").asText().contains(name)
                || row.path("key").asText().contains(name)
                || row.at("/detail/reference").asText().contains(name);
    }

    /** How often the ledger outside has rows that agree in these fields. */
    static Map<String, Integer> times(List<JsonNode> rows, String... fields) {
        Map<String, Integer> times = new TreeMap<>();
        rows.forEach(row -> times.merge(
                Stream.of(fields).map(field -> row.path(field).asText()).collect(Collectors.joining(" ")),
                1,
                Integer::sum));
        return times;
    }

    /** Effects, wherever they belong, that the systems outside saw more than once, and that were not taken back in between. */
    List<String> repeated() {
        return times(LastingEffects.of(ledger), "system", "operation", "subject", "key").entrySet().stream()
                .filter(effect -> effect.getValue() > 1)
                .map(effect -> effect.getKey() + ", times " + effect.getValue())
                .toList();
    }

    private static List<String> texts(Connection connection, String query, Placed order) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(query)) {
            statement.setString(1, order.id().value());
            List<String> texts = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    texts.add(rows.getString(1));
                }
            }
            return texts;
        }
    }
}
