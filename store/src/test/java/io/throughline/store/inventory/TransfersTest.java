package io.throughline.store.inventory;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.Seeds;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.event.EventType;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.Movement.Kind;
import io.throughline.domain.inventory.SampleStockRules;
import io.throughline.domain.inventory.StockSource;
import io.throughline.domain.inventory.Terms;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.transfer.Transfer;
import io.throughline.domain.transfer.TransferId;
import io.throughline.domain.transfer.TransferStatus;
import io.throughline.domain.transfer.TransferTerms;
import io.throughline.domain.transfer.Transfers;
import io.throughline.domain.transfer.Transfers.Outcome;
import io.throughline.domain.transfer.Transfers.Submission;
import io.throughline.domain.transfer.Transfers.Wish;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Goods that go from a store to another: never in two places, never in none. */
class TransfersTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension();

    private static final FacilityId FROM = SampleFacilities.ST_HARBOR;
    private static final FacilityId TO = SampleFacilities.ST_DOWNTOWN;
    private static final TransferTerms TERMS = new TransferTerms("stock-7", "stores", Duration.ofDays(2), 2, 1);
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final InventoryLedger inventory = POSTGRES.inventory();
    private final Transfers transfers =
            POSTGRES.database().stock(SampleStockRules.plain()).transfers();
    private final Sku tee = Sku.of("MOVED-" + NUMBERS.incrementAndGet());

    @AfterAll
    static void everySumHolds() {
        LedgerChecks.holdsIn(POSTGRES.tables());
    }

    @Test
    void goodsAreInOnePlaceAfterTheOther() {
        stocked(10);

        Transfer requested = done(request("go", 8));
        assertThat(List.of(onHand(FROM), inTransit(), onHand(TO))).containsExactly(10, 0, 0);

        Transfer sent = done(transfers.send(requested.id(), Map.of(tee, 6), "Ada"));
        assertThat(sent.status()).isEqualTo(TransferStatus.SENT);
        assertThat(List.of(onHand(FROM), inTransit(), onHand(TO))).containsExactly(4, 6, 0);

        Transfer received = done(transfers.receive(requested.id(), Map.of(tee, 6), "Ben"));
        assertThat(received.settled()).isTrue();
        assertThat(List.of(onHand(FROM), inTransit(), onHand(TO))).containsExactly(4, 0, 6);
        assertThat(difference(requested.id())).isEmpty();
    }

    @Test
    void theSameAgainDoesNothingMore() {
        stocked(10);
        TransferId id = done(request("again", 5)).id();

        assertThat(request("again", 5)).isInstanceOf(Outcome.Known.class);
        assertThat(transfers.request(new Submission("app", "app", "again" + tee, "other"), wish(4), TERMS))
                .isInstanceOf(Outcome.KeyReused.class);
        done(transfers.send(id, Map.of(tee, 5), "Ada"));
        assertThat(transfers.send(id, Map.of(tee, 5), "Ada")).isInstanceOf(Outcome.Known.class);
        assertThat(refused(transfers.send(id, Map.of(tee, 4), "Ada"))).contains("is SENT");
        done(transfers.receive(id, Map.of(tee, 5), "Ben"));
        assertThat(transfers.receive(id, Map.of(tee, 5), "Ben")).isInstanceOf(Outcome.Known.class);
        assertThat(refused(transfers.cancel(id, "Ada"))).contains("a transfer back");

        assertThat(List.of(onHand(FROM), inTransit(), onHand(TO))).containsExactly(5, 0, 5);
        assertThat(transfers.send(new TransferId("T-0000000000"), Map.of(tee, 1), "Ada"))
                .isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void whatIsPromisedOrHasToStayIsNotGiven() {
        stocked(10);

        assertThat(refused(request("too-much", 9)))
                .isEqualTo("ST-HARBOR can give 8 of " + tee + ", not 9: 10 are promised to nobody, and 2 stay by stores"
                        + " of stock-7");
        assertThat(transfers.find(TransferId.of("app", "too-much" + tee))).isEmpty();
        TransferId id = done(request("then-sold", 8)).id();
        order(5, Set.of(FROM));

        assertThat(refused(transfers.send(id, Map.of(tee, 8), "Ada"))).contains("can give 3 of " + tee);
        assertThat(refused(transfers.send(id, Map.of(tee, 9), "Ada"))).contains("8 of " + tee + " were asked for");
        assertThat(refused(transfers.send(id, Map.of(), "Ada"))).contains("nothing would be sent");
        done(transfers.send(id, Map.of(tee, 3), "Ada"));
        assertThat(onHand(FROM)).isEqualTo(7);
    }

    @Test
    void whoeverWaitsIsPromisedOfWhatIsOnItsWayAndGetsItWhenItIsThere() {
        stocked(10);
        TransferId id = done(request("for-who-waits", 5)).id();

        Transfer sent = done(transfers.send(id, Map.of(tee, 5), "Ada"));
        assertThat(sent.expectedAt()).isEqualTo(POSTGRES.clock().instant().plus(TERMS.within()));
        order(2, Set.of(TO));
        assertThat(promise()).contains(sent.expectedAt());
        assertThat(POSTGRES.database()
                        .stock(SampleStockRules.plain())
                        .incomingSupply()
                        .open(List.of(tee)))
                .singleElement()
                .satisfies(supply -> assertThat(supply.outstanding()).isEqualTo(5));

        done(transfers.receive(id, Map.of(tee, 5), "Ben"));
        assertThat(inventory.waitedFor()).doesNotContain(tee);
        assertThat(POSTGRES.database()
                        .stock(SampleStockRules.plain())
                        .incomingSupply()
                        .open(List.of(tee)))
                .isEmpty();
    }

    @Test
    void whatComesBackIsWhereItWas() {
        stocked(10);
        TransferId id = done(request("back", 5)).id();
        done(transfers.send(id, Map.of(tee, 5), "Ada"));

        assertThat(done(transfers.cancel(id, "Ada")).status()).isEqualTo(TransferStatus.CANCELLED);

        assertThat(List.of(onHand(FROM), inTransit(), onHand(TO))).containsExactly(10, 0, 0);
        assertThat(POSTGRES.database()
                        .stock(SampleStockRules.plain())
                        .incomingSupply()
                        .open(List.of(tee)))
                .isEmpty();
        assertThat(refused(transfers.receive(id, Map.of(tee, 5), "Ben"))).contains("is CANCELLED");
    }

    @Test
    void aLittleLessIsAdjustedByThePolicy() {
        stocked(10);
        TransferId id = sent("one-less", 5);

        Transfer received = done(transfers.receive(id, Map.of(tee, 4), "Ben"));

        assertThat(received.settled()).isTrue();
        assertThat(List.of(onHand(FROM), inTransit(), onHand(TO))).containsExactly(5, 0, 4);
        assertThat(adjusted()).isEqualTo(-1);
        assertThat(difference(id)).isEmpty();
        assertThat(refused(transfers.receive(id, Map.of(tee, 5), "Ben"))).contains("accounted for");
    }

    @Test
    void muchLessIsACaseThatSomebodyBears() {
        stocked(10);
        TransferId id = sent("short", 5);

        done(transfers.receive(id, Map.of(tee, 2), "Ben"));
        assertThat(List.of(onHand(FROM), inTransit(), onHand(TO))).containsExactly(5, 3, 2);
        Case open = difference(id).orElseThrow();
        assertThat(open.code()).isEqualTo(FailureCode.STOCK_DISCREPANCY);
        assertThat(open.detail()).contains("5 of " + tee + " sent, 2 received");
        assertThat(transfers.open(tee, 10)).extracting(Transfer::id).containsExactly(id);

        transfers.acceptDifference(id, open.id());
        transfers.acceptDifference(id, open.id());
        assertThat(List.of(onHand(FROM), inTransit(), onHand(TO))).containsExactly(5, 0, 2);
        assertThat(adjusted()).isEqualTo(-3);
        assertThat(difference(id)).isEmpty();
        assertThat(transfers.open(tee, 10)).isEmpty();
    }

    @Test
    void aReceiptThatWasWrongIsCorrected() {
        stocked(10);
        TransferId id = sent("typo", 5);
        done(transfers.receive(id, Map.of(tee, 50), "Ben"));
        assertThat(onHand(TO)).isEqualTo(50);
        Case typo = difference(id).orElseThrow();

        done(transfers.receive(id, Map.of(tee, 5), "Ben"));

        assertThat(List.of(onHand(FROM), inTransit(), onHand(TO))).containsExactly(5, 0, 5);
        assertThat(difference(id)).isEmpty();
        transfers.acceptDifference(id, typo.id());
        assertThat(adjusted()).as("that case has ended").isZero();
    }

    @Test
    void moreThanWasSentIsThere() {
        stocked(10);
        TransferId id = sent("over", 5);

        done(transfers.receive(id, Map.of(tee, 9), "Ben"));
        transfers.acceptDifference(id, difference(id).orElseThrow().id());

        assertThat(List.of(onHand(FROM), inTransit(), onHand(TO))).containsExactly(5, 0, 9);
        assertThat(adjusted()).isEqualTo(4);
    }

    @Test
    void aReceiptTellsOfEverySku() {
        stocked(10);
        TransferId id = sent("whole", 5);

        assertThat(refused(transfers.receive(id, Map.of(Sku.of("OTHER"), 5), "Ben")))
                .contains("every SKU of " + id)
                .contains(tee.value());
    }

    @Test
    void whatWasAskedForIsAnsweredWithoutAskingTheRulesAgain() {
        stocked(10);
        Submission submission = new Submission("app", "app (key 1)", "told" + tee, "hash 5");
        assertThat(transfers.repeated(submission)).isEmpty();
        Transfer asked = done(transfers.request(submission, wish(5), TERMS));

        assertThat(transfers.repeated(submission)).contains(new Outcome.Known(asked));
        assertThat(transfers.repeated(new Submission("app", "app (key 1)", "told" + tee, "hash 4")))
                .containsInstanceOf(Outcome.KeyReused.class);
    }

    @Test
    void subscribersAreToldOfEachStep() {
        stocked(10);
        TransferId id = sent("told-of", 5);
        done(transfers.receive(id, Map.of(tee, 3), "Ben"));
        done(transfers.receive(id, Map.of(tee, 5), "Ben"));

        assertThat(told(id)).containsExactly("transfer.sent.v1 5", "transfer.received.v1 3", "transfer.received.v1 5");
        TransferId back = sent("comes-back", 2);
        done(transfers.cancel(back, "Ada"));
        assertThat(told(back)).containsExactly("transfer.sent.v1 2", "transfer.cancelled.v1 2");
    }

    /** The events, and of how many units they are; those of its case are left out. */
    private static List<String> told(TransferId id) {
        return POSTGRES.database().trace().of(id.subject()).stream()
                .flatMap(entry -> EventType.of(id.subject(), entry.kind(), entry.detail()).stream()
                        .filter(type -> type.kind().startsWith("transfer."))
                        .map(type -> type.fullName() + " "
                                + type.data(id.subject(), entry.detail()).get("units")))
                .toList();
    }

    /** A receipt moves the promise of the older order and gives stock to both: told in two rounds, two receipts could wait in a circle. */
    @Test
    void whatAReceiptTellsIsWrittenInTheOrderOfTheNames() {
        stocked(40);
        TransferId id = sent("soon", 4);
        Instant later = POSTGRES.clock().instant().plus(Duration.ofDays(9));
        TransferId more = done(transfers.request(
                        new Submission("app", "app", "later" + tee, "hash"),
                        new Wish(FROM, TO, Map.of(tee, 20), Optional.of(later)),
                        TERMS))
                .id();
        done(transfers.send(more, Map.of(tee, 20), "Ada"));
        List<OrderId> orders = Stream.of(SampleOrder.fresh(), SampleOrder.fresh())
                .map(POSTGRES::stored)
                .sorted(Comparator.comparing(OrderId::value))
                .toList();
        order(orders.getLast(), 2, Set.of(TO));
        order(orders.getFirst(), 10, Set.of(TO));

        done(transfers.receive(id, Map.of(tee, 4), "Ben"));

        List<String> told = toldAfterwards(orders);
        assertThat(told).contains(orders.getFirst().value(), orders.getLast().value());
        assertThat(told).isSorted();
    }

    /** Whose lines the freed and moved promises were written to, in the order of writing. */
    private static List<String> toldAfterwards(List<OrderId> orders) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery("""
                        select subject from trace_entry
                        where subject = any(:orders) and body::json ->> 'kind' in ('stock.freed', 'stock.repromised')
                        order by ctid
                        """)
                        .bindArray(
                                "orders",
                                String.class,
                                orders.stream().map(OrderId::value).toList())
                        .mapTo(String.class)
                        .list());
    }

    @Test
    void nothingIsLostOrMadeHoweverManyGoAtOnce() throws Exception {
        SplittableRandom random = new SplittableRandom(Seeds.next());
        stocked(200);
        List<SplittableRandom> people = List.of(random.split(), random.split(), random.split(), random.split());

        Together.run(people.size(), person -> {
            for (int i = 0; i < 12; i++) {
                step("p" + person + "-" + i, people.get(person));
                assertThat(movedButNotAdjusted()).as("at each instant").isEqualTo(200);
            }
            return true;
        });

        assertThat(onHand(FROM) + inTransit() + onHand(TO)).isEqualTo(200 + adjusted());
    }

    /** One transfer as far as chance carries it. */
    private void step(String name, SplittableRandom random) {
        if (!(request(name, 1 + random.nextInt(12)) instanceof Outcome.Done(var asked))) {
            return;
        }
        int units = 1 + random.nextInt(asked.lines().getFirst().requested());
        if (random.nextInt(4) > 0 && transfers.send(asked.id(), Map.of(tee, units), "Ada") instanceof Outcome.Done) {
            switch (random.nextInt(4)) {
                case 0 -> transfers.cancel(asked.id(), "Ada");
                case 1 -> transfers.receive(asked.id(), Map.of(tee, random.nextInt(units + 2)), "Ben");
                case 2 -> {
                    transfers.receive(asked.id(), Map.of(tee, random.nextInt(20)), "Ben");
                    difference(asked.id()).ifPresent(open -> transfers.acceptDifference(asked.id(), open.id()));
                }
                default -> transfers.receive(asked.id(), Map.of(tee, units), "Ben");
            }
        }
    }

    private void stocked(int units) {
        inventory.record(new Movement(
                new StockSource(StockSource.PEOPLE, "there/" + tee, 1),
                FROM,
                tee,
                Measure.ON_HAND,
                Kind.COUNT,
                units,
                Optional.empty(),
                POSTGRES.clock().instant().minusSeconds(60)));
    }

    private TransferId sent(String name, int units) {
        TransferId id = done(request(name, units)).id();
        done(transfers.send(id, Map.of(tee, units), "Ada"));
        return id;
    }

    private Outcome request(String key, int units) {
        return transfers.request(new Submission("app", "app (key 1)", key + tee, "hash " + units), wish(units), TERMS);
    }

    private Wish wish(int units) {
        return new Wish(FROM, TO, Map.of(tee, units), Optional.empty());
    }

    private void order(int units, Set<FacilityId> among) {
        order(POSTGRES.stored(SampleOrder.fresh()), units, among);
    }

    private void order(OrderId order, int units, Set<FacilityId> among) {
        Commitment answer = inventory.commit(
                order, List.of(new LineQuantity("L1", tee, units)), new Terms(among, Terms.OnShortage.BACKORDER));
        assertThat(answer).isNotInstanceOf(Commitment.Refused.class);
    }

    private static Transfer done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done) outcome).transfer();
    }

    private static String refused(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return ((Outcome.Refused) outcome).why();
    }

    private int onHand(FacilityId where) {
        return balances().stream()
                .filter(balance -> balance.facility().equals(where))
                .mapToInt(balance -> balance.onHand() - balance.shortfall())
                .sum();
    }

    private int inTransit() {
        return movements("measure = 'IN_TRANSIT'");
    }

    private int adjusted() {
        return movements("measure = 'IN_TRANSIT' and kind = 'ADJUSTMENT'");
    }

    /** All that there is, but for what was accounted for as lost or found. */
    private int movedButNotAdjusted() {
        return movements("kind <> 'ADJUSTMENT'");
    }

    private int movements(String which) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery(
                                "select coalesce(sum(quantity), 0) from stock_movement where sku = :sku and " + which)
                        .bind("sku", tee.value())
                        .mapTo(Integer.class)
                        .one());
    }

    private List<Balance> balances() {
        return new ArrayList<>(inventory.balances(List.of(tee)));
    }

    private Optional<Instant> promise() {
        return POSTGRES.tables()
                .withHandle(handle -> handle.createQuery(
                                "select promised_at from reservation where sku = :sku and promised_at is not null")
                        .bind("sku", tee.value())
                        .mapTo(Instant.class)
                        .findOne());
    }

    private static Optional<Case> difference(TransferId id) {
        return POSTGRES.database().cases().unclosed(List.of(id.subject())).stream()
                .filter(open -> open.step().equals("transfer.difference"))
                .findFirst();
    }
}
