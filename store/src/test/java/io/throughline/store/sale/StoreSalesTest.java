package io.throughline.store.sale;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.Seeds;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.finance.Journal;
import io.throughline.domain.finance.JournalLine;
import io.throughline.domain.finance.LedgerAccount;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.rebuild.ReadModel;
import io.throughline.domain.sale.DaySummary;
import io.throughline.domain.sale.LateSales;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.sale.StoreDays;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.StoreSales;
import io.throughline.domain.sale.StoreSales.Taken;
import io.throughline.domain.sale.StoreSales.Verdict;
import io.throughline.store.PostgresExtension;
import io.throughline.store.Together;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.inventory.LedgerChecks;
import io.throughline.store.rebuild.Rebuilding;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sales that tills tell twice, late, in pieces and out of order end in the same stock, the same sums and the same summaries. */
class StoreSalesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AtomicInteger RUNS = new AtomicInteger();

    private final StoreSales sales = sales(LateSales.SUPPLEMENT);
    private final StoreDays days = POSTGRES.database().storeDays();
    private final int run = RUNS.incrementAndGet();
    private final Sku mug = Sku.of("MUG-" + run);

    /** Each test has a day of its own. */
    private final Instant noon = SampleSales.NOON.minus(Duration.ofDays(run));

    private final StoreDayId day =
            new StoreDayId(SampleSales.STORE, LocalDate.parse("2026-11-23").minusDays(run));

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void whatADayWaitsForFollowsFromItsEntries() {
        sales.take(mugs("a", 1, 3));
        days.close(day, 1);
        sales.take(mugs("a", 2, 2));
        POSTGRES.clock().advance(Duration.ofMinutes(1));
        sales.take(mugs("b", 1, 1));

        Rebuilding.mends(
                POSTGRES,
                ReadModel.STORE_DAYS,
                "select id, summaries, waiting_since from store_day order by 1",
                1,
                "update store_day set summaries = 4, waiting_since = null where id = '" + day + "'");
    }

    @Test
    void aSaleMovesStockAtOnceAndWaitsForItsDay() {
        Taken taken = sales.take(mugs("a", 1, 3));

        assertThat(taken).isEqualTo(new Taken(Verdict.ACCEPTED, day, false));
        assertThat(onHandLessShort(mug)).isEqualTo(-3);
        StoreDays.StoreDay stands = days.find(day).orElseThrow();
        assertThat(stands.waiting()).isEqualTo(1);
        assertThat(stands.dueAt()).isPresent();
        assertThat(POSTGRES.database().trace().lookup("sale/ST-HARBOR/" + id("a")))
                .contains(day.value());
    }

    @Test
    void whatIsToldAgainIsKnown() {
        sales.take(mugs("a", 1, 3));

        assertThat(sales.take(mugs("a", 1, 3))).isEqualTo(new Taken(Verdict.KNOWN, day, false));
        assertThat(onHandLessShort(mug)).isEqualTo(-3);
        assertThat(days.find(day).orElseThrow().waiting()).isEqualTo(1);
    }

    @Test
    void aSaleThatWasStoredBeforeThereWereChargesIsReadAsBefore() {
        StoreSale sale = mugs("a", 1, 3);
        String stored = CanonicalJson.write(sale).replace("\"charges\":[],", "");

        assertThat(stored).doesNotContain("charges");
        assertThat(CanonicalJson.read(stored, StoreSale.class)).isEqualTo(sale);
    }

    @Test
    void otherContentUnderTheSameVersionIsAConflict() {
        sales.take(mugs("a", 1, 3));

        assertThat(sales.take(mugs("a", 1, 4)).verdict()).isEqualTo(Verdict.CONFLICT);
        assertThat(onHandLessShort(mug)).isEqualTo(-3);
    }

    @Test
    void aLaterVersionCorrectsWhicheverComesFirst() {
        sales.take(mugs("a", 1, 3));
        assertThat(sales.take(mugs("a", 2, 2)).verdict()).isEqualTo(Verdict.CORRECTED);
        assertThat(sales.take(mugs("b", 2, 2)).verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(sales.take(mugs("b", 1, 3)).verdict()).isEqualTo(Verdict.SUPERSEDED);

        assertThat(onHandLessShort(mug)).isEqualTo(-4);
        close(1);
        assertThat(days.entries(day, 1))
                .extracting(entry -> entry.sale().version() + " " + entry.takenBack())
                .containsExactly("2 false", "2 false");
        assertThat(days.takings(day)).containsExactly(new StoreDays.Takings("cash", dollars("80.00"), 2));
    }

    @Test
    void aSaleThatDidNotHappenGivesItsStockBack() {
        sales.take(mugs("a", 1, 3));

        assertThat(sales.take(mugs("a", 2, 0)).verdict()).isEqualTo(Verdict.CORRECTED);

        assertThat(onHandLessShort(mug)).isZero();
        close(1);
        assertThat(new DaySummary(day, 1, new SampleFacilities().get(day.facility())).of(days.entries(day, 1)))
                .singleElement()
                .satisfies(part -> assertThat(part.invoice()).isEmpty());
    }

    @Test
    void whatCameBackIsOnHandAgain() {
        sales.take(mugs("a", 1, 3));
        sales.take(mugs("b", 1, -1));

        assertThat(onHandLessShort(mug)).isEqualTo(-2);
        assertThat(POSTGRES.database().trace().of(day.value()))
                .filteredOn(entry -> entry.kind().equals("refund.issued"))
                .singleElement()
                .satisfies(entry -> assertThat(entry.detail())
                        .containsEntry("amount", "20.00")
                        .containsEntry("tender", "cash"));
    }

    @Test
    void moreThanTheStoreHadIsACaseOfThePlace() {
        sales.take(mugs("a", 1, 3));

        assertThat(POSTGRES.database().cases().ofSubject(new StockSubject(SampleSales.STORE, mug).toString()))
                .extracting(Case::code)
                .containsExactly(FailureCode.STOCK_DISCREPANCY);
    }

    @Test
    void whatComesAfterTheSummaryIsASupplementOfItsDay() {
        sales.take(mugs("a", 1, 3));
        close(1);

        assertThat(sales.take(mugs("late", 1, 1))).isEqualTo(new Taken(Verdict.ACCEPTED, day, true));
        assertThat(sales.take(mugs("a", 2, 2))).isEqualTo(new Taken(Verdict.CORRECTED, day, true));
        close(2);
        close(2);

        assertThat(days.entries(day, 2))
                .extracting(entry -> entry.sale().id() + " " + entry.sale().version() + " " + entry.takenBack())
                .containsExactly(id("late") + " 1 false", id("a") + " 1 true", id("a") + " 2 false");
        assertThat(days.entries(day, 1)).hasSize(1);
        assertThat(days.lateSales(day, 10))
                .extracting(StoreDays.LateSale::saleId)
                .containsExactly(id("late"), id("a"));
        assertThat(days.find(day).orElseThrow().unsettled()).containsExactly(1, 2);
        days.settled(day, 1);
        assertThat(days.find(day).orElseThrow().unsettled()).containsExactly(2);
    }

    @Test
    void byPolicyItGoesIntoTheNextDayThatIsNotPosted() {
        StoreSales moved = sales(LateSales.NEXT_DAY);
        moved.take(mugs("a", 1, 3));
        close(1);
        StoreDayId today = new StoreDayId(SampleSales.STORE, LocalDate.parse("2026-11-23"));

        assertThat(moved.take(mugs("late", 1, 1))).isEqualTo(new Taken(Verdict.ACCEPTED, today, true));

        assertThat(days.find(day).orElseThrow().dueAt()).isEmpty();
        assertThat(days.takings(day)).containsExactly(new StoreDays.Takings("cash", dollars("80.00"), 2));
        assertThat(days.lateSales(today, 10))
                .extracting(StoreDays.LateSale::soldOn)
                .contains(day);
    }

    @Test
    void everySummaryWakesItsDayOnce() {
        sales.take(mugs("a", 1, 3));
        sales.take(mugs("b", 1, 3));
        assertThat(wakeUps()).isEqualTo(1);
        close(1);
        sales.take(mugs("c", 1, 3));
        assertThat(wakeUps()).isEqualTo(2);
    }

    /** Whoever tells what, when and how often: the stock, the takings and what all summaries together come to are the same. */
    @Test
    void anyOrderEndsTheSame() {
        long seed = Seeds.next();
        for (int round = 0; round < 6; round++) {
            List<StoreSale> clean = random(new SplittableRandom(seed + round), "clean-" + round);
            List<StoreSale> shuffled = random(new SplittableRandom(seed + round), "shuffled-" + round);
            String cleanEnd = end(clean, "clean-" + round, false);
            List<StoreSale> repeated = new ArrayList<>(shuffled);
            repeated.addAll(shuffled.subList(0, shuffled.size() / 2));
            Collections.shuffle(repeated, new Random(seed + round));

            assertThat(end(repeated, "shuffled-" + round, true))
                    .as("seed %s, round %s", seed, round)
                    .isEqualTo(cleanEnd);
        }
    }

    @Test
    void manyTellersAtOnceEndTheSame() throws Exception {
        List<StoreSale> told = random(new SplittableRandom(42), "together");
        Together.run(4, teller -> {
            List<StoreSale> mine = new ArrayList<>(told);
            Collections.shuffle(mine, new Random(teller));
            return mine.stream().map(sales::take).toList();
        });

        assertThat(days.find(day).orElseThrow().waiting())
                .as("each sale is entered once, and once more for each correction")
                .isLessThanOrEqualTo(2 * told.size());
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    /** Sales of which a third is corrected; all of them end in their latest versions, whose order does not matter. */
    private List<StoreSale> random(SplittableRandom random, String name) {
        List<Sku> skus = List.of(Sku.of(name + "-A-" + run), Sku.of(name + "-B-" + run));
        List<StoreSale> told = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            int versions = random.nextInt(3) == 0 ? 2 : 1;
            for (int version = 1; version <= versions; version++) {
                told.add(SampleSales.random(random, run + "-" + name + "-" + i, version, skus, noon));
            }
        }
        return told;
    }

    /** Tells the sales, some of them after a summary was closed, and gives what came of it, without the names. */
    private String end(List<StoreSale> told, String name, boolean inPieces) {
        int next = days.find(day).map(StoreDays.StoreDay::nextSummary).orElse(1);
        int first = next;
        for (int i = 0; i < told.size(); i++) {
            sales.take(told.get(i));
            if (inPieces && i % 13 == 12) {
                close(next);
                next = days.find(day).orElseThrow().nextSummary();
            }
        }
        close(next);
        next = days.find(day).orElseThrow().nextSummary();
        Map<String, Money> accounts = new TreeMap<>();
        for (int summary = first; summary < next; summary++) {
            book(summary, accounts);
        }
        accounts.values().removeIf(Money::isZero);
        return accounts + ", stock " + onHandLessShort(Sku.of(name + "-A-" + run)) + " and "
                + onHandLessShort(Sku.of(name + "-B-" + run));
    }

    private void book(int number, Map<String, Money> accounts) {
        DaySummary summary = new DaySummary(day, number, new SampleFacilities().get(day.facility()));
        List<JournalLine> lines = new ArrayList<>();
        for (DaySummary.Part part : summary.of(days.entries(day, number))) {
            part.invoice().ifPresent(invoice -> lines.addAll(Journal.of(invoice).lines()));
            part.payments().forEach(payment -> lines.addAll(Journal.of(payment).lines()));
        }
        lines.stream()
                .filter(line -> line.account().role() != LedgerAccount.Role.RECEIVABLE)
                .forEach(line ->
                        accounts.merge(line.account() + " " + line.signed().currency(), line.signed(), Money::plus));
    }

    private static StoreSales sales(LateSales late) {
        return POSTGRES.database()
                .stock(SampleStockRules.plain())
                .storeSales(new SampleFacilities(), SampleSales.policies(late));
    }

    private void close(int summary) {
        days.close(day, summary);
    }

    private String id(String name) {
        return run + "-" + name;
    }

    private StoreSale mugs(String name, long version, int units) {
        return SampleSales.mugs(id(name), version, mug, units, noon);
    }

    private static Money dollars(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }

    private int wakeUps() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery("select count(*) from inbox_message where subject = :day")
                        .bind("day", day.value())
                        .mapTo(Integer.class)
                        .one());
    }

    private int onHandLessShort(Sku sku) {
        return POSTGRES.inventory().balances(List.of(sku)).stream()
                .filter(balance -> balance.facility().equals(SampleSales.STORE))
                .mapToInt(balance -> balance.onHand() - balance.shortfall())
                .findFirst()
                .orElse(0);
    }
}
