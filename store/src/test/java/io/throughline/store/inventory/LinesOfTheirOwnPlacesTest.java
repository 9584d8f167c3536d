package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger.Shortage;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** An order whose lines may not all be served by the same facilities. */
class LinesOfTheirOwnPlacesTest extends PromisesFixture {
    private static final Map<String, Set<FacilityId>> FIRST_FROM_EAST = Map.of("L1", Set.of(EAST), "L2", BOTH);

    @Test
    void theEarlierLineIsServedFirstOfWhatTheyShare() {
        stock(EAST, tee, 3);
        stock(WEST, tee, 2);
        OrderId order = order();

        assertThat(commit(order, OnShortage.REFUSE, FIRST_FROM_EAST, line("L1", tee, 3), line("L2", tee, 3)))
                .isEqualTo(new Commitment.Refused(List.of(new Shortage(tee, 6, 5))));
        assertThat(commit(order, OnShortage.REFUSE, FIRST_FROM_EAST, line("L1", tee, 4), line("L2", tee, 1)))
                .as("four are not in the east")
                .isInstanceOf(Commitment.Refused.class);
        assertThat(commit(order, OnShortage.REFUSE, FIRST_FROM_EAST, line("L1", tee, 3), line("L2", tee, 2)))
                .isEqualTo(new Commitment.Reserved());

        assertThat(places(order)).isEqualTo(Map.of("L1", "{WH-EAST}", "L2", "{WH-EAST,WH-WEST}"));
        assertThat(commit(order(), OnShortage.REFUSE, line("L1", tee, 1))).isInstanceOf(Commitment.Refused.class);
    }

    @Test
    void aBundleIsReservedFromWhereItMayComeAndItsPartAlsoFromElsewhere() {
        stock(EAST, tee, 2);
        stock(EAST, cap, 1);
        stock(WEST, tee, 1);
        OrderId order = order();

        assertThat(commit(order, OnShortage.REFUSE, FIRST_FROM_EAST, line("L1", set, 1), line("L2", tee, 1)))
                .isEqualTo(new Commitment.Reserved());
        assertThat(commit(order(), OnShortage.REFUSE, FIRST_FROM_EAST, line("L1", set, 1)))
                .isInstanceOf(Commitment.Refused.class);
    }

    /** More is on order in the east only. */
    @Test
    void eachLineWaitsForWhatComesToWhereItMayBeServedFrom() {
        stock(WEST, tee, 1);
        expect("PO-1", 1, 5, MONDAY);
        OrderId order = order();
        Map<String, Set<FacilityId>> places = Map.of("L1", Set.of(WEST), "L2", Set.of(EAST));

        assertThat(commit(order, OnShortage.BACKORDER, places, line("L1", tee, 1), line("L2", tee, 2)))
                .isEqualTo(new Commitment.Backordered(List.of(new Commitment.Waiting("L2", tee, 2, MONDAY))));
        assertThat(places(order)).isEqualTo(Map.of("L1", "{WH-WEST}", "L2", "{WH-EAST}"));
        assertThat(commit(order(), OnShortage.BACKORDER, Map.of("L1", Set.of(WEST)), line("L1", tee, 1)))
                .as("nothing comes there")
                .isInstanceOf(Commitment.Refused.class);
    }

    @Test
    void whatMayComeFromNowhereIsNeitherReservedNorWaitedFor() {
        stock(EAST, tee, 9);
        expect("PO-1", 1, 5, MONDAY);
        Map<String, Set<FacilityId>> nowhere = Map.of("L1", Set.of(EAST), "L2", Set.of());

        for (OnShortage onShortage : OnShortage.values()) {
            OrderId order = order();
            Commitment answer = commit(order, onShortage, nowhere, line("L1", tee, 1), line("L2", tee, 1));
            if (onShortage == OnShortage.PARTIAL) {
                assertThat(answer).isEqualTo(new Commitment.Partly(List.of(new Shortage(tee, 2, 1))));
                assertThat(places(order)).isEqualTo(Map.of("L1", "{WH-EAST}"));
            } else {
                assertThat(answer).as("%s", onShortage).isInstanceOf(Commitment.Refused.class);
                assertThat(places(order)).isEmpty();
            }
        }
    }

    /** What it kept in the east alone is left to the line that may come from nowhere else, whichever comes first. */
    @Test
    void aBasketIsTakenOverByTheLinesThatMayBeServedFromWhereItWasKept() {
        stock(EAST, tee, 1);
        stock(WEST, tee, 1);
        BasketId basket = basket();
        baskets.hold(
                basket,
                List.of(line("1", tee, 1), line("2", tee, 1)),
                Terms.ofLines(Map.of("1", Set.of(EAST), "2", BOTH), OnShortage.REFUSE),
                now().plus(Duration.ofMinutes(10)));
        OrderId order = claiming(basket);

        assertThat(commit(order, OnShortage.REFUSE, FIRST_FROM_EAST, line("L2", tee, 1), line("L1", tee, 1)))
                .isEqualTo(new Commitment.Reserved());

        assertThat(places(order)).isEqualTo(Map.of("L1", "{WH-EAST}", "L2", "{WH-EAST,WH-WEST}"));
        assertThat(baskets.find(basket).orElseThrow().reserved()).isEmpty();
    }

    private Commitment commit(
            OrderId order, OnShortage onShortage, Map<String, Set<FacilityId>> places, LineQuantity... lines) {
        return inventory.commit(order, List.of(lines), Terms.ofLines(places, onShortage));
    }

    /** From where each line may be served that is reserved or waits. */
    private static Map<String, String> places(OrderId order) {
        return POSTGRES
                .tables()
                .withHandle(handle -> handle.createQuery("""
                                select line_id, min(among::text) as places from reservation
                                where order_id = :order and state in ('HELD', 'BACKORDERED') group by line_id
                                """)
                        .bind("order", order.value())
                        .map((row, context) -> Map.entry(row.getString("line_id"), row.getString("places")))
                        .list())
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
