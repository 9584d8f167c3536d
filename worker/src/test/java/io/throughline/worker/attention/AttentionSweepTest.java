package io.throughline.worker.attention;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Timestamp;
import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.PollActivityTaskQueueResponse;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.inbox.TestingInbox;
import io.throughline.domain.intervention.Attention;
import io.throughline.domain.intervention.Attention.OpenOrder;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.worker.attention.Runs.Run;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What shows itself nowhere becomes one case, which is closed when its cause has gone. */
class AttentionSweepTest {
    private static final AccountId SHOP = AccountId.of("northwind");

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T08:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final TestingInbox inbox = new TestingInbox(clock);
    private final Facts facts = new Facts();
    private final Engine engine = new Engine();
    private final RetriedTasks retried = new RetriedTasks(clock);
    private final AttentionSweep sweep =
            new AttentionSweep(facts, engine, retried, cases, inbox, Duration.ofSeconds(15), 2, clock);
    private final OrderKey order = new OrderKey(SHOP, "1001");

    @Test
    void anOrderWithoutAProcessGetsOneOnceAndItsCaseIsClosedWhenThatLasts() {
        facts.open.add(order);

        turn();
        turn();

        Case shown = only(FailureCode.PROCESS_MISSING);
        assertThat(shown.subject()).isEqualTo(OrderId.of(order).value());
        assertThat(inbox.messages())
                .singleElement()
                .satisfies(message -> assertThat(message.subject()).isEqualTo(order.workflowId()))
                .extracting(InboxMessage::topic)
                .isEqualTo("throughline/attention");

        engine.runs(order, clock.instant(), Optional.empty());
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
            facts.open.add(other);
            engine.runs(other, clock.instant(), Optional.empty());
        }
        facts.open.add(order);
        engine.endedBadly.add(order.workflowId());
        engine.endedBadly.add("return/whatever");

        sweep.endsOfRuns();

