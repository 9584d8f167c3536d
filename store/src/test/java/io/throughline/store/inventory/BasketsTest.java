package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Basket;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.inventory.Booking.Freed;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger.Reservation;
import io.throughline.domain.inventory.InventoryLedger.Shortage;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.inventory.Terms.OnShortage;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Baskets keep stock for a while, and become orders. */
class BasketsTest extends PromisesFixture {
    @Test
    void aBasketKeepsItsStockUntilItExpires() {
        stock(EAST, tee, 2);
        BasketId basket = basket();
        Instant expiry = now().plus(Duration.ofMinutes(10));
        assertThat(hold(basket, expiry, line("L1", tee, 2))).contains(new Commitment.Reserved());
        assertThat(hold(basket, now().plus(Duration.ofHours(10)), line("L1", tee, 2)))
                .contains(new Commitment.Reserved());
        assertThat(baskets.find(basket))
                .contains(new Basket(
                        basket,
                        Basket.State.HELD,
                        expiry,
                        Optional.empty(),
                        List.of(line("L1", tee, 2)),
                        List.of(),
                        BOTH));
        assertThat(commit(order(), OnShortage.REFUSE, line("L1", tee, 1))).isInstanceOf(Commitment.Refused.class);
        assertThat(baskets.expire(100)).isZero();

        POSTGRES.clock().advance(Duration.ofMinutes(10));

        claiming(basket);
        assertThat(baskets.expire(100)).isEqualTo(1);
        assertThat(baskets.find(basket).orElseThrow().state()).isEqualTo(Basket.State.EXPIRED);
        assertThat(baskets.find(basket).orElseThrow().order()).isEmpty();
        assertThat(baskets.expire(100)).isZero();
        assertThat(commit(order(), OnShortage.REFUSE, line("L1", tee, 2))).isEqualTo(new Commitment.Reserved());
        assertThat(hold(basket, now().plus(Duration.ofMinutes(10)), line("L1", tee, 1)))
                .isEmpty();
    }

    @Test
    void anOrderTakesOverItsBasket() {
        stock(EAST, tee, 2);
        BasketId basket = kept(line("1", tee, 2));
        OrderId order = claiming(basket);
        claim(basket, order());
        POSTGRES.clock().advance(Duration.ofMinutes(10));
        assertThat(baskets.expire(100)).as("it is on its way").isZero();

        assertThat(commit(order, OnShortage.REFUSE, line("L1", tee, 2))).isEqualTo(new Commitment.Reserved());
        assertThat(commit(order, OnShortage.REFUSE, line("L1", tee, 2))).isEqualTo(new Commitment.Reserved());

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(2);
        assertThat(baskets.find(basket).orElseThrow().state()).isEqualTo(Basket.State.ORDERED);
        assertThat(baskets.find(basket).orElseThrow().order()).contains(order);
        assertThat(kinds(order)).containsExactly("stock.taken-over");
        assertThat(inventory.allocate(order, plan(EAST, line("L1", tee, 2)))).isPresent();
    }

    /** Two tees and a cap lie in the cart, one tee is ordered: the rest is free again, and goes to whoever waits. */
    @Test
    void whatAnOrderDoesNotNeedOfItsBasketIsGivenBack() {
        stock(EAST, tee, 2);
        stock(EAST, cap, 1);
        expect("po-1", 1, 9, FRIDAY);
        BasketId basket = kept(line("1", tee, 2), line("2", cap, 1));
        OrderId waiting = order();
        commit(waiting, OnShortage.BACKORDER, line("L1", tee, 1));
        OrderId order = claiming(basket);

        commit(order, OnShortage.REFUSE, line("L1", tee, 1));

        assertThat(kinds(waiting)).endsWith("stock.freed");
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(2);
        assertThat(reserved(FacilityId.UNROUTED, cap)).isZero();
        assertThat(inventory.stockOf(order).unrouted()).containsExactly("L1");
    }

    @Test
    void anOrderThatNeedsMoreThanItsBasketReservesTheRest() {
        stock(EAST, tee, 5);
        BasketId basket = kept(line("1", tee, 3));
        OrderId order = claiming(basket);

        assertThat(commit(order, OnShortage.REFUSE, line("L1", tee, 2), line("L2", tee, 2)))
                .isEqualTo(new Commitment.Reserved());

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(4);
        assertThat(inventory.allocate(order, plan(EAST, line("L1", tee, 2), line("L2", tee, 2))))
                .isPresent();
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
    }

