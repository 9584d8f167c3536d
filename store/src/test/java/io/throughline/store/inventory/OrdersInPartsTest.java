package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.inventory.Booking;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.Commitment.Waiting;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.OrderPromise;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.inventory.Preorders;
import io.throughline.domain.inventory.Preorders.Preorder;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** What of an order can be given out before the rest, what its customer was promised, and what may not leave yet. */
class OrdersInPartsTest extends PromisesFixture {
    @Test
    void whatIsThereIsGivenOutAndTheRestFollows() {
        stock(EAST, tee, 2);
        expect("po-1", 1, 3, MONDAY);
        OrderId order = order();
        commit(order, OnShortage.SPLIT, line("L1", tee, 5));

        assertThat(inventory.stockOf(order).unplaced()).containsExactly(line("L1", tee, 2));
        assertThat(inventory.allocate(order, plan(EAST, line("L1", tee, 2))).orElseThrow())
                .hasSize(1);
        assertThat(inventory.stockOf(order).unplaced()).isEmpty();
        assertThat(inventory.stockOf(order).waiting()).containsExactly(new Waiting("L1", tee, 3, MONDAY));

        move(EAST, tee, Kind.RECEIPT, 1);
        assertThat(hints(order)).as("told of each part").containsExactly("throughline/stock-FREED");
        assertThat(commit(order, OnShortage.SPLIT, line("L1", tee, 5)))
                .isEqualTo(new Commitment.Backordered(List.of(new Waiting("L1", tee, 2, MONDAY))));
        assertThat(inventory.allocate(order, plan(EAST, line("L1", tee, 1))).orElseThrow())
                .hasSize(2);
        assertThat(inventory.stockOf(order).unrouted()).containsExactly("L1");
    }

    /** A part of what lies ready is given out; the rest of it stays where it may be served from. */
    @Test
    void whatAPlanLeavesKeepsItsPlaces() {
        stock(EAST, tee, 3);
        OrderId order = order();
        commit(order, OnShortage.SPLIT, line("L1", tee, 3));

        assertThat(inventory.allocate(order, plan(EAST, line("L1", tee, 1)))).isPresent();

        assertThat(inventory.stockOf(order).unplaced()).containsExactly(line("L1", tee, 2));
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(2);
    }

    @Test
    void whatAFacilityGaveBackIsNotToComeAnyMore() {
        stock(EAST, tee, 1);
        expect("po-1", 1, 1, MONDAY);
        OrderId order = order();
        commit(order, OnShortage.SPLIT, line("L1", tee, 2));
        inventory.release(
                inventory
                        .allocate(order, plan(EAST, line("L1", tee, 1)))
                        .orElseThrow()
                        .getFirst()
                        .id(),
                true);

        OrderStock stock = inventory.stockOf(order);

        assertThat(stock.unplaced()).isEmpty();
        assertThat(stock.unrouted()).containsExactly("L1");
    }

    /** Both lie at no facility; each has somebody who looks after it. */
    @Test
    void whatWasGivenBackAndWhatIsToComeEachTakeTheirOwn() {
        stock(EAST, tee, 1);
        expect("po-1", 1, 2, MONDAY);
        OrderId order = order();
        commit(order, OnShortage.SPLIT, line("L1", tee, 3));
        FulfillmentOrderId first = inventory
                .allocate(order, plan(EAST, line("L1", tee, 1)))
                .orElseThrow()
                .getFirst()
                .id();
        move(EAST, tee, Kind.RECEIPT, 2);
        inventory.release(first, true);

        assertThat(inventory.allocateAgain(order, plan(EAST, line("L1", tee, 1))))
                .isPresent();

        assertThat(inventory.stockOf(order).unplaced()).containsExactly(line("L1", tee, 2));
    }

    @Test
    void theRestIsGivenUpAndTheWorkGoesOn() {
        stock(EAST, tee, 2);
        expect("po-1", 1, 3, MONDAY);
        OrderId order = order();
        commit(order, OnShortage.SPLIT, line("L1", tee, 4));
        assertThat(inventory.allocate(order, plan(EAST, line("L1", tee, 1)))).isPresent();
        OrderId other = order();
        commit(other, OnShortage.BACKORDER, line("L1", tee, 1));

        inventory.releaseRest(order, "called off");
        inventory.releaseRest(order, "called off");

        assertThat(inventory.stockOf(order).isUntroubled()).isTrue();
        assertThat(inventory.stockOf(order).unrouted()).isEmpty();
        assertThat(reserved(EAST, tee)).as("what is given out").isEqualTo(1);
        assertThat(inventory.stockOf(other).waiting())
                .as("gets what became free")
                .isEmpty();
        assertThat(kinds(order)).containsOnlyOnce("stock.released");
    }

