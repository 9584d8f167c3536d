package io.throughline.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.Stage;
import java.util.List;

/** Places orders of every kind in a shop, each under a number of its own. */
final class ShopOrders {
    static final String SHOP = "northwind-demo.myshopify.com";
    private static final String JAPAN = "northwind-jp.myshopify.com";

    /** What an order is like, and so which way it goes. */
    enum Kind {
        WAREHOUSE,
        STORE,
        PICKUP,
        AUTHORISED,
        SPLIT
    }

    /** An order as its shop and as we name it; {@code process} is its workflow's id. */
    record Placed(Kind kind, OrderId id, String externalId, String process) {
        String channelId() {
            return "gid://shopify/Order/" + externalId;
        }
    }

    /** No place has more than fifty of these, so sixty come from two. */
    private static final List<String> PLENTIFUL = List.of("NW-SCARF-GRY", "NW-JKT-GRN-L", "NW-TEE-BLK-M", "NW-CAP-NVY");

    private static final List<String> PRICES = List.of("29.00", "132.00", "25.00", "40.00");
    private static final List<Integer> VARIANTS = List.of(8, 3, 1, 2);
    private static final int PICKUPS_IN_STOCK = 3;

    private final Stage stage;
    private long number;
    private int splits;
    private int pickups;

    ShopOrders(Stage stage, long first) {
        this.stage = stage;
        this.number = first;
    }

    /** The kind that is asked for as long as its stock lasts, then one of a warehouse. */
    Placed place(Kind wanted) {
        return switch (wanted) {
            case WAREHOUSE -> warehouse();
            case STORE -> store();
            case AUTHORISED -> authorised();
            case PICKUP -> ++pickups > PICKUPS_IN_STOCK ? warehouse() : place(Kind.PICKUP, SHOP, pickup(++number));
            case SPLIT -> ++splits > PLENTIFUL.size() + 1 ? warehouse() : split();
        };
    }

    private Placed warehouse() {
        return place(
                Kind.WAREHOUSE,
                SHOP,
                OrderBody.usd(++number)
                        .line(4, "NW-SOCK-2PK", 1, "33.00")
                        .shipping("4.90")
                        .toJson());
    }

    private Placed store() {
        return place(
                Kind.STORE,
                JAPAN,
                OrderBody.jpy(++number)
                        .line(4, "NW-SOCK-2PK", 1, "2701")
                        .shipping("600")
                        .toJson());
    }

    private Placed authorised() {
        return place(
                Kind.AUTHORISED,
                SHOP,
                OrderBody.usd(++number)
                        .line(5, "NW-MUG-RED", 1, "18.00")
                        .shipping("4.90")
                        .authorizedOnly()
                        .toJson());
    }

    /** First the scarce bag, of which no place has three. */
    private Placed split() {
        OrderBody body = OrderBody.usd(++number).shipping("6.50");
        int next = splits - 2;
        return place(
                Kind.SPLIT,
                SHOP,
                next < 0
                        ? body.line(6, "NW-BAG-TAN", 3, "95.00").toJson()
                        : body.line(VARIANTS.get(next), PLENTIFUL.get(next), 60, PRICES.get(next))
                                .toJson());
    }

    /** An order that can't be carried out, for its product is nobody's. */
    Placed placeUnknownProduct() {
        return place(
                Kind.WAREHOUSE,
                SHOP,
                OrderBody.usd(++number).line(99, "NW-NOT-OURS", 1, "10.00").toJson());
    }

    /** The recorded body under another number. */
    private static ObjectNode pickup(long number) {
        ObjectNode body = OrderBody.recorded("orders_paid_bopis.json");
        body.put("id", number)
                .put("admin_graphql_api_id", "gid://shopify/Order/" + number)
                .put("name", "#" + number % 100_000);
        int line = 0;
        for (JsonNode item : body.withArray("line_items")) {
            ((ObjectNode) item).put("id", number * 10 + ++line);
        }
        return body;
    }

    private Placed place(Kind kind, String shop, ObjectNode body) {
        OrderId id = stage.place(shop, body);
        String externalId = body.path("id").asText();
        String account = shop.equals(SHOP) ? "northwind" : "northwind-jp";
        return new Placed(kind, id, externalId, "order/" + account + "/" + externalId);
    }
}