    @Test
    void aBasketKeepsWhatItNeedsNow() {
        stock(EAST, tee, 3);
        BasketId basket = basket();
        Instant expiry = now().plus(Duration.ofMinutes(10));
        hold(basket, expiry, line("1", tee, 3));

        hold(basket, expiry, line("1", tee, 1));
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(1);
        hold(basket, expiry, line("2", tee, 2));

        assertThat(baskets.find(basket).orElseThrow().reserved())
                .extracting(LineQuantity::lineId)
                .containsOnly("2");
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(2);
        baskets.release(basket);
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
    }

    /** The tees of the basket go to the line of tees, its cap to the set: only the tees of the set are still to be had. */
    @Test
    void aSetOfWhichTheBasketHadOnlyAPartNeedsOnlyTheOtherParts() {
        stock(EAST, tee, 4);
        stock(EAST, cap, 1);
        BasketId basket = kept(line("1", tee, 2), line("2", cap, 1));
        OrderId order = claiming(basket);

        assertThat(commit(order, OnShortage.REFUSE, line("L1", tee, 2), line("L2", set, 1)))
                .isEqualTo(new Commitment.Reserved());

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(4);
        assertThat(reserved(FacilityId.UNROUTED, cap)).isEqualTo(1);
        assertThat(inventory.allocate(order, plan(EAST, line("L1", tee, 2), line("L2", set, 1))))
                .isPresent();
    }

    /** What was kept for shipping is nothing to a customer who comes to one place, where nobody else is before him. */
    @Test
    void anOrderReservesAnewWhatItsBasketKeptElsewhere() {
        stock(EAST, tee, 1);
        stock(WEST, tee, 1);
        BasketId basket = kept(line("1", tee, 1));
        OrderId order = claiming(basket);

        assertThat(inventory.commit(order, List.of(line("L1", tee, 1)), new Terms(Set.of(EAST), OnShortage.REFUSE)))
                .isEqualTo(new Commitment.Reserved());

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(1);
        OrderId other = order();
        assertThat(commit(other, OnShortage.REFUSE, line("L1", tee, 1))).isEqualTo(new Commitment.Reserved());
        assertThat(inventory.availability(other, List.of(tee)).get(EAST)).containsEntry(tee, 0);
        assertThat(inventory.allocate(order, plan(EAST, line("L1", tee, 1)))).isPresent();
    }

    @Test
    void whatABasketKeptElsewhereIsRefusedWhereThereIsNone() {
        stock(WEST, tee, 1);
        BasketId basket = kept(line("1", tee, 1));
        OrderId order = claiming(basket);

        assertThat(inventory.commit(order, List.of(line("L1", tee, 1)), new Terms(Set.of(EAST), OnShortage.REFUSE)))
                .isEqualTo(new Commitment.Refused(List.of(new Shortage(tee, 1, 0))));
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
    }

    /** One of the two places was paused meanwhile: nothing more is promised of it, and what was is not lost. */
    @Test
    void anOrderKeepsWhatItsBasketKeepsWherePromisesAreNoLongerMade() {
        stock(EAST, tee, 1);
        stock(WEST, tee, 1);
        BasketId basket = kept(line("1", tee, 2));
        OrderId order = claiming(basket);
        Terms withoutEast = new Terms(Set.of(WEST), OnShortage.REFUSE).keeping(Map.of("L1", BOTH));

        assertThat(inventory.commit(order, List.of(line("L1", tee, 2)), withoutEast))
                .isEqualTo(new Commitment.Reserved());

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(2);
        assertThat(commit(order(), OnShortage.REFUSE, line("L1", tee, 1))).isInstanceOf(Commitment.Refused.class);
        assertThat(inventory.commit(order, List.of(line("L1", tee, 3)), withoutEast))
                .as("nothing more is promised there")
                .isInstanceOf(Commitment.Refused.class);
    }

