package io.throughline.worker.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.Timestamp;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.inbox.TestingInbox;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Attention;
import io.throughline.domain.intervention.Attention.OpenOrder;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.OpenProcesses;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.worker.attention.Runs.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What shows itself nowhere becomes one case, which is closed when its cause has gone. */
class AttentionSweepTest {
    private static final AccountId SHOP = AccountId.of("northwind");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T08:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final TestingInbox inbox = new TestingInbox(clock);
    private final TestingAttention facts = new TestingAttention();
    private final TestingRuns engine = new TestingRuns();
    private final RetriedTasks retried = new RetriedTasks(clock);
    private final AttentionSweep sweep =
            new AttentionSweep(facts, engine, retried, new NoPeers(), cases, inbox, Duration.ofSeconds(15), 2, clock);
    private final OrderKey order = new OrderKey(SHOP, "1001");

    @Test
    void anOrderWithoutAProcessGetsOneOnceAndItsCaseIsClosedWhenThatLasts() {
        facts.open().add(order);

        turn();
        turn();

        Case shown = only(FailureCode.PROCESS_MISSING);
        assertThat(shown.subject()).isEqualTo(OrderId.of(order).value());
        assertThat(inbox.messages())
                .singleElement()
                .satisfies(message -> assertThat(message.subject()).isEqualTo(order.workflowId()))
                .extracting(InboxMessage::topic)
                .isEqualTo("throughline/attention");

        engine.runs(order.workflowId(), clock.instant(), Optional.empty());
        turn();
        assertThat(cases.open()).as("it has just begun").hasSize(1);
        clock.advance(Duration.ofSeconds(40));
        turn();
        assertThat(cases.open()).isEmpty();
        assertThat(cases.outcome(shown.id())).contains("its cause has gone");
    }

    @Test
    void aProcessThatEndedBadlyIsMissedAtOnceHoweverManyOrdersAreOpen() {
        for (int number = 1; number <= 50; number++) {
            OrderKey other = new OrderKey(SHOP, "9" + number);
            facts.open().add(other);
            engine.runs(other.workflowId(), clock.instant(), Optional.empty());
        }
        facts.open().add(order);
        engine.endsBadly(order.workflowId());
        engine.endsBadly("return/whatever");

        sweep.endsOfRuns();

        assertThat(only(FailureCode.PROCESS_MISSING).subject())
                .isEqualTo(OrderId.of(order).value());
        assertThat(engine.looks()).as("no other one is asked for").isEqualTo(1);
    }

    /** As when a server was restored, or somebody has terminated too much: no page is the last that is looked at. */
    @Test
    void howeverManyEndBadlyAtOnceEachIsMissedAndATurnLooksAtABoundedNumber() {
        int aTurn = EndedRuns.PAGE * EndedRuns.MOST_PAGES;
        List<OrderKey> all = new ArrayList<>();
        for (int number = 1; number <= aTurn + 300; number++) {
            OrderKey one = new OrderKey(SHOP, "7" + number);
            all.add(one);
            facts.open().add(one);
            engine.endsBadly(one.workflowId());
        }
        Instant began = clock.instant();

        sweep.endsOfRuns();
        assertThat(cases.open()).hasSize(aTurn);
        clock.advance(Duration.ofMinutes(1));
        sweep.endsOfRuns();

        assertThat(cases.open())
                .extracting(Case::subject)
                .containsExactlyInAnyOrderElementsOf(
                        all.stream().map(key -> OrderId.of(key).value()).toList());
        sweep.endsOfRuns();
        assertThat(engine.askedSince())
                .as("one query for the pages of a pass, and from its beginning on for the next one")
                .startsWith(began.minus(Duration.ofDays(1)).minus(Duration.ofMinutes(2)))
                .endsWith(began.minus(Duration.ofMinutes(2)))
                .satisfies(asked -> assertThat(Set.copyOf(asked)).hasSize(2));
    }

    /** Those that stay are the first and the last ones: each of the others is closed all the same. */
    @Test
    void howeverManyCasesStayNoOtherOneStaysWithThem() {
        List<OrderKey> back = new ArrayList<>();
        for (int number = 1; number <= 2 * AttentionSweep.MOST_CASES + 100; number++) {
            OrderKey one = new OrderKey(SHOP, "8" + number);
            facts.open().add(one);
            cases.open(SHOP, OrderId.of(one).value(), AttentionSweep.STEP, FailureCode.PROCESS_MISSING, "none");
            if (number > AttentionSweep.MOST_CASES && number <= AttentionSweep.MOST_CASES + 50) {
                back.add(one);
            }
        }
        back.forEach(one -> engine.runs(one.workflowId(), clock.instant(), Optional.empty()));
        clock.advance(Duration.ofSeconds(40));

        sweep.openCases();
        assertThat(engine.looks()).as("a turn looks at so many").isEqualTo(AttentionSweep.MOST_CASES);
        sweep.openCases();
        sweep.openCases();

        assertThat(cases.all())
                .filteredOn(one -> one.status() == CaseStatus.CLOSED)
                .extracting(Case::subject)
                .containsExactlyElementsOf(
                        back.stream().map(key -> OrderId.of(key).value()).toList());
        assertThat(engine.looks()).isEqualTo(2 * AttentionSweep.MOST_CASES + 100);
    }

