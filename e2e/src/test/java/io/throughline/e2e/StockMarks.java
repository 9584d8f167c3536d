package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.local.demo.Json;
import java.util.ArrayList;
import java.util.List;

/** What becomes of stock, products and people without orders: our facts of them, and what the systems outside saw of that, as lines that can be compared. */
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
            select 'product ' || sku || ' ' || attribute || ': ' || coalesce(value, 'nothing') || ' by ' || source
            from product_attribute
            """, """
            select 'price ' || sku || ' in ' || channel || ': ' || minor || ' ' || currency || ' from ' || valid_from
            from price
            """, """
            select 'said of ' || sku || ' ' || about || ': ' || coalesce(value, 'nothing') || ' by ' || source
            from product_observation
            """, """
            select 'customer ' || account || ' ' || external_id || ': ' || customer || ' of ' || coalesce(version::text, 'never')
            from customer_link
            """, """
            select 'person ' || ref || ': ' || coalesce(content::text, 'erased') from person
            """, """
            select 'case ' || subject || ' ' || step || ' ' || code || ' ' || status from support_case
            """);

    private StockMarks() {}

    static List<String> of(House house) {
        List<String> marks = new ArrayList<>(outside(house));
        FACTS.forEach(facts -> marks.addAll(Facts.texts(house.stack(), facts)));
        return marks.stream().sorted().toList();
    }

    private static List<String> outside(House house) {
        List<JsonNode> rows = Json.list(house.stage().sandbox().get("/ledger"));
        return Footprints.times(rows, "system", "operation", "subject").entrySet().stream()
                .map(effect -> "outside " + effect.getKey() + ", times " + effect.getValue())
                .toList();
    }
}
