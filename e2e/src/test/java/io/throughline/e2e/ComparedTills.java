package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.local.demo.Json;
import java.util.ArrayList;
import java.util.List;

/** The tills of a store, which lose the webhooks of a sale. A sale is known by Square's id of it. */
record ComparedTills(House house) implements ComparedChannel<String> {
    /** The sale's id is the one parameter of each. */
    private static final List<String> FACTS = List.of("""
            select 'version of the sale, times ' || count(*) from store_sale_version where id = ?
            """, """
            select 'entry in its day, taken back ' || taken_back || ', times ' || count(*)
            from store_day_entry where sale_id = ? group by taken_back
            """, """
            select 'stock ' || kind || ' ' || sku || ' at ' || facility || ': ' || sum(quantity) || ', times ' || count(*)
            from stock_movement where position(? in source_id) > 0 group by kind, sku, facility
            """, """
            select 'case ' || code || ' ' || status from support_case where position(? in subject) > 0
            """);

    @Override
    public String account() {
        return "square-northwind";
    }

    @Override
    public String system() {
        return "square";
    }

    /** The feed of what has happened, which a shop does not have. */
    @Override
    public List<String> questions() {
        return List.of("POST /v2/events");
    }

    @Override
    public String lose() {
        return sell("/square/sales?webhooks=none");
    }

    /** One that is heard of. */
    String heard() {
        return sell("/square/sales");
    }

    private String sell(String path) {
        ObjectNode sale = Json.object().put("location", "LDOWNTOWN").put("tender", "CARD");
        sale.putArray("items").addObject().put("sku", "NW-MUG-RED").put("quantity", 1);
        JsonNode made = house.stage().sandbox().post(path, sale);
        return made.at("/order/id").asText(made.path("id").asText());
    }

    @Override
    public void awaitDone(String sale) {
        Resets.await(
                "sale " + sale + " to be booked", () -> house.stage().sale(sale).isPresent());
        Resets.await("its store's day to be posted", () -> Facts.number(house.stack(), """
                select count(*) from store_day_entry join store_day_summary day
                    on day.store_day = store_day_entry.store_day and day.number = store_day_entry.summary
                where sale_id = ? and day.settled_at is not null
                """, sale) == 1);
    }

    @Override
    public List<String> traces(String sale) {
        List<String> traces = new ArrayList<>();
        FACTS.forEach(facts -> traces.addAll(Facts.texts(house.stack(), facts, sale)));
        traces.add(house.stage().sandbox().get("/square/webhook-subscription").toString());
        return traces;
    }
}
