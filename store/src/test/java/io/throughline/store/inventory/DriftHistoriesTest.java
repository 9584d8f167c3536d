package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.event.EventType;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.inventory.DriftHistories;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.Republications;
import io.throughline.domain.inventory.StockObservations.Discrepancy;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.trace.TraceEntry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;

/** What is kept and told of a difference, and what becomes of it. */
class DriftHistoriesTest extends DriftFixture {
    @Test
    void theStoryBeginsWhereTheyLastAgreed() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 5);
        pass();
        move("A2", Kind.SALE, -1);
        tell("L2", 2);

        String story = drift.story(drift.apartAt(TILLS, place, Measure.ON_HAND).orElseThrow());

        assertThat(story).contains("SALE -1 " + TILLS + "/" + tee + "/A2", "2 there " + tee + "/L2");
        assertThat(story).doesNotContain("A1").doesNotContain("L1");
    }

    @Test
    void bothHistoriesBeginWhereTheyLastAgreedTheNewestFirst() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 5);
        pass();
        move("A2", Kind.SALE, -1);
        move("A3", Kind.SALE, -1);
        tell("L2", 2);
        DriftHistories histories = POSTGRES.database().stock(rules).driftHistories(shown);

        DriftHistories.Sides sides = histories.of(TILLS.value(), place, Measure.ON_HAND);

        assertThat(sides.since()).isPresent();
        assertThat(sides.ledger())
                .extracting(DriftHistories.Moved::units, DriftHistories.Moved::after)
                .containsExactly(Tuple.tuple(-1, 3), Tuple.tuple(-1, 4));
        assertThat(sides.other()).extracting(DriftHistories.Told::units).containsExactly(2);
        move("A4", Kind.SALE, -1);
        assertThat(histories.of(TILLS.value(), place, Measure.ON_HAND).ledger())
                .as("once they agree, all that is there")
                .hasSize(4);
    }

    @Test
    void ofABundleTheLedgerHasWhatMovedOfItsParts() {
        move("A1", Kind.RECEIPT, 5);
        shopShows(set, "S1", 4);

        DriftHistories.Sides sides = POSTGRES.database()
                .stock(rules)
                .driftHistories(shown)
                .of(SHOP.value(), new StockSubject(HARBOR, set), Measure.ON_HAND);

        assertThat(sides.ledger()).extracting(DriftHistories.Moved::sku).containsExactly(tee.value());
        assertThat(sides.other()).extracting(DriftHistories.Told::units).containsExactly(4);
    }

    @Test
    void theLedgerCanFollow() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 3);
        Discrepancy apart = drift.apartAt(TILLS, place, Measure.ON_HAND).orElseThrow();

        inventory.record(Movement.following(apart, now()));
        inventory.record(Movement.following(apart, now()));

        assertThat(drift.apartAt(TILLS, place, Measure.ON_HAND)).isEmpty();
        TraceEntry told = POSTGRES.database().trace().of(place.toString()).getLast();
        assertThat(EventType.of(told.subject(), told.kind(), told.detail()))
                .as("it is public, and says why")
                .singleElement()
                .satisfies(type -> assertThat(type.data(told.subject(), told.detail()))
                        .containsEntry("movement", "ADJUSTMENT")
                        .containsEntry("change", -2L)
                        .containsEntry("reason", "the ledger follows " + TILLS + ", which tells of 3"));
    }

    /** A warehouse's words may be about a person. */
    @Test
    void whatOthersGiveAsTheirReasonStaysInTheLedger() {
        inventory.record(new Movement(
                new StockSource(TILLS.value(), tee + "/words", 1),
                HARBOR,
                tee,
                Measure.ON_HAND,
                Kind.ADJUSTMENT,
                2,
                Optional.of("found by Ada Example"),
                now()));

        TraceEntry told = POSTGRES.database().trace().of(place.toString()).getLast();
        assertThat(told.detail()).containsEntry("change", "2").doesNotContainKey("reason");
    }

    @Test
    void whatIsWithinTheToleranceIsToldOnceInTheTraceOfThePlace() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 4);
        Discrepancy apart = drift.apartAt(TILLS, place, Measure.ON_HAND).orElseThrow();

        drift.note(apart);
        drift.note(apart);

        assertThat(POSTGRES.database().trace().of(place.toString()))
                .filteredOn(entry -> entry.kind().equals("stock.apart"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.summary()).contains("tells of 4, the ledger of 5"));
    }

    @Test
    void whatIsOldIsForgottenButForTheLastWord() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 3);
        tell("L2", 4);
        observations.keep(movement("A2", Kind.SALE, -1));
        assertThat(words()).isEqualTo(3);
        pass();

        assertThat(forgotten(now())).isGreaterThanOrEqualTo(2);

        assertThat(words()).isEqualTo(1);
        assertThat(drift.apartAt(TILLS, place, Measure.ON_HAND))
                .get()
                .extracting(Discrepancy::told)
                .isEqualTo(4);
    }

    @Test
    void whatWasHeardIsKnown() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 5);
        observations.keep(movement("A2", Kind.SALE, -1));

        assertThat(observations.unheard(List.of(source("A1"), source("L1"), source("A2"), source("A3"))))
                .isEqualTo(Set.of(source("A3")));
    }

    /** It agrees each time that it was told, and until somebody sets it again. */
    @Test
    void ofWhoWasToldAgainAndAgainTheHistoriesBeginWithTheFirstTelling() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 5);
        pass();
        tell("L2", 4);
        pass();
        Instant first = now();
        Republications republications = POSTGRES.database().stock(rules).republications();
        republications.ask(TILLS, place, Decision.OURSELVES);
        pass();
        tell("L3", 5);
        pass();
        tell("L4", 6);

        DriftHistories.Sides sides =
                POSTGRES.database().stock(rules).driftHistories(shown).of(TILLS.value(), place, Measure.ON_HAND);

        assertThat(sides.since()).contains(first);
        assertThat(sides.other()).extracting(DriftHistories.Told::units).containsExactly(6, 5);
        String story = drift.story(drift.apartAt(TILLS, place, Measure.ON_HAND).orElseThrow());
        assertThat(story).startsWith(DriftHistories.STORY_BEGINS + first).contains("L3", "L4");
        republications.countAnew(TILLS, place);
        assertThat(POSTGRES.database()
                        .stock(rules)
                        .driftHistories(shown)
                        .of(TILLS.value(), place, Measure.ON_HAND)
                        .other())
                .extracting(DriftHistories.Told::units)
                .containsExactly(6);
    }

    @Test
    void aCasesWordsEndWhereItsHistoriesBegin() {
        move("A1", Kind.RECEIPT, 5);
        tell("L1", 3);
        String story = drift.story(drift.apartAt(TILLS, place, Measure.ON_HAND).orElseThrow());

        assertThat(DriftHistories.withoutStory("It tells of 3. " + story)).isEqualTo("It tells of 3.");
        assertThat(DriftHistories.withoutStory("It tells of 3.")).isEqualTo("It tells of 3.");
    }
}
