package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger.Shortage;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.OrderId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What becomes of an order that asks for more than there is, by policy. */
class ShortageTest extends PromisesFixture {
    @Test
    void partOfALineIsReservedWhenThePolicySaysSo() {
        stock(EAST, tee, 3);
        OrderId order = order();

        assertThat(commit(order, OnShortage.PARTIAL, line("L1", tee, 5)))
                .isEqualTo(new Commitment.Partly(List.of(new Shortage(tee, 5, 3))));
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(3);

        stock(EAST, tee, 9);
        assertThat(commit(order, OnShortage.PARTIAL, line("L1", tee, 5))).isEqualTo(new Commitment.Reserved());
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(5);
    }

    @Test
    void safetyStockIsKeptBack() {
        stock(WEST, cap, 3);

        assertThat(commit(order(), OnShortage.REFUSE, line("L1", cap, 2)))
                .isEqualTo(new Commitment.Refused(List.of(new Shortage(cap, 2, 1))));
        assertThat(inventory.availability(List.of(cap)).get(WEST)).containsEntry(cap, 1);
    }

    @Test
    void whatIsWantedElsewhereOnlyLeavesThisPlaceAlone() {
        stock(EAST, tee, 3);
        stock(WEST, tee, 5);
        inventory.commit(order(), List.of(line("L1", tee, 5)), new Terms(Set.of(WEST), OnShortage.REFUSE));

        assertThat(inventory.commit(order(), List.of(line("L1", tee, 2)), new Terms(Set.of(EAST), OnShortage.REFUSE)))
                .isEqualTo(new Commitment.Reserved());
        assertThat(commit(order(), OnShortage.REFUSE, line("L1", tee, 2)))
                .as("one is left")
                .isEqualTo(new Commitment.Refused(List.of(new Shortage(tee, 2, 1))));
    }

    /** The order that waits for something else keeps the one piece in the place where alone it can get it. */
    @Test
    void noOrderIsRoutedToWhatAnotherCanNotDoWithout() {
        stock(EAST, tee, 1);
        stock(WEST, tee, 1);
        OrderId pickup = order();
        inventory.commit(pickup, List.of(line("L1", tee, 1)), new Terms(Set.of(EAST), OnShortage.REFUSE));
        OrderId shipped = order();
        assertThat(commit(shipped, OnShortage.REFUSE, line("L1", tee, 1))).isEqualTo(new Commitment.Reserved());

        assertThat(inventory.availability(shipped, List.of(tee)))
                .isEqualTo(Map.of(EAST, Map.of(tee, 0), WEST, Map.of(tee, 1)));
        assertThat(inventory.availability(pickup, List.of(tee)).get(EAST)).containsEntry(tee, 1);
        assertThat(inventory.allocate(shipped, plan(EAST, line("L1", tee, 1)))).isEmpty();
        assertThat(inventory.allocate(shipped, plan(WEST, line("L1", tee, 1)))).isPresent();
        assertThat(inventory.allocate(pickup, plan(EAST, line("L1", tee, 1)))).isPresent();
    }

    /** A sale took what both relied on: whoever comes first gets what is left. */
    @Test
    void whatIsNotEnoughForAllKeepsNobodyFromIt() {
        stock(EAST, tee, 2);
        OrderId first = order();
        OrderId second = order();
        commit(first, OnShortage.REFUSE, line("L1", tee, 1));
        commit(second, OnShortage.REFUSE, line("L1", tee, 1));
        move(EAST, tee, Kind.SALE, -1);

        assertThat(inventory.availability(first, List.of(tee)).get(EAST)).containsEntry(tee, 1);
        assertThat(inventory.allocate(first, plan(EAST, line("L1", tee, 1)))).isPresent();
        assertThat(inventory.allocate(second, plan(EAST, line("L1", tee, 1)))).isEmpty();
    }
}
