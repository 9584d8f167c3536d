package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.domain.order.OrderId;
import io.throughline.local.demo.Ending;
import io.throughline.local.demo.Json;
import io.throughline.local.demo.OrderBody;
import io.throughline.local.demo.Stage;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Orders that a merchant edits in Shopify's admin while stores have their work, on the whole system. */
@Timeout(900)
@ExtendWith(SharedHouse.class)
final class PlainEditedInShopTest {
    private static final String SHOP = "northwind-jp.myshopify.com";
    private static final long FIRST = 7_981_000_060_000L;

    private static Stage stage;
    private static Map<String, Json> devices;

    @BeforeAll
    static void open(House house) {
        stage = house.stage();
        devices = StoreDevice.ofStores(house);
    }

    /** Three are ordered, one is left, then two are wanted after all: the store ships the one, and another piece of work the second. */
    @Test
    void whatIsTakenOffIsTakenBackAndWhatIsAddedGoesOutBeside() throws InterruptedException {
        OrderId order = stage.place(
                SHOP,
                OrderBody.jpy(FIRST + 1)
                        .line(1, "NW-TEE-BLK-M", 3, "3800")
                        .shipping("600")
                        .toJson()
                        .put("financial_status", "pending"));
        JsonNode first = released(order, 1);
        int before = stage.onHand("NW-TEE-BLK-M", first.path("facility").asText());

        edit(order, first, 1);
        JsonNode second = released(order, 2);
        assertThat(second.path("facility").asText())
                .isEqualTo(first.path("facility").asText());
        assertThat(second.at("/lines/0/quantity").asInt()).isEqualTo(1);

        edit(order, first, 2);
        JsonNode third = released(order, 3);
        assertThat(third.at("/lines/0/quantity").asInt()).isEqualTo(1);
        assertThat(stage.cases(order.value())).isEmpty();

        stage.sandbox().post(atShop(order) + "/pay", Json.object());
        ships(second);
        ships(third);
        Ending ending = stage.end(order);

        assertThat(ending.status() + " " + ending.payment() + " " + ending.posting())
                .isEqualTo("COMPLETED CAPTURED CONFIRMED");
        assertThat(stage.cases(order.value())).isEmpty();
        if (third.path("facility").equals(first.path("facility"))) {
            assertThat(stage.onHand("NW-TEE-BLK-M", first.path("facility").asText()))
                    .isEqualTo(before - 2);
        }
    }

    private static void edit(OrderId order, JsonNode work, int units) {
        ObjectNode edit = Json.object();
        edit.putArray("line_items")
                .addObject()
                .put("id", work.at("/lines/0/lineId").asLong())
                .put("quantity", units);
        stage.sandbox().post(atShop(order) + "/edit", edit);
    }

    private static String atShop(OrderId order) {
        return "/shopify/" + SHOP + "/orders/"
                + stage.order(order).orElseThrow().at("/order/externalId").asText();
    }

    private static JsonNode released(OrderId order, int ordinal) throws InterruptedException {
        String id = order + "-F" + ordinal;
        return stage.await(
                id + " to be given to a store",
                () -> stage.order(order)
                        .flatMap(view -> Json.list(view.path("fulfillmentOrders")).stream()
                                .filter(work -> work.path("id").asText().equals(id))
                                .findFirst()),
                work -> work.path("status").asText().equals("RELEASED"));
    }

    private static void ships(JsonNode work) {
        String id = work.path("id").asText();
        StoreDevice device = new StoreDevice(
                Optional.ofNullable(devices.get(work.path("facility").asText())).orElseThrow());
        ObjectNode packing = Json.object();
        packing.putArray("parcels").addObject().put("carrier", "UPS").put("trackingNumber", "1Z-" + id);
        device.reports(id, "packing", packing);
        device.reports(id, "handover", Json.object());
    }
}
