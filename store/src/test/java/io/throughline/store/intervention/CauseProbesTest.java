package io.throughline.store.intervention;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.BulkDecision.State;
import io.throughline.domain.intervention.BulkDecisions;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CasePolicy.Probe;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.CauseProbes;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Relief;
import io.throughline.domain.intervention.SampleCasePolicies;
import io.throughline.domain.order.OrderId;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One case of a cause is tried now and then, and no other; the rest follows when it comes through. */
class CauseProbesTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(8, instant -> SampleCasePolicies.tenHours());

    private static final AtomicInteger NUMBERS = new AtomicInteger(8_000_000);
    private static final int FAST = 100_000;
    private static final Duration FIRST = Duration.ofMinutes(15);
    private static final Map<FailureCode, Probe> RULES =
            Map.of(FailureCode.ERP_PERIOD_CLOSED, new Probe(FIRST, Duration.ofMinutes(40)));

    private final Cases cases = POSTGRES.database().cases();
    private final BulkDecisions bulk = POSTGRES.database().bulkDecisions();
    private final CauseProbes probes = POSTGRES.database().causeProbes();
    private final String detail = "period P" + NUMBERS.incrementAndGet() + "X is closed";

    @BeforeEach
    void begin() {
        workOff();
        cases.unclosedOf(EnumSet.allOf(FailureCode.class), Optional.empty(), 500)
                .forEach(one -> cases.close(one.id(), "its test is over"));
    }

    @Test
    void oneIsTriedWhenTheOldestHasBeenOpenForAWhile() {
        List<Case> open = open(3);
        assertThat(probes.probe(RULES)).as("too soon").isZero();

        pass(FIRST);
        assertThat(probes.probe(RULES)).isEqualTo(1);
        assertThat(probes.probe(RULES)).as("its turn is over").isZero();

        assertThat(statuses(open)).containsExactly(CaseStatus.DECIDED, CaseStatus.OPEN, CaseStatus.OPEN);
        Decision tried = decision(open.getFirst());
        assertThat(tried.action()).isEqualTo(Action.RETRY);
        assertThat(tried.actor()).isEqualTo(Decision.OURSELVES);
        assertThat(wakeUps(open.getFirst())).isEqualTo(1);
    }

    @Test
    void whatIsInVainIsTriedAgainLaterAndLaterByAnotherEachTime() {
        List<Case> open = open(2);
        pass(FIRST);
        probes.probe(RULES);
        fails(open.getFirst());

        pass(FIRST);
        assertThat(probes.probe(RULES)).as("twice as long").isZero();
        pass(FIRST);
        assertThat(probes.probe(RULES)).isEqualTo(1);
        assertThat(statuses(open)).as("the other one's turn").containsExactly(CaseStatus.OPEN, CaseStatus.DECIDED);
        fails(open.getLast());

        pass(Duration.ofMinutes(39));
        assertThat(probes.probe(RULES)).isZero();
        pass(Duration.ofMinutes(1));
        assertThat(probes.probe(RULES)).as("no more than the longest").isEqualTo(1);
        assertThat(statuses(open)).containsExactly(CaseStatus.DECIDED, CaseStatus.OPEN);
    }

    @Test
    void theOthersFollowTheOneThatComesThrough() {
        List<Case> open = open(3);
        pass(FIRST);
        probes.probe(RULES);
        pass(Duration.ofSeconds(1));
        cases.close(open.getFirst().id(), Relief.THROUGH);

        assertThat(bulk.retryWhatIsBack(RULES.keySet(), FAST)).isEqualTo(1);
        pass(Duration.ofDays(1));
        assertThat(probes.probe(RULES))
                .as("while a decision about all is under way")
                .isZero();
        workOff();

        assertThat(statuses(open)).containsExactly(CaseStatus.CLOSED, CaseStatus.DECIDED, CaseStatus.DECIDED);
    }

    @Test
    void aCauseThatComesAgainIsANewOne() {
        Case first = open(1).getFirst();
        pass(FIRST);
        probes.probe(RULES);
        cases.close(first.id(), Relief.THROUGH);
        probes.probe(RULES);

        Case second = open(1).getFirst();
        pass(FIRST);
        assertThat(probes.probe(RULES)).isEqualTo(1);
        assertThat(statuses(List.of(second))).containsExactly(CaseStatus.DECIDED);
    }

    /** It is worth a thousand, and one person has said what is to become of it. */
    @Test
    void whatWaitsForItsSecondPersonOrSleepsIsLeftAlone() {
        OrderId order = POSTGRES.stored(SampleOrder.fresh());
        Case proposed = cases.open(
                SampleAccounts.SHOP, order.value(), "erp.invoice order", FailureCode.ERP_PERIOD_CLOSED, detail);
        Instant now = POSTGRES.clock().instant();
        POSTGRES.database()
                .interventions()
                .decide(
                        proposed.id(),
                        new Decision(
                                Action.AMEND_AND_RETRY,
                                "ada",
                                true,
                                Optional.empty(),
                                Map.of("postingDate", "2026-12-01"),
                                now));
        Case asleep = open(1).getFirst();
        POSTGRES.database().caseCare().snooze(asleep.id(), Optional.of(now.plus(Duration.ofDays(1))), "ada");

        pass(FIRST);
        assertThat(probes.probe(RULES)).isZero();
        assertThat(statuses(List.of(proposed, asleep))).containsExactly(CaseStatus.OPEN, CaseStatus.OPEN);

        pass(Duration.ofDays(1));
        assertThat(probes.probe(RULES)).isEqualTo(1);
        assertThat(statuses(List.of(proposed, asleep))).containsExactly(CaseStatus.OPEN, CaseStatus.DECIDED);
    }

    @Test
    void whatHasNoProbeIsNotTried() {
        Case open = cases.open(
                SampleAccounts.SHOP,
                "O-000" + NUMBERS.incrementAndGet(),
                "refund.give order",
                FailureCode.REFUND_REFUSED,
                detail);
        pass(Duration.ofDays(1));

        probes.probe(RULES);

        assertThat(statuses(List.of(open))).containsExactly(CaseStatus.OPEN);
    }

    /** Parcels of many orders wait for one carrier; of what they have in common their own numbers are no part. */
    @Test
    void aCarrierThatIsBackIsFoundOutByOneParcelAndTheOthersFollow() {
        Map<FailureCode, Probe> rules = Map.of(FailureCode.CARRIER_REFUSED, new Probe(FIRST, Duration.ofHours(4)));
        String carrier = "carrier-" + NUMBERS.incrementAndGet();
        List<Case> parcels = IntStream.range(0, 3)
                .mapToObj(i -> "O-000" + NUMBERS.incrementAndGet())
                .map(order -> cases.open(
                        SampleAccounts.SHOP,
                        order,
                        "carrier.label " + order + "-F1",
                        FailureCode.CARRIER_REFUSED,
                        order + "-F1-P1: " + carrier + " answered ACCOUNT_SUSPENDED"))
                .toList();

        pass(FIRST);
        assertThat(probes.probe(rules)).isEqualTo(1);
        fails(parcels.getFirst());
        pass(FIRST.multipliedBy(2));
        assertThat(probes.probe(rules)).isEqualTo(1);
        assertThat(statuses(parcels)).containsExactly(CaseStatus.OPEN, CaseStatus.DECIDED, CaseStatus.OPEN);

        pass(Duration.ofSeconds(1));
        cases.close(parcels.get(1).id(), Relief.THROUGH);
        assertThat(bulk.retryWhatIsBack(rules.keySet(), FAST)).isEqualTo(1);
        workOff();
        assertThat(statuses(parcels)).containsExactly(CaseStatus.DECIDED, CaseStatus.CLOSED, CaseStatus.DECIDED);
    }

    /** The same code is told where an order is only marked as shipped, too: that may be tried. */
    @Test
    void whatGivesMoneyBackIsNeverTried() {
        Map<FailureCode, Probe> rules = Map.of(FailureCode.CHANNEL_REFUSED, new Probe(FIRST, FIRST));
        String order = "O-000" + NUMBERS.incrementAndGet();
        Case cancellation =
                cases.open(SampleAccounts.SHOP, order, "channel.cancel order", FailureCode.CHANNEL_REFUSED, detail);
        Case shipment = cases.open(
                SampleAccounts.SHOP, order, "channel.fulfill " + order + "-F1", FailureCode.CHANNEL_REFUSED, detail);

        pass(FIRST);
        assertThat(probes.probe(rules)).isEqualTo(1);

        assertThat(statuses(List.of(cancellation, shipment))).containsExactly(CaseStatus.OPEN, CaseStatus.DECIDED);
    }

    @Test
    void manyProcessesTryOne() throws Exception {
        List<Case> open = open(5);
        pass(FIRST);

        Together.run(6, i -> probes.probe(RULES));

        assertThat(statuses(open)).filteredOn(CaseStatus.DECIDED::equals).hasSize(1);
    }

    @Test
    void whatHasHappenedHasAllOfItsCodesTriedAgainOnce() {
        List<Case> open = open(3);
        pass(Duration.ofSeconds(1));
        Instant since = POSTGRES.clock().instant();

        assertThat(retried(since)).isTrue();
        open(1);
        assertThat(retried(since)).as("of its cause a decision is under way").isFalse();
        workOff();
        assertThat(statuses(open)).containsOnly(CaseStatus.DECIDED);
        assertThat(decision(open.getFirst()).note()).contains("the period is open");

        open.forEach(this::fails);
        assertThat(retried(since)).as("the one that was opened since").isTrue();
        workOff();
        assertThat(statuses(open)).as("they were tried").containsOnly(CaseStatus.OPEN);
    }

    private boolean retried(Instant since) {
        return bulk.retryOpen(RULES.keySet(), since, "the period is open", FAST);
    }

    private void workOff() {
        while (bulk.list(500).stream().anyMatch(one -> one.state() == State.RUNNING)) {
            bulk.decideNext();
        }
    }

    private List<Case> open(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> cases.open(
                        SampleAccounts.SHOP,
                        "O-000" + NUMBERS.incrementAndGet(),
                        "erp.invoice order",
                        FailureCode.ERP_PERIOD_CLOSED,
                        detail))
                .toList();
    }

    /** The step was refused as before. */
    private void fails(Case tried) {
        cases.reopen(tried.id(), decision(tried), tried.code(), tried.detail());
    }

    private Decision decision(Case decided) {
        return cases.find(decided.id()).flatMap(Case::decision).orElseThrow();
    }

    private static void pass(Duration time) {
        POSTGRES.clock().advance(time);
    }

    private List<CaseStatus> statuses(List<Case> some) {
        return some.stream()
                .map(one -> cases.find(one.id()).orElseThrow().status())
                .toList();
    }

    private static int wakeUps(Case one) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select count(*) from inbox_message where subject = ?", "case/" + one.id())
                        .mapTo(Integer.class)
                        .one());
    }
}
