package io.throughline.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;

final class RouteTest {
    @Test
    void goodsLeaveAWarehouseAStoreACounterOrATill() {
        assertThat(completed("ONLINE", "WH-EAST SHIPPING SHIPPED").words()).isEqualTo("warehouse WH-EAST");
        assertThat(completed("API", "ST-HARBOR SHIPPING SHIPPED").words()).isEqualTo("store ST-HARBOR");
        assertThat(completed("ONLINE", "ST-DUBLIN PICKUP PICKED_UP").words()).isEqualTo("pickup ST-DUBLIN");
        assertThat(completed("POINT_OF_SALE", "ST-DUBLIN CARRIED_OUT PICKED_UP").words())
                .isEqualTo("till ST-DUBLIN");
    }

    @Test
    void severalThatShipAreASplit() {
        Route route = completed("ONLINE", "WH-WEST SHIPPING SHIPPED", "ST-HARBOR SHIPPING SHIPPED");

        assertThat(route.split()).isTrue();
        assertThat(route.words()).isEqualTo("split WH-WEST + ST-HARBOR");
    }

    @Test
    void aRefusalIsPartOfTheWay() {
        Route route = completed("ONLINE", "ST-DOWNTOWN SHIPPING REJECTED", "ST-HARBOR SHIPPING SHIPPED");

        assertThat(route.split()).isFalse();
        assertThat(route.words()).isEqualTo("ST-DOWNTOWN > ST-HARBOR");
        assertThat(route.fulfillment()).isEqualTo("SHIPPED");
    }

    @Test
    void giftCardsShipNothing() {
        assertThat(completed("ONLINE", "WH-EAST NONE PICKED_UP").words()).isEqualTo("nothing to ship");
        assertThat(completed("ONLINE", "WH-EAST SHIPPING SHIPPED", "WH-EAST NONE PICKED_UP")
                        .words())
                .isEqualTo("warehouse WH-EAST");
    }

    @Test
    void whatWasCancelledNamesWhoWasToShipIt() {
        assertThat(ended("CANCELLED", "ONLINE").words()).isEqualTo("cancelled");
        assertThat(ended("CANCELLED", "ONLINE").fulfillment()).isEqualTo("-");
        assertThat(ended("CANCELLED", "ONLINE", "ST-DUBLIN SHIPPING CANCELLED").words())
                .isEqualTo("ST-DUBLIN > cancelled");
    }

    private static Route completed(String channel, String... works) {
        return ended("COMPLETED", channel, works);
    }

    /** Each work as facility, method and status. */
    private static Route ended(String lifecycle, String channel, String... works) {
        ObjectNode order = Json.object();
        order.putObject("order").put("channel", channel).putObject("status").put("lifecycle", lifecycle);
        var list = order.putArray("fulfillmentOrders");
        for (String work : works) {
            String[] words = work.split(" ", 3);
            list.addObject().put("facility", words[0]).put("method", words[1]).put("status", words[2]);
        }
        return Route.of(order);
    }
}
