package io.throughline.store.counter;

import static io.throughline.domain.returns.SampleBlindRules.usd;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.counter.BlindInquiry;
import io.throughline.domain.counter.BlindPreviews;
import io.throughline.domain.counter.BlindRequest;
import io.throughline.domain.counter.CounterIntake;
import io.throughline.domain.counter.CounterIntake.Outcome;
import io.throughline.domain.counter.CounterPreviews;
import io.throughline.domain.counter.CounterRequest;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Given;
import io.throughline.domain.counter.CounterReturn.Stage;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.CounterReturns;
import io.throughline.domain.counter.CustomerToken;
import io.throughline.domain.counter.SaleName;
import io.throughline.domain.counter.SerialNumber;
import io.throughline.domain.customer.CustomerId;
import io.throughline.domain.customer.CustomerKey;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.returns.BlindLimits;
import io.throughline.domain.returns.BlindLimits.Allowance;
import io.throughline.domain.returns.BlindRules;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.OnePolicy;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.ReturnIntake.Person;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.SampleBlindRules;
import io.throughline.domain.sale.LateSales;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.StoreSales;
import io.throughline.domain.trace.TraceEntry;
import io.throughline.store.PostgresExtension;
import io.throughline.store.inventory.LedgerChecks;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Goods without a receipt: taken within limits that also hold for those who come at once, booked once, and given as credit only. */
class BlindReturnsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(12);

    private static final AtomicInteger RUNS = new AtomicInteger();
    private static final Person CLERK = new Person("clerk", "clerk (key 1)");
    private static final Person CONTROLLER = new Person("controller", "controller (key 2)");
    private static final Allowance ANY = new Allowance(1_000, usd("100000.00"));

    private final CounterIntake intake = POSTGRES.database()
            .stock(SampleStockRules.plain())
            .counterIntake(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT));
    private final CounterReturns returns = POSTGRES.database()
            .stock(SampleStockRules.plain())
            .counterReturns(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT));
    private final StoreSales sales = POSTGRES.database()
            .stock(SampleStockRules.plain())
            .storeSales(new SampleFacilities(), SampleSales.policies(LateSales.SUPPLEMENT));
    private final int run = RUNS.incrementAndGet();
    private final Sku mug = Sku.of("BLIND-MUG-" + run);
    private final CustomerToken customer = new CustomerToken("loyalty-card-" + run);

    /** 20 dollars until a month ago, then 15 for a week at another channel, 25 today; 5 long ago. */
    @BeforeEach
    void aMugHasHadPrices() {
        Instant now = POSTGRES.clock().instant();
        POSTGRES.tables().useHandle(handle -> {
            handle.execute("insert into product values (?, 'northwind', now())", mug.value());
            handle.execute(
                    "insert into product_attribute values (?, 'TITLE', 'Camp mug', 'northwind', now(), now())",
                    mug.value());
        });
        price("northwind", "500", now.minus(Duration.ofDays(400)));
        price("northwind", "2000", now.minus(Duration.ofDays(200)));
        price("northwind", "2500", now.minus(Duration.ofDays(30)));
        price("bazaar", "1500", now.minus(Duration.ofDays(20)));
        price("bazaar", "2600", now.minus(Duration.ofDays(13)));
        price("bazaar", "100", now.plus(Duration.ofDays(1)));
    }

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void isInStockAndInTheDayOfTheStoreAsCreditAndTellsWhy() {
        CounterReturnId id = stored(take("one", 2, lax()));

        CounterReturn returned = returns.find(id).orElseThrow();
        assertThat(returned.stage()).isEqualTo(Stage.TO_REFUND);
        assertThat(returned.sale()).isEmpty();
        assertThat(returned.unreceipted().orElseThrow().creditBy()).isEqualTo(SampleBlindRules.SHOP);
        // 80 percent of twice 15, the lowest within 90 days: 5 ended before, and 1 is still to come.
        assertThat(returned.refund().total().shop()).isEqualTo(usd("24.00"));
        assertThat(returned.lines()).singleElement().satisfies(line -> {
            assertThat(line.title()).isEqualTo("Camp mug");
            assertThat(line.disposition()).isEqualTo(Disposition.RESTOCK);
        });
        assertThat(onHand()).isEqualTo(2);
        StoreSale booked =
                sales.find(SampleFacilities.ST_HARBOR, id.value()).orElseThrow().sale();
        assertThat(booked.total()).isEqualTo(usd("-24.00"));
        assertThat(booked.tenders()).containsExactly(new StoreSale.Tender("gift_card", usd("-24.00")));
        List<TraceEntry> trace = POSTGRES.database().trace().of(id.value());
        assertThat(trace).extracting(TraceEntry::kind).containsExactly("sale.recorded", "counter.taken");
        assertThat(trace.getLast().detail()).containsEntry("sale", "unknown").containsEntry("score", "0");
    }

    @Test
    void whoBroughtItStandsInTheErasableTableOnly() {
        CounterReturnId id = stored(take("private", 1, lax()));

        assertThat(texts("select ref from person where content #>> '{}' = '" + customer.value() + "'"))
                .containsExactly("T-" + id);
        assertThat(texts("select t::text from trace_entry t where position('" + customer.value() + "' in t::text) > 0"))
                .isEmpty();
        assertThat(texts("select r::text from counter_return r where position('" + customer.value()
                        + "' in r::text) > 0"))
                .isEmpty();
    }

    @Test
    void theSameKeyIsTheSameReturn() {
        CounterReturnId first = stored(take("same", 1, lax()));

        assertThat(take("same", 1, lax())).isEqualTo(new Outcome.Replayed(first));
        assertThat(take("same", 2, lax())).isEqualTo(new Outcome.KeyReused());
        assertThat(onHand()).isEqualTo(1);
    }

    /** Eight counters, one customer who may come three times. */
    @Test
    void customersWhoComeEverywhereAtOnceKeepTheirLimit() throws Exception {
        BlindRules three = rules(new Allowance(3, usd("1000.00")), ANY);
        List<Callable<Outcome>> counters = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String key = "counter " + i;
            FacilityId store = i % 2 == 0 ? SampleFacilities.ST_HARBOR : SampleFacilities.ST_DOWNTOWN;
            counters.add(() -> intake.takeBlind(submission(key, 1), inquiry(three, store, customer, line(1, null))));
        }

        List<Outcome> outcomes = together(counters);

        assertThat(outcomes).filteredOn(Outcome.Stored.class::isInstance).hasSize(3);
        assertThat(outcomes)
                .filteredOn(Outcome.Unwanted.class::isInstance)
                .hasSize(5)
                .allSatisfy(refused -> assertThat(((Outcome.Unwanted) refused).objections())
                        .extracting(one -> one.rule())
                        .containsExactly("blind.limits.perCustomer"));
        assertThat(onHand()).isEqualTo(3);
    }

    /** Eight customers at the counters of one store, which takes mugs for 30 dollars on a day: two of 12 are within that. */
    @Test
    void customersWhoComeToOneStoreAtOnceKeepItsLimit() throws Exception {
        BlindRules thirty = rules(ANY, new Allowance(100, usd("30.00")));
        List<Callable<Outcome>> customers = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            String key = "customer " + i;
            CustomerToken one = new CustomerToken("customer-" + run + "-" + i);
            customers.add(() -> intake.takeBlind(
                    submission(key, 1), inquiry(thirty, SampleFacilities.ST_DUBLIN, one, line(1, null))));
        }

        List<Outcome> outcomes = together(customers);

        assertThat(outcomes).filteredOn(Outcome.Stored.class::isInstance).hasSize(2);
        assertThat(outcomes).filteredOn(Outcome.Unwanted.class::isInstance).hasSize(6);
    }

    /** The client has sent it again before it had an answer. */
    @Test
    void oneSubmissionThatComesTwiceAtOnceIsTakenOnce() throws Exception {
        List<Callable<Outcome>> twice = List.of(() -> take("at once", 1, lax()), () -> take("at once", 1, lax()));

        assertThat(together(twice))
                .hasOnlyElementsOfTypes(Outcome.Stored.class, Outcome.Replayed.class)
                .filteredOn(Outcome.Stored.class::isInstance)
                .hasSize(1);
        assertThat(onHand()).isEqualTo(1);
    }

    @Test
    void whatWasRefusedCountsForNoLimit() {
        BlindRules once = SampleBlindRules.with(
                new BlindLimits(
                        10, usd("250.00"), usd("0.00"), new Allowance(1, usd("100.00")), Duration.ofDays(90), ANY),
                SampleBlindRules.unsuspecting());
        CounterReturnId first = stored(take("first", 1, once));
        assertThat(returns.find(first).orElseThrow().stage()).isEqualTo(Stage.UNAPPROVED);
        assertThat(onHand()).isZero();
        assertThat(take("second", 1, once)).isInstanceOf(Outcome.Unwanted.class);

        assertThat(intake.refuse(first, CONTROLLER, "the label is of another shop"))
                .isInstanceOf(Outcome.Stored.class);

        CounterReturnId third = stored(take("third", 1, once));
        assertThat(intake.approve(third, CLERK)).isInstanceOf(Outcome.Conflict.class);
        assertThat(intake.approve(third, CONTROLLER)).isEqualTo(new Outcome.Stored(third));
        assertThat(returns.find(third).orElseThrow().stage()).isEqualTo(Stage.TO_REFUND);
        assertThat(onHand()).isEqualTo(1);
    }

    @Test
    void whoWasForgottenHasBroughtNothing() {
        CustomerKey key = new CustomerKey(SampleBlindRules.SHOP, "90001" + run);
        CustomerToken name = new CustomerToken(CustomerId.of(key).value());
        BlindRules once = rules(new Allowance(1, usd("100.00")), ANY);
        stored(intake.takeBlind(
                submission("known", 1), inquiry(once, SampleFacilities.ST_HARBOR, name, line(1, null))));
        BlindInquiry again = inquiry(once, SampleFacilities.ST_HARBOR, name, line(1, null));
        assertThat(returns.blindHistory(again.question()).ofCustomer()).hasSize(1);

        POSTGRES.database().privacy().erase(key, List.of());

        assertThat(returns.blindHistory(again.question()).ofCustomer()).isEmpty();
        assertThat(texts("select ref from person where content #>> '{}' = '" + name.value() + "'"))
                .isEmpty();
        assertThat(intake.takeBlind(submission("comes again", 1), again)).isInstanceOf(Outcome.Stored.class);
        assertThat(intake.takeBlind(submission("and again", 1), again)).isInstanceOf(Outcome.Unwanted.class);
    }

    /** The receipt was found at home: the same unit is not paid for again, until it was sold once more. */
    @Test
    void thisVeryUnitIsNotPaidForTwice() {
        String serial = "SN-" + run;
        CounterReturnId blind = stored(intake.takeBlind(
                submission("blind", 1), inquiry(lax(), SampleFacilities.ST_HARBOR, customer, line(1, serial))));

        assertThat(intake.takeBlind(
                        submission("again", 1), inquiry(lax(), SampleFacilities.ST_HARBOR, customer, line(1, serial))))
                .isInstanceOfSatisfying(
                        Outcome.Unwanted.class,
                        refused -> assertThat(refused.objections())
                                .singleElement()
                                .satisfies(one -> assertThat(one.why()).contains(blind.value())));
        assertThat(withReceipt("before", POSTGRES.clock().instant().minus(Duration.ofDays(3)), serial))
                .isInstanceOfSatisfying(
                        Outcome.Conflict.class,
                        conflict -> assertThat(conflict.why()).contains(blind.value()));
        assertThat(withReceipt("after", POSTGRES.clock().instant().plusSeconds(1), serial))
                .isInstanceOf(Outcome.Stored.class);
    }

    @Test
    void aCardIsGivenOnceAndConfirmedOrCreditByHandTakesItsPlaceInTheBooks() {
        CounterReturnId id = stored(take("card", 1, lax()));
        assertThat(returns.given(
                        id,
                        1,
                        new Given("4711", true, "a gift card", POSTGRES.clock().instant())))
                .isTrue();
        assertThat(returns.onTheirWay()).extracting(CounterReturn::id).contains(id);

        returns.payOutInstead(id, 1, "store_credit");

        assertThat(returns.find(id).orElseThrow().stage()).isEqualTo(Stage.TO_PAY_OUT);
        assertThat(sales.find(SampleFacilities.ST_HARBOR, id.value())
                        .orElseThrow()
                        .sale()
                        .tenders())
                .containsExactly(new StoreSale.Tender("store_credit", usd("-12.00")));
        assertThat(onHand()).isEqualTo(1);
    }

    /** Where our own rules would have been wrong. */
    @Test
    void theDatabaseGivesNothingButCreditAndNoMoreThanItIsWorth() {
        CounterReturnId id = stored(take("guarded", 1, lax()));

        assertThatThrownBy(() -> part(id, "store-credit-2", 1)).hasStackTraceContaining("counter_return_part");
        assertThatThrownBy(() -> part(id, "1", 1)).hasStackTraceContaining("without a receipt is worth");
        assertThatThrownBy(() -> POSTGRES.tables()
                        .useHandle(handle ->
                                handle.execute("update counter_return set blind = '{}' where id = ?", id.value())))
                .hasStackTraceContaining("never becomes another");
    }

    private static void part(CounterReturnId id, String payment, long amount) {
        POSTGRES.tables().useHandle(handle -> handle.execute("""
            insert into counter_return_part (return_id, number, payment, gateway, amount, currency, way)
            values (?, 2, ?, 'cash', ?, 'USD', 'COUNTER')
            """, id.value(), payment, amount));
    }

    private Outcome withReceipt(String key, Instant sold, String serial) {
        String name = "BLIND-" + run + "-" + key;
        sales.take(SampleSales.mugs(name, 1, mug, 1, sold));
        CounterRequest request = new CounterRequest(
                new SaleName(SampleSales.STORE, name),
                SampleSales.STORE,
                RefundTo.ORIGINAL,
                List.of(new CounterRequest.Line(
                        1,
                        1,
                        ReturnReason.UNWANTED,
                        ReturnPolicyBuilder.NEW,
                        Disposition.RESTOCK,
                        Optional.of(new SerialNumber(serial)))));
        CounterPreviews previews = new CounterPreviews(
                new OnePolicy(new ReturnPolicyBuilder()
                        .limits(usd("1000.00"), usd("0.00"), usd("0.00"))
                        .build()),
                Set.of(),
                POSTGRES.clock());
        return intake.take(submission(key, 1), request, history -> previews.of(history, request));
    }

    private static List<Outcome> together(List<Callable<Outcome>> calls) throws Exception {
        List<Outcome> outcomes = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Outcome> outcome : threads.invokeAll(calls)) {
                outcomes.add(outcome.get());
            }
        }
        return outcomes;
    }

    private Outcome take(String key, int units, BlindRules rules) {
        return intake.takeBlind(
                submission(key, units), inquiry(rules, SampleFacilities.ST_HARBOR, customer, line(units, null)));
    }

    private Submission submission(String key, int units) {
        return new Submission(CLERK, "blind " + run + " " + key, "hash of " + units);
    }

    private BlindRequest.Line line(int units, @Nullable String serial) {
        return new BlindRequest.Line(
                mug,
                units,
                ReturnReason.UNWANTED,
                ReturnPolicyBuilder.NEW,
                Optional.ofNullable(serial).map(SerialNumber::new));
    }

    private static BlindInquiry inquiry(
            BlindRules rules, FacilityId store, CustomerToken customer, BlindRequest.Line line) {
        return new BlindPreviews(
                        new OnePolicy(new ReturnPolicyBuilder().blind(rules).build()),
                        new SampleFacilities(),
                        POSTGRES.clock())
                .of(new BlindRequest(store, customer, List.of(line)))
                .orElseThrow();
    }

    private static BlindRules lax() {
        return rules(ANY, ANY);
    }

    private static BlindRules rules(Allowance perCustomer, Allowance perStoreDay) {
        return SampleBlindRules.with(
                new BlindLimits(10, usd("250.00"), usd("250.00"), perCustomer, Duration.ofDays(90), perStoreDay),
                SampleBlindRules.unsuspecting());
    }

    private static CounterReturnId stored(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Stored.class);
        return ((Outcome.Stored) outcome).id();
    }

    private void price(String channel, String minor, Instant validFrom) {
        POSTGRES.tables()
                .useHandle(handle -> handle.execute(
                        "insert into price values (?, ?, 'USD', cast(? as timestamptz), ?, ?, now(), now())",
                        mug.value(),
                        channel,
                        validFrom.toString(),
                        Long.parseLong(minor),
                        channel));
    }

    private static List<String> texts(String sql) {
        return POSTGRES.tables()
                .withHandle(
                        handle -> handle.createQuery(sql).mapTo(String.class).list());
    }

    private int onHand() {
        return POSTGRES.inventory().balances(List.of(mug)).stream()
                .mapToInt(balance -> balance.onHand())
                .sum();
    }
}
