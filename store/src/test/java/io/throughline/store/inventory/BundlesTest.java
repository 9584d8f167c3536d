package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.InventoryLedger.Shortage;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.OrderId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sets reserve, sell and wait for their parts. */
class BundlesTest extends PromisesFixture {
    @Test
    void aBundleReservesAndSellsItsComponents() {
        stock(EAST, tee, 5);
        stock(EAST, cap, 5);
        assertThat(inventory.availability(List.of(set)).get(EAST)).containsExactly(Map.entry(set, 2));
        OrderId order = order();
        assertThat(commit(order, OnShortage.REFUSE, line("L1", set, 2), line("L2", tee, 1)))
                .isEqualTo(new Commitment.Reserved());
        assertThat(commit(order, OnShortage.REFUSE, line("L1", set, 2), line("L2", tee, 1)))
                .isEqualTo(new Commitment.Reserved());
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(5);
        assertThat(reserved(FacilityId.UNROUTED, cap)).isEqualTo(2);

        var work = inventory
                .allocate(order, plan(EAST, line("L1", set, 2), line("L2", tee, 1)))
                .orElseThrow()
                .getFirst();
        assertThat(work.lines()).containsExactly(line("L1", set, 2), line("L2", tee, 1));
        inventory.consume(work.id());

        assertThat(balance(EAST, tee)).isEqualTo(new Balance(EAST, tee, 0, 0, 0, 0, 0, 0, 0));
        assertThat(balance(EAST, cap)).isEqualTo(new Balance(EAST, cap, 3, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void linesThatShareAComponentAreAddedUp() {
        stock(EAST, tee, 4);
        stock(EAST, cap, 4);

        assertThat(commit(order(), OnShortage.REFUSE, line("L1", tee, 3), line("L2", set, 1)))
                .isEqualTo(new Commitment.Refused(List.of(new Shortage(set, 1, 0))));
        assertThat(commit(order(), OnShortage.PARTIAL, line("L1", set, 3)))
                .isEqualTo(new Commitment.Partly(List.of(new Shortage(set, 3, 2))));
    }

    @Test
    void aBundleWaitsOnlyForTheComponentThatIsMissing() {
        stock(EAST, tee, 4);
        supply.expect(new Expected(new StockSource("erp", "po" + cap, 1), EAST, cap, 5, MONDAY));

        assertThat(commit(order(), OnShortage.BACKORDER, line("L1", set, 2)))
                .isEqualTo(new Commitment.Backordered(List.of(new Commitment.Waiting("L1", cap, 2, MONDAY))));
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(4);
    }

    @Test
    void aBundleSoldAtTheTillTakesItsComponents() {
        stock(EAST, tee, 5);
        stock(EAST, cap, 5);
        Movement sale = new Movement(EAST, set, -2, Kind.SALE, SampleStockRules.POS, "sale-" + set, now());

        assertThat(inventory.record(sale))
                .extracting(Booking::verdict, Booking::change)
                .containsExactly(Booking.Verdict.BOOKED, -6);
        assertThat(inventory.record(sale).verdict()).isEqualTo(Booking.Verdict.KNOWN);
        assertThat(balance(EAST, tee).onHand()).isEqualTo(1);
        assertThat(balance(EAST, cap).onHand()).isEqualTo(3);
    }

    @Test
    void aBundleIsNotCounted() {
        stock(EAST, tee, 5);
        stock(EAST, cap, 5);

        assertThatThrownBy(() -> stock(EAST, set, 1)).isInstanceOf(IllegalArgumentException.class);

        assertThat(balance(EAST, tee).onHand()).isEqualTo(5);
    }

    @Test
    void whatATillCountsOfABundleIsKeptAndMovesNothing() {
        stock(EAST, tee, 5);
        Movement count = new Movement(EAST, set, 4, Kind.COUNT, SampleStockRules.POS, "count-" + set, now());

        assertThat(inventory.record(count).verdict()).isEqualTo(Booking.Verdict.OBSERVED);

        assertThat(inventory.record(count).verdict()).isEqualTo(Booking.Verdict.KNOWN);
        assertThat(balance(EAST, tee).onHand()).isEqualTo(5);
    }
}