    @Test
    void whatWasAddedIsLackingUntilItIsAskedFor() {
        stock(EAST, tee, 4);
        OrderId order = order();
        commit(order, OnShortage.REFUSE, line("L1", tee, 2));
        assertThat(inventory.allocate(order, plan(EAST, line("L1", tee, 2)))).isPresent();
        assertThat(inventory.lacking(order, List.of(line("L1", tee, 2)))).isEmpty();

        assertThat(inventory.lacking(order, List.of(line("L1", tee, 3)))).containsExactly(line("L1", tee, 1));
        commit(order, OnShortage.REFUSE, line("L1", tee, 3));
        assertThat(inventory.lacking(order, List.of(line("L1", tee, 3)))).isEmpty();
        assertThat(inventory.stockOf(order).unplaced()).containsExactly(line("L1", tee, 1));
    }

    /** Of what is reserved at no facility and of what waits; whoever waits gets what becomes free, and what is given out stays. */
    @Test
    void whatIsWantedNoMoreIsGivenUpAndTheRestStays() {
        stock(EAST, tee, 3);
        expect("po-1", 1, 3, MONDAY);
        OrderId order = order();
        commit(order, OnShortage.SPLIT, line("L1", tee, 5));
        FulfillmentOrderId first = inventory
                .allocate(order, plan(EAST, line("L1", tee, 3)))
                .orElseThrow()
                .getFirst()
                .id();
        OrderId other = order();
        commit(other, OnShortage.BACKORDER, line("L1", tee, 1));
        inventory.release(first, true);

        inventory.giveUpSurplus(order, List.of(line("L1", tee, 2)));
        inventory.giveUpSurplus(order, List.of(line("L1", tee, 2)));

        assertThat(inventory.stockOf(order).waiting())
                .as("the latest goes first")
                .isEmpty();
        assertThat(reserved(FacilityId.UNROUTED, tee))
                .as("two that are wanted, and one of who has waited")
                .isEqualTo(3);
        assertThat(inventory.stockOf(other).waiting()).isEmpty();
        assertThat(inventory.allocateAgain(order, plan(EAST, line("L1", tee, 2))))
                .isPresent();
        inventory.giveUpSurplus(order, List.of(line("L1", tee, 1)));
        assertThat(reserved(EAST, tee)).as("what is given out").isEqualTo(2);
    }

    @Test
    void aPromiseIsFollowedFromTheFirstOn() {
        expect("po-1", 1, 2, MONDAY);
        OrderId order = order();
        commit(order, OnShortage.BACKORDER, line("L1", tee, 2));
        assertThat(promise(order)).isEqualTo(new OrderPromise(1, Optional.of(MONDAY), Optional.of(MONDAY), true));

        expect("po-1", 2, 2, FRIDAY);
        assertThat(promise(order)).isEqualTo(new OrderPromise(2, Optional.of(MONDAY), Optional.of(FRIDAY), false));
        expect("po-1", 3, 2, MONDAY);
        assertThat(promise(order).told()).as("what the customer knows").isTrue();

        expect("po-1", 4, 1, MONDAY);
        assertThat(promise(order).latest()).isEmpty();
        inventory.promiseTold(order, 3);
        assertThat(promise(order).told()).as("another was told").isFalse();
        inventory.promiseTold(order, 4);
        assertThat(promise(order).told()).isTrue();
        assertThat(POSTGRES.database().trace().of(order.value()))
                .filteredOn(entry -> entry.kind().equals("order.repromised"))
                .hasSize(3);
    }

    /** The last of several lines decides when all of it is there. */
    @Test
    void theWholeIsPromisedForItsLastPart() {
        expect("po-1", 1, 2, MONDAY);
        expect("po-2", 1, 2, FRIDAY);
        OrderId order = order();
        commit(order, OnShortage.SPLIT, line("L1", tee, 2), line("L2", tee, 1));
        assertThat(promise(order).latest()).contains(FRIDAY);

        move(EAST, tee, Kind.RECEIPT, 3);

        assertThat(inventory.stockOf(order).promise()).as("it waits no more").isEmpty();
        assertThat(hints(order)).containsExactly("throughline/stock-FREED");
    }

