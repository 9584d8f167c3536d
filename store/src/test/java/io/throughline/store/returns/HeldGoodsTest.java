package io.throughline.store.returns;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.HeldGoods;
import io.throughline.domain.returns.HeldGoods.Released;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.domain.returns.UnexpectedGoods;
import io.throughline.domain.returns.UnexpectedGoods.Placed;
import io.throughline.store.SampleOrder;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What returns hold back leaves that state: on the shelf again, or out. Stock, cost and the list of what is held say the same. */
class HeldGoodsTest extends ReturnsFixture {
    private final HeldGoods held =
            POSTGRES.database().stock(SampleStockRules.plain()).heldGoods();
    private final UnexpectedGoods unexpected =
            POSTGRES.database().stock(SampleStockRules.plain()).unexpectedGoods();

    @Test
    void whatIsMadeGoodIsOnTheShelfAgainOnce() {
        ReturnId id = held(Disposition.REFURBISH);
        Balance before = balance();
        Submission once = submission();

        assertThat(release(once, 1, HeldGoods.Outcome.MADE_GOOD)).isInstanceOf(Released.Done.class);
        assertThat(release(once, 1, HeldGoods.Outcome.MADE_GOOD)).isInstanceOf(Released.Replayed.class);

        assertThat(balance().onHand()).isEqualTo(before.onHand());
        assertThat(balance().held()).isEqualTo(before.held() - 1);
        assertThat(listed(id)).isEmpty();
        assertThat(takenAgain(id)).isZero();
    }

    @Test
    void whatIsScrappedHasLeftAndIsACostAgain() {
        ReturnId id = held(Disposition.REFURBISH);
        Balance before = balance();

        assertThat(releaseAllUntil(id, HeldGoods.Outcome.SCRAPPED)).isPositive();

        assertThat(listed(id)).isEmpty();
        assertThat(balance().held()).isLessThan(before.held());
        assertThat(before.onHand() - balance().onHand())
                .isEqualTo(before.held() - balance().held());
        assertThat(takenAgain(id)).isEqualTo(1);
        returns.endMoney(id, "somebody bears it");
        returns.close(id);
    }

    @Test
    void whatItsVendorTakesHasLeftAndIsNoCostOfOurs() {
        ReturnId id = held(Disposition.RETURN_TO_VENDOR);

        assertThat(releaseAllUntil(id, HeldGoods.Outcome.TO_VENDOR)).isPositive();

        assertThat(listed(id)).isEmpty();
        assertThat(takenAgain(id)).isZero();
    }

    @Test
    void noMoreIsLetGoThanIsHeld() {
        held(Disposition.REFURBISH);
        int all = balance().held();

        assertThat(release(submission(), all + 1, HeldGoods.Outcome.SCRAPPED)).isEqualTo(new Released.TooMany(all));
        assertThat(balance().held()).isEqualTo(all);
    }

    @Test
    void unexpectedGoodsAreInStockByADecisionAndTheirCaseCloses() {
        ReturnId id = authorised("L1", 1);
        stored(intake.receive(submission(), id, arrival("L1", 2)));
        Balance before = balance();

        stored(unexpected.decide(
                submission(), id, SampleFacilities.ST_HARBOR, List.of(new Placed("L1", 1, Disposition.RESTOCK))));

        assertThat(balance().onHand()).isEqualTo(before.onHand() + 1);
        assertThat(unexpected.undecided(id)).isEmpty();
        assertThat(POSTGRES.database().cases().ofSubject(id.value()))
                .allMatch(found -> found.status() == CaseStatus.CLOSED);
        assertThat(unexpected.decide(
                        submission(), id, SampleFacilities.ST_HARBOR, List.of(new Placed("L1", 1, Disposition.SCRAP))))
                .isInstanceOf(Outcome.Conflict.class);
        assertThat(find(id).lines().getFirst().received())
                .as("nothing is paid for it")
                .isEqualTo(1);
    }

    private ReturnId held(Disposition disposition) {
        POSTGRES.inventory().consume(FulfillmentOrderId.of(order.id(), 1));
        ReturnId id = authorised("L1", 1);
        stored(intake.receive(submission(), id, arrival("L1", 1)));
        stored(intake.inspect(submission(), id, finding("L1", 1, disposition)));
        Return.Inspection found = find(id).lines().getFirst().inspections().getFirst();
        for (Measure measure : List.of(Measure.HELD, Measure.ON_HAND)) {
            POSTGRES.inventory()
                    .record(new Movement(
                            new StockSource(StockSource.OWN, id + "/" + found.number() + "/" + measure.name(), 1),
                            found.facility(),
                            SampleOrder.TEE,
                            measure,
                            Movement.Kind.RETURN,
                            1,
                            Optional.of(disposition.name()),
                            found.at()));
        }
        returns.booked(id, find(id).toBook());
        assertThat(listed(id)).singleElement().satisfies(some -> {
            assertThat(some.units()).isEqualTo(1);
            assertThat(some.disposition()).contains(disposition);
        });
        return id;
    }

    /** The oldest go first, and other tests leave some behind. */
    private int releaseAllUntil(ReturnId id, HeldGoods.Outcome outcome) {
        int times = 0;
        while (!listed(id).isEmpty() && times < 100) {
            assertThat(release(submission(), 1, outcome)).isInstanceOf(Released.Done.class);
            times++;
        }
        return times;
    }

    private Released release(Submission submission, int units, HeldGoods.Outcome outcome) {
        return held.release(submission, SampleFacilities.ST_HARBOR, SampleOrder.TEE, units, outcome);
    }

    private List<HeldGoods.Held> listed(ReturnId id) {
        return held.at(SampleFacilities.ST_HARBOR).stream()
                .filter(some -> some.source().filter(id.value()::equals).isPresent())
                .toList();
    }

    private static Balance balance() {
        return POSTGRES.inventory().balances(List.of(SampleOrder.TEE)).stream()
                .filter(one -> one.facility().equals(SampleFacilities.ST_HARBOR))
                .findFirst()
                .orElseThrow();
    }

    private static int takenAgain(ReturnId id) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery("""
                        select coalesce(sum(a.units), 0) from cost_taken a
                        join cost_reversed c on c.number = a.again_of where c.return_id = :id
                        """)
                        .bind("id", id.value())
                        .mapTo(Integer.class)
                        .one());
    }
}
