package io.throughline.store.intervention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.BulkDecision;
import io.throughline.domain.intervention.BulkDecision.State;
import io.throughline.domain.intervention.BulkDecisions;
import io.throughline.domain.intervention.BulkDecisions.Preview;
import io.throughline.domain.intervention.BulkId;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Fingerprint;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.Relief;
import io.throughline.domain.intervention.SampleCasePolicies;
import io.throughline.domain.order.OrderId;
import io.throughline.store.Database;
import io.throughline.store.PostgresExtension;
import io.throughline.store.SampleOrder;
import io.throughline.store.Together;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BulkDecisionsTest {
    @RegisterExtension
    static final PostgresExtension POSTGRES = new PostgresExtension(8, instant -> SampleCasePolicies.tenHours());

    private static final AtomicInteger NUMBERS = new AtomicInteger(5000000);
    private static final int FAST = 100_000;

    private final Cases cases = POSTGRES.database().cases();
    private final BulkDecisions bulk = POSTGRES.database().bulkDecisions();
    private final String detail = "no product NW-" + NUMBERS.incrementAndGet() + "X";
    private final Fingerprint cause = Fingerprint.of(FailureCode.ERP_REJECTED, "erp.invoice order", detail);

    @AfterEach
    void mend() {
        POSTGRES.tables().useHandle(handle -> handle.execute("drop trigger if exists broken on inbox_message"));
    }

    @Test
    void aPreviewDecidesNothing() {
        List<Case> open = open(12);

        Preview preview = bulk.preview(cause, decision(Action.CANCEL, "ada"));

        assertThat(preview.cases()).isEqualTo(12);
        assertThat(preview.secondPerson()).isZero();
        assertThat(preview.sample())
                .containsExactlyElementsOf(open.stream().limit(10).map(Case::id).toList());
        assertThat(statuses(open)).containsOnly(CaseStatus.OPEN);
    }

    @Test
    void decidesEachOnceWithItsWakeUp() {
        List<Case> open = open(5);

        BulkDecision begun = bulk.begin(cause, decision(Action.RETRY, "ada"), FAST);
        Case later = open(1).getFirst();
        assertThat(begun.pending()).isEqualTo(5);
        workOff();

        BulkDecision done = bulk.find(begun.id()).orElseThrow();
        assertThat(done.state()).isEqualTo(State.DONE);
        assertThat(done.decided()).isEqualTo(5);
        assertThat(done.endedAt()).isPresent();
        assertThat(done.decision().note()).contains("the product is there again");
        assertThat(statuses(open)).containsOnly(CaseStatus.DECIDED);
        assertThat(statuses(List.of(later))).as("opened later").containsOnly(CaseStatus.OPEN);
        assertThat(open).allSatisfy(one -> assertThat(wakeUps(one)).isEqualTo(1));
        assertThat(cases.find(open.getFirst().id()).flatMap(Case::decision).flatMap(Decision::note))
                .contains("the product is there again");
    }

    /** The turn that a process dies in is as if it had not been; another process goes on. */
    @Test
    void goesOnWhereAProcessHasDied() {
        List<Case> open = open(20);
        BulkDecision begun = bulk.begin(cause, decision(Action.RETRY, "ada"), FAST);
        try (Database first = POSTGRES.open()) {
            BulkDecisions decisions = first.bulkDecisions();
            IntStream.range(0, 7)
                    .forEach(turn -> assertThat(decisions.decideNext()).isTrue());
        }
        assertThat(bulk.find(begun.id()).orElseThrow().decided()).isEqualTo(7);

        try (Database second = POSTGRES.open()) {
            while (bulk.find(begun.id()).orElseThrow().state() == State.RUNNING) {
                second.bulkDecisions().decideNext();
            }
        }

        assertThat(bulk.find(begun.id()).orElseThrow().decided()).isEqualTo(20);
        assertThat(open).allSatisfy(this::isDecidedOnce);
    }

    /** Halfway through a turn: neither the case nor the note that it was decided may be there without the other. */
    @Test
    void aTurnThatIsNotDoneHasNotBegun() {
        List<Case> open = open(3);
        BulkDecision begun = bulk.begin(cause, decision(Action.RETRY, "ada"), FAST);
        assertThat(bulk.decideNext()).isTrue();
        killWhoeverWakes();

        assertThatThrownBy(bulk::decideNext).isInstanceOf(SystemFailure.class);

        assertThat(bulk.find(begun.id()).orElseThrow().decided()).isEqualTo(1);
        assertThat(statuses(open)).containsExactly(CaseStatus.DECIDED, CaseStatus.OPEN, CaseStatus.OPEN);
        mend();
        workOff();
        assertThat(bulk.find(begun.id()).orElseThrow().decided()).isEqualTo(3);
        assertThat(open).allSatisfy(this::isDecidedOnce);
    }

    @Test
    void manyProcessesDecideEachOnce() throws Exception {
        List<Case> open = open(40);
        BulkDecision begun = bulk.begin(cause, decision(Action.RETRY, "ada"), FAST);

        Together.run(6, i -> {
            while (bulk.find(begun.id()).orElseThrow().state() == State.RUNNING) {
                bulk.decideNext();
            }
            return i;
        });

        assertThat(bulk.find(begun.id()).orElseThrow().decided()).isEqualTo(40);
        assertThat(open).allSatisfy(this::isDecidedOnce);
    }

    @Test
    void keepsItsRateWhoeverDecides() {
        open(3);
        BulkDecision begun = bulk.begin(cause, decision(Action.RETRY, "ada"), 4);
        double first = nextTurn(begun);

        assertThat(bulk.decideNext()).isTrue();
        assertThat(nextTurn(begun) - first).as("a quarter of a second later").isGreaterThanOrEqualTo(0.249);
        POSTGRES.tables()
                .useHandle(handle -> handle.execute("update bulk_decision set next_at = next_at + interval '1 hour'"));
        try (Database other = POSTGRES.open()) {
            assertThat(bulk.decideNext()).as("its turn has not come").isFalse();
            assertThat(other.bulkDecisions().decideNext()).as("for nobody").isFalse();
        }

        bulk.stop(begun.id(), "ada");
    }

    @Test
    void isFoundByItsCauseAndAsLongAsItRuns() {
        open(2);
        BulkId first = bulk.begin(cause, decision(Action.RETRY, "ada"), FAST).id();
        assertThat(bulk.running()).extracting(BulkDecision::id).contains(first);
        bulk.stop(first, "ada");
        assertThat(bulk.running()).extracting(BulkDecision::id).doesNotContain(first);

        BulkId second = bulk.begin(cause, decision(Action.RETRY, "bob"), FAST).id();

        assertThat(bulk.ofCause(cause, 9)).extracting(BulkDecision::id).containsExactly(second, first);
        assertThat(bulk.ofCause(cause, 1)).extracting(BulkDecision::id).containsExactly(second);
        bulk.stop(second, "bob");
    }

    @Test
    void whatIsStoppedLeavesTheRestAsItIs() {
        List<Case> open = open(3);
        BulkDecision begun = bulk.begin(cause, decision(Action.RETRY, "ada"), FAST);
        bulk.decideNext();

        BulkDecision stopped = bulk.stop(begun.id(), "bob").orElseThrow();
        workOff();

        assertThat(stopped.state()).isEqualTo(State.STOPPED);
        assertThat(stopped.stoppedBy()).contains("bob");
        assertThat(bulk.find(begun.id())).contains(stopped);
        assertThat(stopped.pending()).isEqualTo(2);
        assertThat(statuses(open)).containsExactly(CaseStatus.DECIDED, CaseStatus.OPEN, CaseStatus.OPEN);
        assertThat(bulk.begin(cause, decision(Action.RETRY, "bob"), FAST).pending())
                .isEqualTo(2);
        workOff();
        assertThat(bulk.stop(new BulkId("B-999999"), "bob")).isEmpty();
    }

    @Test
    void whatIsNotWhatItWasIsPassedBy() {
        List<Case> open = open(3);
        BulkDecision begun = bulk.begin(cause, decision(Action.CANCEL, "ada"), FAST);
        cases.close(open.get(0).id(), "gone");
        Decision tried = cases.decide(open.get(1).id(), decision(Action.RETRY, "bob"))
                .decision()
                .orElseThrow();
        cases.reopen(open.get(1).id(), tried, FailureCode.ERP_REJECTED, "another reason");
        workOff();

        BulkDecision done = bulk.find(begun.id()).orElseThrow();
        assertThat(done.decided()).isEqualTo(1);
        assertThat(done.skipped()).isEqualTo(2);
        assertThat(statuses(open)).containsExactly(CaseStatus.CLOSED, CaseStatus.OPEN, CaseStatus.DECIDED);
    }

    @Test
    void oneCauseIsDecidedAboutOnceAtATime() {
        open(2);
        BulkDecision begun = bulk.begin(cause, decision(Action.RETRY, "ada"), FAST);

        assertThat(bulk.begin(cause, decision(Action.RETRY, "ada"), FAST).id()).isEqualTo(begun.id());
        assertThatThrownBy(() -> bulk.begin(cause, decision(Action.CANCEL, "bob"), FAST))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining(begun.id().value());
        workOff();
        assertThatThrownBy(() -> bulk.begin(cause, decision(Action.RETRY, "ada"), FAST))
                .isInstanceOf(IllegalDecision.class)
                .hasMessageContaining("no case");
        assertThat(bulk.list(500)).extracting(BulkDecision::id).contains(begun.id());
    }

    @Test
    void illegalDecisionsAreRefusedAtOnce() {
        open(1);

        assertThatThrownBy(() -> bulk.begin(cause, decision(Action.REROUTE, "ada"), FAST))
                .isInstanceOf(IllegalDecision.class);
    }

    @Test
    void whereMuchIsAtStakeASecondPersonDecidesTheSame() {
        Case small = open(1).getFirst();
        Case large = cases.open(
                SampleAccounts.SHOP,
                POSTGRES.stored(SampleOrder.fresh()).value(),
                "erp.invoice order",
                FailureCode.ERP_REJECTED,
                detail);
        assertThat(bulk.preview(cause, decision(Action.CANCEL, "ada")).secondPerson())
                .isEqualTo(1);
        assertThat(bulk.preview(cause, decision(Action.RETRY, "ada")).secondPerson())
                .isZero();

        BulkDecision first = bulk.begin(cause, decision(Action.CANCEL, "ada"), FAST);
        workOff();
        assertThat(bulk.find(first.id()).orElseThrow().decided()).isEqualTo(1);
        assertThat(bulk.find(first.id()).orElseThrow().proposed()).isEqualTo(1);
        assertThat(statuses(List.of(small, large))).containsExactly(CaseStatus.DECIDED, CaseStatus.OPEN);
        assertThat(wakeUps(large)).isZero();

        bulk.begin(cause, decision(Action.CANCEL, "ada"), FAST);
        workOff();
        assertThat(statuses(List.of(large))).as("the same person again").containsExactly(CaseStatus.OPEN);

        bulk.begin(cause, decision(Action.CANCEL, "bob"), FAST);
        workOff();
        assertThat(statuses(List.of(large))).containsExactly(CaseStatus.DECIDED);
        assertThat(wakeUps(large)).isEqualTo(1);
    }

    /** What it costs to be shown is the same for a few cases and for fifty thousand. */
    @Test
    void aPreviewAsksNoMoreOftenForManyCases() {
        open(2);
        long few = statementsOfPreview();
        open(200);

        assertThat(statementsOfPreview()).isEqualTo(few).isLessThanOrEqualTo(3);
    }

    private long statementsOfPreview() {
        try (Database own = POSTGRES.open()) {
            long before = own.statementsSent();
            own.bulkDecisions().preview(cause, decision(Action.CANCEL, "ada"));
            return own.statementsSent() - before;
        }
    }

    @Test
    void whatWasSaidWithItIsForgottenWithAnyOfItsCustomers() {
        OrderId order = POSTGRES.stored(SampleOrder.fresh());
        open(1);
        cases.open(SampleAccounts.SHOP, order.value(), "erp.invoice order", FailureCode.ERP_REJECTED, detail);
        Decision said = new Decision(
                Action.RETRY,
                "ada",
                true,
                Optional.of("Mrs Canary rang"),
                Map.of(),
                POSTGRES.clock().instant());
        BulkId begun = bulk.begin(cause, said, FAST).id();
        assertThat(bulk.find(begun).orElseThrow().decision().note()).contains("Mrs Canary rang");

        POSTGRES.database().people().erase(CustomerRef.of(order));
        workOff();

        assertThat(bulk.find(begun).orElseThrow().decision().note()).isEmpty();
        assertThat(words(begun)).isZero();
    }

    @Test
    void whatHasACauseThatIsGoneIsTriedAgainOnce() {
        List<Case> open = open(4);
        assertThat(retried()).isZero();
        POSTGRES.clock().advance(Duration.ofMinutes(1));
        cases.close(open.getFirst().id(), Relief.THROUGH);

        assertThat(retried()).isEqualTo(1);
        assertThat(retried()).as("while it is under way").isZero();
        workOff();

        assertThat(statuses(open))
                .containsExactly(CaseStatus.CLOSED, CaseStatus.DECIDED, CaseStatus.DECIDED, CaseStatus.DECIDED);
        Decision tried = cases.find(open.get(1).id()).flatMap(Case::decision).orElseThrow();
        assertThat(tried.actor()).isEqualTo("throughline");
        cases.reopen(open.get(1).id(), tried, FailureCode.ERP_REJECTED, detail);
        assertThat(retried()).as("it was tried since").isZero();
    }

    @Test
    void whatWasEndedOtherwiseTellsNothingOfTheCause() {
        List<Case> open = open(3);
        POSTGRES.clock().advance(Duration.ofMinutes(1));
        cases.close(open.getFirst().id(), "the order has ended");

        assertThat(retried()).isZero();
        assertThat(bulk.retryWhatIsBack(Set.of(), FAST)).isZero();
    }

    private int retried() {
        return bulk.retryWhatIsBack(Set.of(FailureCode.ERP_REJECTED), FAST);
    }

    private List<Case> open(int number) {
        return IntStream.range(0, number)
                .mapToObj(i -> cases.open(
                        SampleAccounts.SHOP,
                        "O-000" + NUMBERS.incrementAndGet(),
                        "erp.invoice order",
                        FailureCode.ERP_REJECTED,
                        detail))
                .toList();
    }

    private void workOff() {
        while (bulk.list(500).stream().anyMatch(one -> one.state() == State.RUNNING)) {
            bulk.decideNext();
        }
    }

    private void isDecidedOnce(Case one) {
        assertThat(cases.find(one.id()).map(Case::status)).contains(CaseStatus.DECIDED);
        assertThat(wakeUps(one)).isEqualTo(1);
        assertThat(POSTGRES.database().trace().of(one.subject()))
                .filteredOn(entry -> entry.kind().equals("case.decided"))
                .hasSize(1);
    }

    private List<CaseStatus> statuses(List<Case> some) {
        return some.stream()
                .map(Case::id)
                .map((CaseId id) -> cases.find(id).orElseThrow().status())
                .toList();
    }

    private static int wakeUps(Case one) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select count(*) from inbox_message where subject = ?", "case/" + one.id())
                        .mapTo(Integer.class)
                        .one());
    }

    /** How many rows of words a decision about many still has. */
    private static int words(BulkId begun) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select count(*) from person where ref = ? and content is not null", "N-" + begun)
                        .mapTo(Integer.class)
                        .one());
    }

    /** In seconds. */
    private static double nextTurn(BulkDecision one) {
        return POSTGRES.tables()
                .withHandle(handle -> handle.select(
                                "select extract(epoch from next_at) from bulk_decision where 'B-' || number = ?",
                                one.id().value())
                        .mapTo(Double.class)
                        .one());
    }

    /** As if the process, or its connection, had died between the decision and its wake-up. */
    private static void killWhoeverWakes() {
        POSTGRES.tables().useHandle(handle -> {
            handle.execute("create or replace function die() returns trigger language plpgsql as "
                    + "'begin perform pg_terminate_backend(pg_backend_pid()); return new; end'");
            handle.execute("create trigger broken before insert on inbox_message execute function die()");
        });
    }

    private static Decision decision(Action action, String actor) {
        return new Decision(
                action,
                actor,
                true,
                Optional.of("the product is there again"),
                Map.of(),
                POSTGRES.clock().instant());
    }
}
