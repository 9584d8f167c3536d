package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.availability.StockReading.Heard;
import io.throughline.domain.availability.StockReading.Word;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.CountStep;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockObservations.Level;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.sale.LateSales;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.StoreSales;
import io.throughline.domain.transfer.TransferId;
import io.throughline.domain.transfer.TransferTerms;
import io.throughline.domain.transfer.Transfers;
import io.throughline.domain.transfer.Transfers.Outcome;
import io.throughline.domain.transfer.Transfers.Submission;
import io.throughline.domain.transfer.Transfers.Wish;
import io.throughline.store.PostgresExtension;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What counts as a word of a store itself, and what its system only answers for it. */
class FacilityWordsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId HARBOR = SampleFacilities.ST_HARBOR;
    private static final FacilityId DUBLIN = SampleFacilities.ST_DUBLIN;
    private static final AccountId TILLS = AccountId.of(SampleStockRules.POS);
    private static final AccountId SHOP = AccountId.of("northwind");
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final StockRules rules = SampleStockRules.plain();
    private final InventoryLedger inventory = POSTGRES.inventory();
    private final StockObservations observations =
            POSTGRES.database().stock(rules).stockObservations();
    private final StoreSales sales = POSTGRES.database()
            .stock(rules)
            .storeSales(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT));
    private final Sku tee = Sku.of("WORD-" + NUMBERS.incrementAndGet());

    @BeforeEach
    void nobodyHasSaidAnything() {
        POSTGRES.tables().useHandle(handle -> handle.execute("delete from facility_word"));
        hoursPass();
    }

    @Test
    void anAccountThatAnswersForAllItsStoresBeginsToListenAndSaysNothingForThem() {
        observations.heardFrom(TILLS, List.of(HARBOR, DUBLIN));
        Instant listened = now();
        assertThat(word(HARBOR)).contains(new Word(TILLS.value(), listened));

        hoursPass();
        record(DUBLIN, TILLS.value(), "sale", Kind.SALE, -1);
        observations.heardFrom(TILLS, List.of(HARBOR, DUBLIN));

        assertThat(heard().of(HARBOR, TILLS.value())).contains(now());
        assertThat(word(HARBOR)).contains(new Word(TILLS.value(), listened));
        assertThat(word(DUBLIN)).contains(new Word(TILLS.value(), now()));
    }

    @Test
    void aSaleIsAWordOnceAndWhatOthersSayOfTheStoreIsNone() {
        record(HARBOR, TILLS.value(), "sale", Kind.SALE, -1);
        Instant sold = now();
        hoursPass();

        record(HARBOR, TILLS.value(), "sale", Kind.SALE, -1);
        record(HARBOR, "tryton-northwind", "books", Kind.RECEIPT, 3);
        inventory.record(movement(HARBOR, StockSource.OWN, "own", Kind.SALE, -1));
        tell(SHOP, "shop", 4);

        assertThat(word(HARBOR)).contains(new Word(TILLS.value(), sold));
    }

    @Test
    void aLevelIsAWordUnlessItIsWhatWeHavePublished() {
        observations.publish(TILLS, HARBOR, tee, Measure.ON_HAND, 4);
        tell(TILLS, "echo", 4);
        assertThat(word(HARBOR)).as("our own publication").isEmpty();

        tell(TILLS, "told", 5);
        Instant told = now();
        assertThat(word(HARBOR)).contains(new Word(TILLS.value(), told));
        hoursPass();
        tell(TILLS, "told", 5);
        assertThat(word(HARBOR)).as("once more").contains(new Word(TILLS.value(), told));

        observations.keep(movement(HARBOR, TILLS.value(), "by-order", Kind.SALE, -1));
        assertThat(word(HARBOR)).as("an order was handed over").contains(new Word(TILLS.value(), now()));
    }

    @Test
    void whatPeopleCountAndTillsHandInIsAWordHoweverLateItHappened() {
        POSTGRES.database()
                .stock(rules)
                .cycleCounts()
                .take(
                        new StockSubject(HARBOR, tee),
                        new CountStep("C-" + tee, 3, now().minus(Duration.ofHours(1))),
                        OptionalInt.empty());
        assertThat(word(HARBOR)).contains(new Word(StockSource.PEOPLE, now()));

        hoursPass();
        sales.take(SampleSales.mugs("S-" + tee, 1, tee, 1, SampleSales.NOON));
        Instant handedIn = now();
        assertThat(word(HARBOR)).contains(new Word(FacilityWords.TILLS, handedIn));
        hoursPass();
        sales.take(SampleSales.mugs("S-" + tee, 1, tee, 1, SampleSales.NOON));
        assertThat(word(HARBOR)).as("the same batch again").contains(new Word(FacilityWords.TILLS, handedIn));
    }

    @Test
    void whoSendsAndWhoReceivesGoodsIsThere() {
        record(HARBOR, TILLS.value(), "there", Kind.RECEIPT, 5);
        hoursPass();
        Map<Sku, Integer> two = Map.of(tee, 2);
        Transfers transfers = POSTGRES.database().stock(rules).transfers();
        TransferId id = ((Outcome.Done) transfers.request(
                        new Submission("people", "people", "T-" + tee, "two"),
                        new Wish(HARBOR, DUBLIN, two, Optional.empty()),
                        new TransferTerms("stock", "rule", Duration.ofDays(1), 0, 0)))
                .transfer()
                .id();
        assertThat(word(HARBOR)).map(Word::source).contains(TILLS.value());

        transfers.send(id, two, "people");
        assertThat(word(HARBOR)).contains(new Word(FacilityWords.APP, now()));
        assertThat(word(DUBLIN)).isEmpty();
        transfers.receive(id, two, "people");
        assertThat(word(DUBLIN)).contains(new Word(FacilityWords.APP, now()));
    }

    private Optional<Word> word(FacilityId facility) {
        return heard().lastWord(facility);
    }

    /** Read anew: a copy that is kept may be a second old. */
    private Heard heard() {
        return POSTGRES.database().stock(rules).stockReading().heard();
    }

    private void record(FacilityId facility, String system, String id, Kind kind, int units) {
        inventory.record(movement(facility, system, id, kind, units));
    }

    private Movement movement(FacilityId facility, String system, String id, Kind kind, int units) {
        return new Movement(facility, tee, units, kind, system, tee + "/" + id, PostgresExtension.START);
    }

    private void tell(AccountId account, String id, int units) {
        observations.observe(new Level(
                new StockSource(account.value(), tee + "/" + id, 1),
                HARBOR,
                tee,
                Measure.ON_HAND,
                units,
                now(),
                Optional.empty()));
    }

    private static void hoursPass() {
        POSTGRES.clock().advance(Duration.ofHours(3));
    }

    private static Instant now() {
        return POSTGRES.clock().instant().truncatedTo(ChronoUnit.MICROS);
    }
}