        assertThat(only(FailureCode.PROCESS_MISSING).subject())
                .isEqualTo(OrderId.of(order).value());
        assertThat(engine.looks).as("no other one is asked for").isEqualTo(1);
    }

    @Test
    void aRerouteThatEndedBadlyIsBegunAgainOnceForEachRun() {
        facts.open.add(order);
        engine.runs(order, clock.instant(), Optional.empty());
        String reroute = RerouteId.of(new FulfillmentOrderId(OrderId.of(order) + "-F1"), 1)
                .workflowId();
        engine.endedBadly.add(reroute);
        engine.running.put(reroute, new Runs.Run(false, clock.instant(), Optional.empty()));

        sweep.endsOfRuns();
        sweep.endsOfRuns();

        assertThat(inbox.messages())
                .singleElement()
                .extracting(InboxMessage::subject)
                .isEqualTo(reroute);
        engine.running.put(reroute, new Runs.Run(true, clock.instant().plusSeconds(1), Optional.empty()));
        sweep.endsOfRuns();
        assertThat(inbox.messages()).as("it runs again").hasSize(1);
        assertThat(cases.all()).isEmpty();
    }

    @Test
    void whoseOrderHasEndedIsMissedByNobody() {
        engine.endedBadly.add(order.workflowId());

        turn();

        assertThat(cases.all()).isEmpty();
        assertThat(inbox.messages()).isEmpty();
    }

    @Test
    void aProcessThatStandsStillIsShownUntilItGetsOnUnlessItsStepShowsIt() {
        facts.open.add(order);
        engine.runs(order, clock.instant(), Optional.of("its workflow tasks fail"));
        cases.open(SHOP, OrderId.of(order).value(), "erp.announce order", FailureCode.SYSTEM_UNREACHABLE, "away");
        turn();
        assertThat(cases.open()).hasSize(1);

        cases.close(cases.open().getFirst().id(), "it was this");
        turn();
        turn();

        assertThat(only(FailureCode.PROCESS_STANDS_STILL).detail()).isEqualTo("its workflow tasks fail");
        engine.runs(order, clock.instant(), Optional.empty());
        turn();
        assertThat(cases.open()).isEmpty();
    }

    @Test
    void aProcessWithoutAnOrderIsShownUntilItEnds() {
        engine.runs(order, clock.instant(), Optional.empty());
        turn();
        assertThat(cases.open()).as("its order may just be stored").isEmpty();
        clock.advance(Duration.ofMinutes(1));

        turn();
        turn();

        assertThat(only(FailureCode.PROCESS_UNEXPECTED).subject()).isEqualTo(order.workflowId());
        engine.running.clear();
        turn();
        assertThat(cases.open()).isEmpty();
    }

    @Test
    void aTurnAsksABoundedNumberOfQuestionsAndTheNextGoesOn() {
        List<OrderKey> all = new ArrayList<>();
        for (int number = 1; number <= 6; number++) {
            all.add(new OrderKey(SHOP, "100" + number));
        }
        facts.open.addAll(all);
        sweep.openOrders();
        assertThat(engine.looks).isEqualTo(2);

        sweep.openOrders();
        sweep.openOrders();

        assertThat(cases.open()).extracting(Case::subject).hasSize(6);
    }

    @Test
    void whoseTasksAreTriedAgainIsSeenAtOnceHoweverManyOrdersAreOpen() {
        for (int number = 1; number <= 50; number++) {
            OrderKey other = new OrderKey(SHOP, "9" + number);
            facts.open.add(other);
            engine.runs(other, clock.instant(), Optional.empty());
            retried.heard(task(other.workflowId(), 1));
        }
        facts.open.add(order);
        engine.runs(order, clock.instant(), Optional.of("its workflow tasks fail"));
        retried.heard(task(order.workflowId(), 4));
        retried.heard(task(order.workflowId(), 5));

        sweep.retriedTasks();

        assertThat(only(FailureCode.PROCESS_STANDS_STILL).detail()).isEqualTo("its workflow tasks fail");
        assertThat(engine.looks).as("no other one is asked for").isEqualTo(1);
        sweep.retriedTasks();
        assertThat(engine.looks).as("nothing new was heard").isEqualTo(1);
    }

    @Test
    void aStepIsHeardOfWhenItHasBeenTriedForLong() {
        facts.open.add(order);
        engine.runs(order, clock.instant(), Optional.of("the step fails again and again"));
        retried.heard(step(order.workflowId(), 9, clock.instant().minus(Duration.ofMinutes(1))));
        sweep.retriedTasks();
        assertThat(engine.looks).isZero();

        retried.heard(step(order.workflowId(), 12, clock.instant().minus(Duration.ofMinutes(5))));
        sweep.retriedTasks();

        assertThat(only(FailureCode.PROCESS_STANDS_STILL).subject())
                .isEqualTo(OrderId.of(order).value());
    }

    @Test
    void whoRestsAlthoughThereIsNewsIsWokenOnce() {
        facts.open.add(order);
        facts.overdue.add(new Attention.Overdue(new OpenOrder(OrderId.of(order), order), clock.instant()));
        engine.running.put(order.workflowId(), new Run(true, clock.instant(), Optional.empty(), false));
        sweep.overdueOrders();
        assertThat(inbox.messages()).as("it is at work").isEmpty();

        engine.running.put(order.workflowId(), new Run(true, clock.instant(), Optional.empty(), true));
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
    void anEffectWhoseProcessWentAwayIsShownUntilItIsSettled() {
        facts.open.add(order);
        engine.runs(order, clock.instant(), Optional.empty());
        facts.forsaken.add(new Attention.Forsaken(
                new OpenOrder(OrderId.of(order), order),
                "announce",
                AccountId.of("tryton-northwind"),
                clock.instant().plus(Duration.ofSeconds(140))));

        sweep.forsakenEffects();
        sweep.forsakenEffects();
        sweep.openCases();

        assertThat(only(FailureCode.PROCESS_STANDS_STILL).detail()).contains("announce at tryton-northwind");
        facts.forsaken.clear();
        sweep.openCases();
        assertThat(cases.open()).isEmpty();
    }

    @Test
    void anEffectThatWasLeftByAnOrderWithoutAProcessLeavesTheCaseOfThat() {
        facts.open.add(order);
        facts.forsaken.add(new Attention.Forsaken(
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

    /** Orders in memory; every turn is due. */
    private static final class Facts implements Attention {
        private final Set<OrderKey> open = new LinkedHashSet<>();
        private final Map<String, String> marks = new HashMap<>();
        private final List<Attention.Overdue> overdue = new ArrayList<>();
        private final List<Attention.Forsaken> forsaken = new ArrayList<>();

        @Override
        public Optional<String> take(String sweep, Duration every) {
            return Optional.of(marks.getOrDefault(sweep, ""));
        }

        @Override
        public void reached(String sweep, String mark) {
            marks.put(sweep, mark);
        }

        @Override
        public Attention.Page openOrders(String mark, Instant until, int limit) {
            int from = mark.isEmpty() ? 0 : Integer.parseInt(mark);
            List<OpenOrder> page = open.stream()
                    .skip(from)
                    .limit(limit)
                    .map(key -> new OpenOrder(OrderId.of(key), key))
                    .toList();
            return new Attention.Page(page, page.size() < limit ? "" : Integer.toString(from + limit));
        }

        @Override
        public Set<OrderKey> open(Collection<OrderKey> orders) {
            return orders.stream().filter(open::contains).collect(Collectors.toSet());
        }

        @Override
        public Set<OrderKey> over(Collection<OrderKey> orders, Instant until) {
            Set<OrderKey> over = new HashSet<>(orders);
            over.removeAll(open);
            return over;
        }

        @Override
        public Attention.OverduePage overdue(String mark, Instant until, int limit) {
            return new Attention.OverduePage(overdue, "");
        }

        @Override
        public List<Attention.Forsaken> forsaken(Duration silence, int limit) {
            return List.copyOf(forsaken);
        }

        @Override
        public Optional<OrderKey> keyOf(OrderId order) {
            return open.stream().filter(key -> OrderId.of(key).equals(order)).findFirst();
        }
    }

    /** Temporal in memory. */
    private static final class Engine implements Runs {
        private final Map<String, Run> running = new HashMap<>();
        private final List<String> endedBadly = new ArrayList<>();
        private int looks;

        void runs(OrderKey order, Instant startedAt, Optional<String> trouble) {
            running.put(order.workflowId(), new Run(true, startedAt, trouble));
        }

        @Override
        public Optional<Run> look(String workflowId) {
            looks++;
            return Optional.ofNullable(running.get(workflowId));
        }

        @Override
        public List<String> endedBadly(Instant since, int limit) {
            return List.copyOf(endedBadly);
        }

        @Override
        public Runs.Page running(String cursor, int limit) {
            return new Runs.Page(List.copyOf(running.keySet()), "");
        }
    }
}