    @Test
    void aTurnThatFailsIsTakenUpWhereItStood() {
        for (int number = 1; number <= EndedRuns.PAGE + 1; number++) {
            engine.endsBadly("return/" + number);
        }
        OrderKey last = new OrderKey(SHOP, "last");
        facts.open().add(last);
        engine.endsBadly(last.workflowId());
        engine.failsOnce(last.workflowId());

        assertThatThrownBy(sweep::endsOfRuns).isInstanceOf(IllegalStateException.class);
        assertThat(cases.open()).isEmpty();
        sweep.endsOfRuns();

        assertThat(only(FailureCode.PROCESS_MISSING).subject())
                .isEqualTo(OrderId.of(last).value());
        assertThat(engine.askedSince()).as("pages that were asked for").hasSize(3);
    }

    /** What was decided could not help, for the process ends again at once: a person is asked again. */
    @Test
    void aDecisionThatDidNotHelpLeavesTheCaseOpenAgain() {
        facts.open().add(order);
        turn();
        Case shown = only(FailureCode.PROCESS_MISSING);
        cases.decide(shown.id(), Action.RETRY);
        turn();
        assertThat(cases.find(shown.id())).map(Case::status).contains(CaseStatus.DECIDED);
        clock.advance(Duration.ofMinutes(3));

        turn();

        assertThat(cases.find(shown.id())).map(Case::status).contains(CaseStatus.OPEN);
    }

    @Test
    void whoseOrderHasEndedIsMissedByNobody() {
        engine.endsBadly(order.workflowId());

        turn();

        assertThat(cases.all()).isEmpty();
        assertThat(inbox.messages()).isEmpty();
    }

    @Test
    void aProcessThatStandsStillIsShownUntilItGetsOnUnlessItsStepShowsIt() {
        facts.open().add(order);
        engine.runs(order.workflowId(), clock.instant(), Optional.of("its workflow tasks fail"));
        cases.open(SHOP, OrderId.of(order).value(), "erp.announce order", FailureCode.SYSTEM_UNREACHABLE, "away");
        turn();
        assertThat(cases.open()).hasSize(1);

        cases.close(cases.open().getFirst().id(), "it was this");
        turn();
        turn();

        assertThat(only(FailureCode.PROCESS_STANDS_STILL).detail()).isEqualTo("its workflow tasks fail");
        engine.runs(order.workflowId(), clock.instant(), Optional.empty());
        turn();
        assertThat(cases.open()).isEmpty();
    }

    /** Its process has gone on without it, so it tells nothing of why that stands still. */
    @ParameterizedTest
    @EnumSource(
            value = FailureCode.class,
            names = {"LABEL_NOT_VOIDED", "ADDRESS_CHANGED", "HOLD_NOT_TOLD", "DEADLINE_AT_RISK", "GOODS_OUTSTANDING"})
    void aCaseThatNoProcessWaitsForHidesNoStandstill(FailureCode beside) {
        facts.open().add(order);
        engine.runs(order.workflowId(), clock.instant(), Optional.of("the step fails again and again"));
        cases.open(SHOP, OrderId.of(order).value(), "beside its way", beside, "somebody is to know");

        turn();

        assertThat(cases.open()).extracting(Case::code).containsExactly(beside, FailureCode.PROCESS_STANDS_STILL);
    }

    /** Nobody sees it in the queue, and nothing comes of what was decided. */
    @Test
    void aDecisionThatShouldHaveHelpedByNowHidesNoStandstill() {
        facts.open().add(order);
        engine.runs(order.workflowId(), clock.instant(), Optional.of("the step fails again and again"));
        Case refused =
                cases.open(SHOP, OrderId.of(order).value(), "erp.announce order", FailureCode.ERP_REJECTED, "no");
        cases.decide(refused.id(), Action.RETRY);
        turn();
        assertThat(cases.open()).as("it is just being tried").isEmpty();

        clock.advance(AttentionSweep.HELPS_WITHIN.plusSeconds(1));
        turn();

        assertThat(only(FailureCode.PROCESS_STANDS_STILL).subject())
                .isEqualTo(OrderId.of(order).value());
    }

