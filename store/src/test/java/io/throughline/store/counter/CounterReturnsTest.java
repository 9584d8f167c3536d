package io.throughline.store.counter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.counter.CounterIntake;
import io.throughline.domain.counter.CounterIntake.Outcome;
import io.throughline.domain.counter.CounterPreview;
import io.throughline.domain.counter.CounterPreviews;
import io.throughline.domain.counter.CounterRequest;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Given;
import io.throughline.domain.counter.CounterReturn.Stage;
import io.throughline.domain.counter.CounterReturn.Way;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.CounterReturns;
import io.throughline.domain.counter.SaleHistory;
import io.throughline.domain.counter.SaleName;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.EffectLedger.Claim;
import io.throughline.domain.effect.EffectRedrives;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.OnePolicy;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.ReturnIntake.Person;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.sale.LateSales;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.SampleTillSales;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.StoreSales;
import io.throughline.domain.sale.TillSale;
import io.throughline.domain.sale.TillSales;
import io.throughline.store.PostgresExtension;
import io.throughline.store.inventory.LedgerChecks;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Goods of a till's sale that come back over a counter: booked once, paid once, and never more of either than was sold and paid. */
class CounterReturnsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final CurrencyCode USD = CurrencyCode.of("USD");
    private static final Instant SOLD = SampleSales.NOON;
    private static final Person CLERK = new Person("clerk", "clerk (key 1)");
    private static final Person CONTROLLER = new Person("controller", "controller (key 2)");

    private final CounterIntake intake = POSTGRES.database()
            .stock(SampleStockRules.plain())
            .counterIntake(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT));
    private final CounterReturns returns = POSTGRES.database()
            .stock(SampleStockRules.plain())
            .counterReturns(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT));
    private final TillSales tills = POSTGRES.database()
            .stock(SampleStockRules.plain())
            .tillSales(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT));
    private final StoreSales sales = POSTGRES.database()
            .stock(SampleStockRules.plain())
            .storeSales(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT));
    private final int run = RUNS.incrementAndGet();
    private final String name = "COUNTER-" + run;
    private final Sku mug = Sku.of("COUNTER-MUG-" + run);
    private final SaleName sale = new SaleName(SampleSales.STORE, name);

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void isInStockAndInTheDayOfTheStoreThatTookIt() {
        sellByCard(2);

        CounterReturnId id = stored(take("one", 1, SampleFacilities.ST_DOWNTOWN, everyday()));

        CounterReturn returned = returns.find(id).orElseThrow();
        assertThat(returned.stage()).isEqualTo(Stage.TO_REFUND);
        assertThat(returned.parts()).singleElement().satisfies(part -> {
            assertThat(part.way()).isEqualTo(Way.SYSTEM);
            assertThat(part.amount()).isEqualTo(Money.of("20.00", USD));
            assertThat(part.gateway()).isEqualTo("square_card");
        });
        assertThat(onHandLessShort(SampleSales.STORE)).isEqualTo(-2);
        assertThat(onHandLessShort(SampleFacilities.ST_DOWNTOWN)).isEqualTo(1);
        StoreSale booked = sales.find(SampleFacilities.ST_DOWNTOWN, id.value())
                .orElseThrow()
                .sale();
        assertThat(booked.total()).isEqualTo(Money.of("-20.00", USD));
        assertThat(booked.tenders()).containsExactly(new StoreSale.Tender("square_card", Money.of("-20.00", USD)));
        assertThat(POSTGRES.database().trace().lookup(id.value())).contains(id.value());
        assertThat(POSTGRES.database().trace().of(id.value()))
                .extracting(entry -> entry.kind())
                .containsExactly("sale.recorded", "counter.taken");
    }

    @Test
    void theSameKeyIsTheSameReturn() {
        sellByCard(2);
        Outcome first = take("same", 1, SampleSales.STORE, everyday());

        assertThat(take("same", 1, SampleSales.STORE, everyday())).isEqualTo(new Outcome.Replayed(stored(first)));
        assertThat(take("same", 2, SampleSales.STORE, everyday())).isEqualTo(new Outcome.KeyReused());
        assertThat(onHandLessShort(SampleSales.STORE)).isEqualTo(-1);
    }

    @Test
    void noMoreComesBackThanWasSold() {
        sellByCard(2);
        take("first", 1, SampleSales.STORE, everyday());

        assertThat(take("second", 2, SampleSales.STORE, everyday())).isInstanceOf(Outcome.Denied.class);
        assertThat(take("third", 1, SampleSales.STORE, everyday())).isInstanceOf(Outcome.Stored.class);
        assertThat(take("fourth", 1, SampleSales.STORE, everyday())).isInstanceOf(Outcome.Denied.class);
    }

    /** Where our own rule would have forgotten what came back. */
    @Test
    void theDatabaseRefusesItByItself() {
        sellByCard(2);
        take("whole", 2, SampleSales.STORE, everyday());

        assertThatThrownBy(() -> take("again", 1, SampleSales.STORE, CounterReturnsTest::forgetful))
                .hasStackTraceContaining("TL00");
        assertThat(returns.ofSale(sale)).hasSize(1);
        assertThat(onHandLessShort(SampleSales.STORE)).isZero();
    }

    /** Two stores, one receipt: whoever comes second is told that nothing is left. */
    @Test
    void countersThatTakeTheSameGoodsAtOnceTakeThemOnce() throws Exception {
        sellByCard(3);
        List<Callable<Outcome>> counters = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String key = "counter " + i;
            FacilityId store = i % 2 == 0 ? SampleSales.STORE : SampleFacilities.ST_DOWNTOWN;
            counters.add(() -> take(key, 1, store, everyday()));
        }

        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Outcome> outcome : threads.invokeAll(counters)) {
                outcomes.add(outcome.get());
            }
        }

        assertThat(outcomes).filteredOn(Outcome.Stored.class::isInstance).hasSize(3);
        assertThat(outcomes).filteredOn(Outcome.Denied.class::isInstance).hasSize(5);
        assertThat(onHandLessShort(SampleSales.STORE) + onHandLessShort(SampleFacilities.ST_DOWNTOWN))
                .isZero();
    }

    @Test
    void aRefundIsGivenOnceAndConfirmed() {
        sellByCard(1);
        CounterReturnId id = stored(take("card", 1, SampleSales.STORE, everyday()));

        assertThat(returns.given(id, 1, given("refund-" + name))).isTrue();
        assertThat(returns.given(id, 1, given("refund-" + name))).isTrue();
        assertThat(returns.given(id, 1, given("another"))).isFalse();
        assertThat(returns.find(id).orElseThrow().stage()).isEqualTo(Stage.ON_ITS_WAY);
        assertThat(returns.onTheirWay()).extracting(CounterReturn::id).contains(id);
        returns.confirmed(id, 1);
        returns.close(id);

        assertThat(returns.find(id).orElseThrow().stage()).isEqualTo(Stage.SETTLED);
        assertThat(POSTGRES.database().trace().of(id.value()))
                .extracting(entry -> entry.kind())
                .containsExactly("sale.recorded", "counter.taken", "refund.issued", "counter.closed");
    }

    @Test
    void coinsArePaidOutAtTheCounterAndReported() {
        sales.take(SampleSales.mugs(name, 1, mug, 1, SOLD));
        CounterReturnId id = stored(take("cash", 1, SampleSales.STORE, everyday()));
        assertThat(returns.find(id).orElseThrow().stage()).isEqualTo(Stage.TO_PAY_OUT);

        assertThat(intake.paidOut(id, CLERK, "drawer-1/7")).isEqualTo(new Outcome.Stored(id));

        CounterReturn returned = returns.find(id).orElseThrow();
        assertThat(returned.stage()).isEqualTo(Stage.SETTLED);
        assertThat(returned.parts().getFirst().given().orElseThrow().reference())
                .isEqualTo("drawer-1/7");
    }

    @Test
    void whatTheTillsSystemDoesNotGiveIsPaidOutAndTheBooksAreCorrected() {
        sellByCard(1);
        CounterReturnId id = stored(take("instead", 1, SampleSales.STORE, everyday()));

        returns.payOutInstead(id, 1, "cash");
        returns.payOutInstead(id, 1, "cash");

        assertThat(returns.find(id).orElseThrow().stage()).isEqualTo(Stage.TO_PAY_OUT);
        StoreSales.Standing booked = sales.find(SampleSales.STORE, id.value()).orElseThrow();
        assertThat(booked.sale().tenders()).containsExactly(new StoreSale.Tender("cash", Money.of("-20.00", USD)));
        assertThat(booked.entries()).hasSize(3);
        assertThat(onHandLessShort(SampleSales.STORE)).isZero();
    }

    @Test
    void whatWaitsForASecondPersonIsNeitherInStockNorInTheBooks() {
        sellByCard(2);
        CounterReturnId id = stored(take("much", 2, SampleSales.STORE, strict()));
        assertThat(returns.find(id).orElseThrow().stage()).isEqualTo(Stage.UNAPPROVED);
        assertThat(onHandLessShort(SampleSales.STORE)).isEqualTo(-2);

        assertThat(intake.approve(id, CLERK)).isInstanceOf(Outcome.Conflict.class);
        assertThat(intake.paidOut(id, CLERK, "drawer")).isInstanceOf(Outcome.Conflict.class);
        POSTGRES.clock().advance(Duration.ofMinutes(1));
        assertThat(intake.approve(id, CONTROLLER)).isEqualTo(new Outcome.Stored(id));

        CounterReturn approved = returns.find(id).orElseThrow();
        assertThat(approved.stage()).isEqualTo(Stage.TO_REFUND);
        assertThat(approved.owedSince()).isEqualTo(approved.takenAt().plus(Duration.ofMinutes(1)));
        assertThat(onHandLessShort(SampleSales.STORE)).isZero();
        assertThat(intake.refuse(id, CONTROLLER, "too late")).isInstanceOf(Outcome.Conflict.class);
    }

    @Test
    void whatIsRefusedMayBeReturnedLater() {
        sellByCard(2);
        CounterReturnId id = stored(take("no", 2, SampleSales.STORE, strict()));

        assertThat(intake.refuse(id, CONTROLLER, "it was worn")).isEqualTo(new Outcome.Stored(id));

        assertThat(returns.find(id).orElseThrow().stage()).isEqualTo(Stage.REFUSED);
        assertThat(take("later", 2, SampleSales.STORE, everyday())).isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void whatATillTookBackFirstIsNotTakenAgain() {
        sellByCard(2);
        tills.book(backAtTill(2), SOLD.plusSeconds(70));

        assertThat(take("late", 1, SampleSales.STORE, everyday())).isInstanceOf(Outcome.Denied.class);
        assertThat(onHandLessShort(SampleSales.STORE)).isZero();
    }

    /** Somebody has typed it into the till as well, before its money was given back. */
    @Test
    void aTillsReturnOfTheSameGoodsIsTheCountersOwn() {
        sellByCard(1);
        CounterReturnId id = stored(take("both", 1, SampleSales.STORE, everyday()));

        tills.book(backAtTill(1), SOLD.plusSeconds(70));
        tills.book(backAtTill(1), SOLD.plusSeconds(80));

        CounterReturn returned = returns.find(id).orElseThrow();
        assertThat(returned.stage()).isEqualTo(Stage.SETTLED);
        assertThat(returned.parts().getFirst().given().orElseThrow().ours()).isFalse();
        assertThat(onHandLessShort(SampleSales.STORE)).isZero();
        assertThat(sales.find(SampleSales.STORE, "BACK-" + run)).isEmpty();
        assertThat(POSTGRES.database().trace().lookup("BACK-" + run)).contains(id.value());
        assertThat(POSTGRES.database().cases().ofSubject(id.value())).isEmpty();
    }

    /** Two mugs of one sale, one given back at a counter, one at the till: each has its own money, and a person looks whether it was so. */
    @Test
    void ofTwoLikeUnitsNeitherIsTakenForTheOther() {
        sellByCard(2);
        CounterReturnId id = stored(take("one of two", 1, SampleSales.STORE, everyday()));

        tills.book(backAtTill(1), SOLD.plusSeconds(70));

        assertThat(returns.find(id).orElseThrow().stage()).isEqualTo(Stage.TO_REFUND);
        assertThat(onHandLessShort(SampleSales.STORE)).isZero();
        assertThat(sales.find(SampleSales.STORE, "BACK-" + run)).isPresent();
        assertThat(POSTGRES.database().cases().ofSubject(id.value()))
                .singleElement()
                .satisfies(open -> assertThat(open.detail()).contains("others of that sale, or the same ones"));
    }

    /** A person said that the till's refund is the return's, before the till has told of it. */
    @Test
    void whatIsNamedIsTheCountersOwnThoughThereAreOthersLikeIt() {
        sellByCard(2);
        CounterReturnId id = stored(take("named", 1, SampleSales.STORE, everyday()));
        returns.given(id, 1, new Given("money-of-BACK-" + run, false, "the till", SOLD.plusSeconds(65)));

        tills.book(backAtTill(1), SOLD.plusSeconds(70));

        assertThat(onHandLessShort(SampleSales.STORE)).isEqualTo(-1);
        assertThat(sales.find(SampleSales.STORE, "BACK-" + run)).isEmpty();
        assertThat(POSTGRES.database().cases().ofSubject(id.value())).isEmpty();
    }

    /** Both mugs lie on counters, and the till tells of the refund that the later one has taken for its own. */
    @Test
    void whatIsNamedIsNotTakenForTheFirstThatIsAlike() {
        sellByCard(2);
        CounterReturnId one = stored(take("alike", 1, SampleSales.STORE, everyday()));
        POSTGRES.clock().advance(Duration.ofMinutes(1));
        CounterReturnId two = stored(take("named", 1, SampleSales.STORE, everyday()));
        returns.given(two, 1, new Given("money-of-BACK-" + run, false, "the till", SOLD.plusSeconds(65)));

        tills.book(backAtTill(1), SOLD.plusSeconds(70));

        assertThat(returns.find(one).orElseThrow().stage()).isEqualTo(Stage.TO_REFUND);
        assertThat(onHandLessShort(SampleSales.STORE)).isZero();
        assertThat(sales.find(SampleSales.STORE, "BACK-" + run)).isEmpty();
    }

    /** A person said that the till's refund is for the other mug, which came back over another counter before the till has told of it. */
    @Test
    void whatIsForOtherGoodsIsNotTheCountersOwnThoughNothingElseIsLeft() {
        sellByCard(2);
        CounterReturnId one = stored(take("first", 1, SampleSales.STORE, everyday()));
        returns.forOthers(one, "money-of-BACK-" + run);
        returns.forOthers(one, "money-of-BACK-" + run);
        POSTGRES.clock().advance(Duration.ofMinutes(1));
        CounterReturnId other = stored(take("other", 1, SampleSales.STORE, everyday()));

        tills.book(backAtTill(1), SOLD.plusSeconds(70));

        assertThat(returns.find(one).orElseThrow().stage()).isEqualTo(Stage.TO_REFUND);
        assertThat(returns.find(other).orElseThrow().stage()).isEqualTo(Stage.SETTLED);
        assertThat(onHandLessShort(SampleSales.STORE)).isZero();
    }

    @Test
    void aRefundOfATillIsOneReturnsAlone() {
        sellByCard(2);
        CounterReturnId one = stored(take("one", 1, SampleSales.STORE, everyday()));
        CounterReturnId two = stored(take("two", 1, SampleFacilities.ST_DOWNTOWN, everyday()));
        Given atTill = new Given("made-at-the-till-" + run, false, "the till", SOLD.plusSeconds(65));

        assertThat(returns.given(one, 1, atTill)).isTrue();
        assertThat(returns.given(one, 1, atTill)).isTrue();
        assertThat(returns.given(two, 1, atTill)).isFalse();

        assertThat(returns.find(two).orElseThrow().stage()).isEqualTo(Stage.TO_REFUND);
        assertThatThrownBy(() ->
                        POSTGRES.tables().useHandle(handle -> handle.execute("""
            update counter_return_part set reference = ?, ours = false, given_by = 'the till', given_at = now()
            where return_id = ?
            """, atTill.reference(), two.value())))
                .hasMessageContaining("would have it, too");
    }

    @Test
    void returnsThatTakeTheSameRefundOfATillAtOnceGetItOnce() throws Exception {
        sellByCard(4);
        Given atTill = new Given("made-at-the-till-" + run, false, "the till", SOLD.plusSeconds(65));
        List<Callable<Boolean>> takers = new ArrayList<>();
        for (int i = 1; i <= 4; i++) {
            CounterReturnId id = stored(take("at-once-" + i, 1, SampleSales.STORE, everyday()));
            takers.add(() -> returns.given(id, 1, atTill));
        }

        List<Boolean> taken = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Boolean> one : threads.invokeAll(takers)) {
                taken.add(one.get());
            }
        }

        assertThat(taken).containsOnlyOnce(true).hasSize(4);
    }

    @Test
    void whatWasPaidAtTheTillAndByUsIsACase() {
        sellByCard(2);
        CounterReturnId id = stored(take("twice", 1, SampleSales.STORE, everyday()));
        returns.given(id, 1, given("refund-" + name));

        tills.book(backAtTill(1), SOLD.plusSeconds(70));

        assertThat(POSTGRES.database().cases().ofSubject(id.value()))
                .singleElement()
                .satisfies(open -> assertThat(open.code()).isEqualTo(FailureCode.REFUNDED_TWICE));
        assertThat(sales.find(SampleSales.STORE, "BACK-" + run)).isPresent();
    }

    @Test
    void itsProcessIsWokenToLookForARefundOfWhichNobodyKnowsWhatBecame() {
        sellByCard(2);
        CounterReturnId id = stored(take("unknown", 1, SampleSales.STORE, everyday()));
        EffectLedger effects = POSTGRES.database().effects();
        AccountId till = AccountId.of("till-" + run);
        EffectKey key = effects.intend(till, id.value(), "refund", "1");
        Claim claim = effects.claim(key, OutsideSystem.SQUARE, "refund", Duration.ofSeconds(20));
        effects.fail(key, ((Claim.Held) claim).token(), FailureCode.OUTCOME_UNKNOWN, "no answer", true);
        POSTGRES.dispatched();

        EffectRedrives.Driven driven = POSTGRES.database()
                .effectRedrives()
                .redrive(new EffectRedrives.Filter(Optional.of(till), Optional.empty()), "ada");

        assertThat(driven.left()).isEmpty();
        assertThat(POSTGRES.dispatched()).extracting(InboxMessage::subject).containsExactly(id.workflowId());
    }

    @Test
    void whatATillTookBackMeanwhileCantBeApproved() {
        sellByCard(2);
        CounterReturnId id = stored(take("waits", 2, SampleSales.STORE, strict()));

        tills.book(backAtTill(2), SOLD.plusSeconds(70));

        assertThat(intake.approve(id, CONTROLLER))
                .isInstanceOfSatisfying(
                        Outcome.Conflict.class,
                        conflict -> assertThat(conflict.why()).contains("taken back at a till"));
        assertThat(onHandLessShort(SampleSales.STORE)).isZero();
    }

    private void sellByCard(int units) {
        tills.book(till(name, SOLD.plusSeconds(2), units, List.of()), SOLD.plusSeconds(3));
    }

    private TillSale backAtTill(int units) {
        return till("BACK-" + run, SOLD.plusSeconds(60), -units, List.of(name));
    }

    private TillSale till(String id, Instant version, int units, List<String> returnsOf) {
        Money price = Money.of("20.00", USD);
        Money total = price.times(units);
        return new TillSale(
                SampleTillSales.id(id),
                version,
                "LHARBOR",
                Optional.of(SampleSales.STORE),
                SOLD,
                USD,
                true,
                List.of(new StoreSale.Line(mug, "Camp mug", false, units, price, Money.zero(USD), total, List.of())),
                List.of(),
                List.of(new StoreSale.Tender("square_card", total)),
                total,
                List.of("money-of-" + id),
                returnsOf);
    }

    private Outcome take(
            String key,
            int units,
            FacilityId store,
            Function<CounterRequest, Function<SaleHistory, CounterPreview>> rule) {
        CounterRequest request = new CounterRequest(
                sale,
                store,
                RefundTo.ORIGINAL,
                List.of(new CounterRequest.Line(
                        1,
                        units,
                        ReturnReason.UNWANTED,
                        ReturnPolicyBuilder.NEW,
                        Disposition.RESTOCK,
                        Optional.empty())));
        return intake.take(new Submission(CLERK, name + key, "hash of " + units), request, rule.apply(request));
    }

    private static CounterReturnId stored(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Stored.class);
        return ((Outcome.Stored) outcome).id();
    }

    private static Function<CounterRequest, Function<SaleHistory, CounterPreview>> everyday() {
        return by("1000.00");
    }

    private static Function<CounterRequest, Function<SaleHistory, CounterPreview>> strict() {
        return by("30.00");
    }

    private static Function<CounterRequest, Function<SaleHistory, CounterPreview>> by(String secondPersonAbove) {
        Money limit = Money.of(secondPersonAbove, USD);
        CounterPreviews previews = new CounterPreviews(
                new OnePolicy(
                        new ReturnPolicyBuilder().limits(limit, limit, limit).build()),
                Set.of("square_card"),
                Clock.fixed(SOLD.plusSeconds(3600), ZoneOffset.UTC));
        return request -> history -> previews.of(history, request);
    }

    private static Function<SaleHistory, CounterPreview> forgetful(CounterRequest request) {
        return history ->
                everyday().apply(request).apply(new SaleHistory(history.sale(), history.till(), List.of(), List.of()));
    }

    private static Given given(String reference) {
        return new Given(reference, true, "the till's system", SOLD.plusSeconds(90));
    }

    private int onHandLessShort(FacilityId facility) {
        return POSTGRES.inventory().balances(List.of(mug)).stream()
                .filter(balance -> balance.facility().equals(facility))
                .mapToInt(balance -> balance.onHand() - balance.shortfall())
                .findFirst()
                .orElse(0);
    }
}