    @Test
    void whatMayNotLeaveYetIsPromisedForItsRelease() {
        PreorderLedger ledger = new PreorderLedger(5);
        stock(EAST, tee, 2);
        expect("po-1", 1, 2, now().plus(Duration.ofDays(1)));
        expect("po-2", 1, 2, release().plus(Duration.ofDays(1)));
        OrderId order = order();

        assertThat(ledger.commit(order, 3))
                .isEqualTo(new Commitment.Backordered(List.of(new Waiting("L1", tee, 3, release()))));
        assertThat(reserved(FacilityId.UNROUTED, tee)).as("nothing is reserved").isZero();
        assertThat(ledger.commit(order(), 2))
                .isEqualTo(new Commitment.Backordered(
                        List.of(new Waiting("L1", tee, 2, release().plus(Duration.ofDays(1))))));
        assertThat(ledger.commit(order(), 1)).as("beyond the limit").isInstanceOf(Commitment.Refused.class);

        ledger.receive(2);
        assertThat(ledger.inventory.stockOf(order).waiting())
                .as("not before its release")
                .hasSize(1);
        ledger.released();
        ledger.inventory.offer(tee);
        assertThat(ledger.inventory.stockOf(order).waiting()).isEmpty();
        assertThat(ledger.inventory.stockOf(order).unplaced()).containsExactly(line("L1", tee, 3));
    }

    /** Sold against a purchase order alone: its receipt gives it out, before the release to nobody. */
    @Test
    void whatWasSoldBeforeItWasThereIsGivenOutByItsReceipt() {
        PreorderLedger ledger = new PreorderLedger(5);
        Instant arrival = release().plus(Duration.ofDays(2));
        expect("po-1", 1, 4, arrival);
        OrderId order = order();
        assertThat(ledger.commit(order, 3))
                .isEqualTo(new Commitment.Backordered(List.of(new Waiting("L1", tee, 3, arrival))));

        ledger.released();
        ledger.inventory.offer(tee);
        assertThat(ledger.inventory.stockOf(order).waiting())
                .as("released, and nothing is there")
                .containsExactly(new Waiting("L1", tee, 3, arrival));
        assertThat(ledger.receive(4).freed()).isNotEmpty();

        assertThat(ledger.inventory.stockOf(order).waiting()).isEmpty();
        assertThat(ledger.inventory.stockOf(order).unplaced()).containsExactly(line("L1", tee, 3));
        assertThat(hints(order)).contains("throughline/stock-FREED");
    }

    /** A release that is put off moves the promise. */
    @Test
    void aReleaseThatIsPutOffMovesThePromise() {
        PreorderLedger ledger = new PreorderLedger(5);
        stock(EAST, tee, 2);
        OrderId order = order();
        ledger.commit(order, 2);

        Instant later = release().plus(Duration.ofDays(7));
        ledger.release.set(later);
        ledger.inventory.offer(tee);

        assertThat(ledger.inventory.stockOf(order).waiting()).containsExactly(new Waiting("L1", tee, 2, later));
        assertThat(promise(order).told()).isFalse();
        assertThat(hints(order)).containsExactly("throughline/stock-REPROMISED");
    }

    private OrderPromise promise(OrderId order) {
        return inventory.stockOf(order).promise().orElseThrow();
    }

    private static Instant release() {
        return FRIDAY;
    }

    /** The ledger under a policy by which the tee may not leave before Friday. */
    private final class PreorderLedger {
        private final AtomicReference<Instant> release = new AtomicReference<>(release());
        private final InventoryLedger inventory;

        PreorderLedger(int limit) {
            Preorders preorders = sku -> sku.equals(tee)
                    ? Optional.of(new Preorder(release.get(), OptionalInt.of(limit)))
                    : Optional.empty();
            StockRules plain = rules();
            this.inventory = POSTGRES.database()
                    .stock(new StockRules(
                            plain.authorities(),
                            plain.safetyStocks(),
                            plain.bundles(),
                            plain.displacement(),
                            preorders))
                    .inventory();
        }

        Commitment commit(OrderId order, int units) {
            return inventory.commit(order, List.of(line("L1", tee, units)), new Terms(BOTH, OnShortage.SPLIT));
        }

        Booking receive(int units) {
            return inventory.record(
                    new Movement(EAST, tee, units, Kind.RECEIPT, StockSource.PEOPLE, "received-" + tee, now()));
        }

        void released() {
            release.set(now());
        }
    }
}