    /** A step that waits is not why its tasks fail. */
    @Test
    void tasksThatFailAreShownWhateverElseIsOpen() {
        facts.open().add(order);
        engine.runs(
                order.workflowId(),
                new Run(true, clock.instant(), Optional.of("its workflow tasks fail"), false, true));
        Case waiting =
                cases.open(SHOP, OrderId.of(order).value(), "erp.announce order", FailureCode.ERP_REJECTED, "no");

        retried.heard(task(order.workflowId(), 4));
        sweep.retriedTasks();
        turn();

        assertThat(cases.open())
                .extracting(Case::code)
                .containsExactly(waiting.code(), FailureCode.PROCESS_STANDS_STILL);
    }

    @Test
    void aProcessWithoutAnOrderIsShownUntilItEnds() {
        engine.runs(order.workflowId(), clock.instant(), Optional.empty());
        turn();
        assertThat(cases.open()).as("its order may just be stored").isEmpty();
        clock.advance(Duration.ofMinutes(1));

        turn();
        turn();

        assertThat(only(FailureCode.PROCESS_UNEXPECTED).subject()).isEqualTo(order.workflowId());
        engine.forget();
        turn();
        assertThat(cases.open()).isEmpty();
    }

    @Test
    void aTurnAsksABoundedNumberOfQuestionsAndTheNextGoesOn() {
        List<OrderKey> all = new ArrayList<>();
        for (int number = 1; number <= 6; number++) {
            all.add(new OrderKey(SHOP, "100" + number));
        }
        facts.open().addAll(all);
        sweep.openOrders();
        assertThat(engine.looks()).isEqualTo(2);

        sweep.openOrders();
        sweep.openOrders();

        assertThat(cases.open()).extracting(Case::subject).hasSize(6);
    }

    @Test
    void whoseTasksAreTriedAgainIsSeenAtOnceHoweverManyOrdersAreOpen() {
        for (int number = 1; number <= 50; number++) {
            OrderKey other = new OrderKey(SHOP, "9" + number);
            facts.open().add(other);
            engine.runs(other.workflowId(), clock.instant(), Optional.empty());
            retried.heard(task(other.workflowId(), 1));
        }
        facts.open().add(order);
        engine.runs(order.workflowId(), clock.instant(), Optional.of("its workflow tasks fail"));
        retried.heard(task(order.workflowId(), 4));
        retried.heard(task(order.workflowId(), 5));

        sweep.retriedTasks();

        assertThat(only(FailureCode.PROCESS_STANDS_STILL).detail()).isEqualTo("its workflow tasks fail");
        assertThat(engine.looks()).as("no other one is asked for").isEqualTo(1);
        sweep.retriedTasks();
        assertThat(engine.looks()).as("nothing new was heard").isEqualTo(1);
    }

    @Test
    void aStepIsHeardOfWhenItHasBeenTriedForLong() {
        facts.open().add(order);
        engine.runs(order.workflowId(), clock.instant(), Optional.of("the step fails again and again"));
        retried.heard(step(order.workflowId(), 9, clock.instant().minus(Duration.ofMinutes(1))));
        sweep.retriedTasks();
        assertThat(engine.looks()).isZero();

        retried.heard(step(order.workflowId(), 12, clock.instant().minus(Duration.ofMinutes(5))));
        sweep.retriedTasks();

        assertThat(only(FailureCode.PROCESS_STANDS_STILL).subject())
                .isEqualTo(OrderId.of(order).value());
    }

    @Test
    void whoRestsAlthoughThereIsNewsIsWokenOnce() {
        facts.open().add(order);
        facts.overdue().add(new Attention.Overdue(new OpenOrder(OrderId.of(order), order), clock.instant()));
        engine.runs(order.workflowId(), new Run(true, clock.instant(), Optional.empty(), false));
        sweep.overdueOrders();
        assertThat(inbox.messages()).as("it is at work").isEmpty();

        engine.runs(order.workflowId(), new Run(true, clock.instant(), Optional.empty(), true));
        Case silent = cases.open(SHOP, OrderId.of(order).value(), "leg F1", FailureCode.FACILITY_SILENT, "silent");
        sweep.overdueOrders();
        assertThat(inbox.messages()).as("it waits for a person").isEmpty();

        cases.close(silent.id(), "it was heard of");
        sweep.overdueOrders();
        sweep.overdueOrders();

        assertThat(inbox.messages())
                .singleElement()
                .extracting(InboxMessage::subject)
                .isEqualTo(order.workflowId());
        assertThat(cases.open()).isEmpty();
    }