    @Test
    void aBasketThatIsToBecomeAnOrderIsNotChanged() {
        stock(EAST, tee, 3);
        BasketId basket = kept(line("1", tee, 3));
        claiming(basket);

        assertThat(hold(basket, now().plus(Duration.ofMinutes(10)), line("1", tee, 1)))
                .isEmpty();
        baskets.release(basket);

        assertThat(baskets.find(basket).orElseThrow().state()).isEqualTo(Basket.State.HELD);
        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(3);
    }

    @Test
    void aChangeThatIsRefusedLeavesTheBasketAsItWas() {
        stock(EAST, tee, 2);
        stock(EAST, cap, 1);
        BasketId basket = basket();
        Instant expiry = now().plus(Duration.ofMinutes(10));
        hold(basket, expiry, line("1", tee, 2), line("2", cap, 1));

        assertThat(hold(basket, expiry, line("1", tee, 3)).orElseThrow()).isInstanceOf(Commitment.Refused.class);

        assertThat(baskets.find(basket).orElseThrow().reserved())
                .containsExactlyInAnyOrder(line("1", tee, 2), line("2", cap, 1));
    }

    @Test
    void anOrderThatEndsBeforeItReservesGivesItsBasketBack() {
        stock(EAST, tee, 2);
        BasketId basket = kept(line("1", tee, 2));
        OrderId order = claiming(basket);

        inventory.releaseAll(order, "not wanted");

        assertThat(baskets.find(basket).orElseThrow().state()).isEqualTo(Basket.State.RELEASED);
        assertThat(reserved(FacilityId.UNROUTED, tee)).isZero();
    }

    @Test
    void aNewBasketThatCanNotBeKeptIsNone() {
        BasketId basket = basket();

        assertThat(hold(basket, now().plus(Duration.ofMinutes(10)), line("1", tee, 3)))
                .contains(new Commitment.Refused(List.of(new Shortage(tee, 3, 0))));

        assertThat(baskets.find(basket)).isEmpty();
    }

    @Test
    void whatABasketWaitedForItsOrderWaitsForInItsPlace() {
        expect("po-1", 1, 5, FRIDAY);
        BasketId basket = basket();
        hold(basket, now().plus(Duration.ofMinutes(10)), OnShortage.BACKORDER, line("1", tee, 2));
        OrderId later = order();
        commit(later, OnShortage.BACKORDER, line("L1", tee, 2));
        OrderId order = claiming(basket);
        assertThat(commit(order, OnShortage.REFUSE, line("L1", tee, 2)))
                .isEqualTo(new Commitment.Backordered(List.of(new Commitment.Waiting("L1", tee, 2, FRIDAY))));
        assertThat(inventory.reserve(order, List.of(line("L1", tee, 2)), BOTH))
                .isEqualTo(new Reservation.Missing(List.of(new Shortage(tee, 2, 0))));

        move(EAST, tee, Kind.RECEIPT, 2);

        assertThat(inventory.reserve(order, List.of(line("L1", tee, 2)), BOTH)).isEqualTo(new Reservation.Reserved());
        assertThat(inventory.stockOf(later).waiting()).hasSize(1);
    }

    @Test
    void aBasketThatIsGivenUpFreesItsStock() {
        stock(EAST, tee, 2);
        expect("po-1", 1, 2, FRIDAY);
        BasketId basket = kept(line("L1", tee, 2));
        OrderId waiting = order();
        commit(waiting, OnShortage.BACKORDER, line("L1", tee, 1));

        baskets.release(basket);
        baskets.release(basket);

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(1);
        assertThat(kinds(waiting)).endsWith("stock.freed");
    }

    @Test
    void expiryFreesWhoeverWaitsAndEndsTheBasketsOwnWaiting() {
        stock(EAST, tee, 1);
        expect("po-1", 1, 9, FRIDAY);
        BasketId basket = basket();
        hold(basket, now().plus(Duration.ofMinutes(1)), OnShortage.BACKORDER, line("L1", tee, 3));
        OrderId waiting = order();
        commit(waiting, OnShortage.BACKORDER, line("L1", tee, 2));

        POSTGRES.clock().advance(Duration.ofMinutes(1));
        assertThat(baskets.expire(100)).isEqualTo(1);

        assertThat(reserved(FacilityId.UNROUTED, tee)).isEqualTo(1);
        assertThat(move(EAST, tee, Kind.RECEIPT, 5).freed()).containsExactly(new Freed(waiting.value(), "L1", tee, 1));
    }
}