    @Test
    void whatRestsBesideACaseThatItDoesNotWaitForIsWoken() {
        facts.open().add(order);
        facts.overdue().add(new Attention.Overdue(new OpenOrder(OrderId.of(order), order), clock.instant()));
        engine.runs(order.workflowId(), new Run(true, clock.instant(), Optional.empty(), true));
        cases.open(SHOP, OrderId.of(order).value(), "marketplace", FailureCode.DEADLINE_AT_RISK, "four fifths");
        Case silent = cases.open(SHOP, OrderId.of(order).value(), "leg F1", FailureCode.FACILITY_SILENT, "silent");
        cases.decide(silent.id(), Action.RETRY);
        sweep.overdueOrders();
        assertThat(inbox.messages()).as("what was decided is on its way").isEmpty();

        clock.advance(AttentionSweep.HELPS_WITHIN.plusSeconds(1));
        sweep.overdueOrders();

        assertThat(inbox.messages())
                .singleElement()
                .extracting(InboxMessage::subject)
                .isEqualTo(order.workflowId());
    }

    @Test
    void aForsakenEffectIsShownBesideACaseThatNoProcessWaitsFor() {
        facts.open().add(order);
        engine.runs(order.workflowId(), clock.instant(), Optional.empty());
        facts.forsaken()
                .add(new Attention.Forsaken(
                        new OpenOrder(OrderId.of(order), order),
                        "announce",
                        AccountId.of("tryton-northwind"),
                        clock.instant().plus(Duration.ofSeconds(140))));
        cases.open(SHOP, OrderId.of(order).value(), "label F1", FailureCode.LABEL_NOT_VOIDED, "too late");

        sweep.forsakenEffects();

        assertThat(cases.open())
                .extracting(Case::code)
                .containsExactly(FailureCode.LABEL_NOT_VOIDED, FailureCode.PROCESS_STANDS_STILL);
    }

    @Test
    void anEffectWhoseProcessWentAwayIsShownUntilItIsSettled() {
        facts.open().add(order);
        engine.runs(order.workflowId(), clock.instant(), Optional.empty());
        facts.forsaken()
                .add(new Attention.Forsaken(
                        new OpenOrder(OrderId.of(order), order),
                        "announce",
                        AccountId.of("tryton-northwind"),
                        clock.instant().plus(Duration.ofSeconds(140))));

        sweep.forsakenEffects();
        sweep.forsakenEffects();
        sweep.openCases();

        assertThat(only(FailureCode.PROCESS_STANDS_STILL).detail()).contains("announce at tryton-northwind");
        facts.forsaken().clear();
        sweep.openCases();
        assertThat(cases.open()).isEmpty();
    }

    @Test
    void anEffectThatWasLeftByAnOrderWithoutAProcessLeavesTheCaseOfThat() {
        facts.open().add(order);
        facts.forsaken()
                .add(new Attention.Forsaken(
                        new OpenOrder(OrderId.of(order), order),
                        "announce",
                        AccountId.of("tryton-northwind"),
                        clock.instant().plus(Duration.ofSeconds(140))));
        sweep.openOrders();
        Case missing = only(FailureCode.PROCESS_MISSING);

        sweep.forsakenEffects();
        sweep.openOrders();

        assertThat(cases.open()).extracting(Case::id).containsExactly(missing.id());
    }

    private static PollWorkflowTaskQueueResponse task(String workflowId, int attempt) {
        return PollWorkflowTaskQueueResponse.newBuilder()
                .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                .setAttempt(attempt)
                .build();
    }

    private static PollActivityTaskQueueResponse step(String workflowId, int attempt, Instant scheduledAt) {
        return PollActivityTaskQueueResponse.newBuilder()
                .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                .setAttempt(attempt)
                .setScheduledTime(Timestamp.newBuilder().setSeconds(scheduledAt.getEpochSecond()))
                .build();
    }

    private void turn() {
        sweep.endsOfRuns();
        sweep.openCases();
        sweep.openOrders();
        sweep.openOrders();
        sweep.runsOfOrders();
    }

    private Case only(FailureCode code) {
        assertThat(cases.open()).hasSize(1);
        assertThat(cases.open().getFirst().code()).isEqualTo(code);
        return cases.open().getFirst();
    }

    /** Nothing but orders. */
    private static final class NoPeers implements Peers {
        @Override
        public Optional<Peer> find(String workflowId) {
            return Optional.empty();
        }

        @Override
        public Optional<Peer> about(Case shown) {
            return Optional.empty();
        }

        @Override
        public OpenProcesses.Page open(String mark, Instant until, int limit) {
            return new OpenProcesses.Page(List.of(), "");
        }
    }
}
