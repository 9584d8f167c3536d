package io.throughline.bench;

import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowNotFoundException;
import io.temporal.common.WorkflowExecutionHistory;
import io.throughline.local.Stack;
import io.throughline.local.demo.SimpleOrder;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToLongFunction;

/**
 * What one simple shipped order costs (two lines, one fulfillment order, paid): history events and bytes, what it adds to the histories
 * of the processes that all orders share, SQL statements of both processes, and calls to outside systems. Several are carried one after the other, and the dearest counts; of the first ones, which
 * find everything cold, only their own history does. It has a bound, cold or warm, and so has a warm one together with what it adds to the shared ones. Reconciliation rests
 * meanwhile, and what the processes do while idle is taken off.
 */
final class CostBench implements BenchMain.Bench {
    private static final int MOST_EVENTS = 50;
    private static final int MOST_BYTES = 32 * 1024;
    private static final int COLD = 2;
    private static final int MEASURED = 5;
    private static final int WEBHOOK_SECONDS = 10;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Long enough for the channel's last messages about an order to come in. */
    private static final Duration AFTERMATH = Duration.ofSeconds(3);

    @Override
    public String purpose() {
        return "what one simple shipped order costs: history, statements, outside calls";
    }

    @Override
    public boolean run(PrintStream out) throws Exception {
        return RestingStack.run((stack, temporal) -> measure(stack, temporal, out), out);
    }

    private static boolean measure(Stack stack, WorkflowClient temporal, PrintStream out) throws Exception {
        SimpleOrder orders = new SimpleOrder(stack);
        List<String> carried = new ArrayList<>();
        List<WorkflowExecutionHistory> histories = new ArrayList<>();
        for (int i = 1; i <= COLD; i++) {
            carried.add(carry(orders, temporal));
            Thread.sleep(AFTERMATH);
            histories.add(temporal.fetchHistory(carried.getLast()));
            out.printf(
                    Locale.ROOT,
                    "  cold order %d of %d: %d events%n",
                    i,
                    COLD,
                    histories.getLast().getEvents().size());
        }
        SharedHistories shared = new SharedHistories(temporal);
        Idle idle = idle(orders, shared);
        List<Cost> costs = new ArrayList<>();
        for (int i = 1; i <= MEASURED; i++) {
            Cost cost = cost(orders, temporal, shared, idle);
            out.printf(Locale.ROOT, "  order %d of %d: %s%n", i, MEASURED, cost);
            costs.add(cost);
            carried.add(cost.workflow());
            histories.add(cost.history());
        }
        WorkflowExecutionHistory dearest = histories.stream()
                .max(Comparator.comparingInt(history -> history.getEvents().size()))
                .orElseThrow();
        HistoryCost steps = HistoryCost.of(dearest.getEvents());
        out.print(steps.table());
        out.print(sharedTable(costs));
        keep(dearest);
        double ackMillis = WebhookBench.ackP99Millis(stack, SimpleOrder.numbers(carried), WEBHOOK_SECONDS, out);

        Bounds bounds = new Bounds("the dearest of " + histories.size() + " orders", out)
                .figure("historyEvents", dearest.getEvents().size(), MOST_EVENTS)
                .figure(
                        "historyBytes",
                        histories.stream()
                                .mapToInt(history ->
                                        HistoryCost.of(history.getEvents()).bytes())
                                .max()
                                .orElseThrow(),
                        MOST_BYTES)
                .figure("sharedHistoryEvents", most(costs, Cost::sharedEvents))
                .figure("sharedHistoryBytes", most(costs, Cost::sharedBytes))
                .figure("allHistoryEvents", most(costs, Cost::allEvents), MOST_EVENTS)
                .figure("sqlStatements", most(costs, Cost::statements))
                .figure("outsideCalls", most(costs, Cost::calls))
                .figure("webhookAckP99Ms", ackMillis, WebhookBench.MOST_P99_MILLIS);
        out.printf(
                Locale.ROOT,
                "(taken off while idle: %.1f SQL statements and %.1f shared events a second)%n%n",
                idle.statements(),
                idle.shared().together().events());
        Result.write("cost", bounds.figures(), out);
        return bounds.kept();
    }

    private static Cost cost(SimpleOrder orders, WorkflowClient temporal, SharedHistories shared, Idle idle)
            throws InterruptedException {
        Instant began = Instant.now();
        long statements = orders.sqlStatements();
        long calls = orders.outsideCalls();
        SharedHistories.Sizes before = shared.sizes();
        String workflow = carry(orders, temporal);
        Thread.sleep(AFTERMATH);
        double seconds = Duration.between(began, Instant.now()).toMillis() / 1000.0;
        return new Cost(
                workflow,
                temporal.fetchHistory(workflow),
                shared.sizes().minus(before).minus(idle.shared().times(seconds)),
                Math.round(orders.sqlStatements() - statements - idle.statements() * seconds),
                orders.outsideCalls() - calls);
    }

    /** Waits by Temporal, so that looking costs no statement. */
    private static String carry(SimpleOrder orders, WorkflowClient temporal) throws InterruptedException {
        String workflow = orders.place();
        Instant until = Instant.now().plus(PATIENCE);
        while (true) {
            try {
                String ended = temporal.newUntypedWorkflowStub(workflow).getResult(String.class);
                if (!ended.equals("COMPLETED")) {
                    throw new IllegalStateException(workflow + " ended " + ended);
                }
                return workflow;
            } catch (WorkflowNotFoundException notYet) {
                if (Instant.now().isAfter(until)) {
                    throw notYet;
                }
                Thread.sleep(Duration.ofMillis(50));
            }
        }
    }

    private static Idle idle(SimpleOrder orders, SharedHistories shared) throws InterruptedException {
        Duration look = Duration.ofSeconds(6);
        long statements = orders.sqlStatements();
        SharedHistories.Sizes before = shared.sizes();
        Thread.sleep(look);
        SharedHistories.Sizes grown = shared.sizes().minus(before);
        return new Idle(
                (double) (orders.sqlStatements() - statements) / look.toSeconds(), grown.times(1.0 / look.toSeconds()));
    }

    /** Of the order that cost the shared processes most. */
    private static String sharedTable(List<Cost> costs) {
        Cost dearest =
                costs.stream().max(Comparator.comparingLong(Cost::sharedEvents)).orElseThrow();
        StringBuilder table = new StringBuilder(
                String.format(Locale.ROOT, "%n%-48s %7s %7s%n", "process that orders share", "events", "bytes"));
        dearest.shared()
                .byProcess()
                .forEach((process, size) -> table.append(
                        String.format(Locale.ROOT, "%-48s %7.0f %7.0f%n", process, size.events(), size.bytes())));
        return table.toString();
    }

    private static long most(List<Cost> costs, ToLongFunction<Cost> figure) {
        return costs.stream().mapToLong(figure).max().orElseThrow();
    }

    private static void keep(WorkflowExecutionHistory history) throws Exception {
        Path file = Result.file("cost-history");
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, history.toJson(true));
    }

    /** What goes on a second without any order. */
    private record Idle(double statements, SharedHistories.Sizes shared) {}

    private record Cost(
            String workflow,
            WorkflowExecutionHistory history,
            SharedHistories.Sizes shared,
            long statements,
            long calls) {
        long sharedEvents() {
            return Math.round(shared.together().events());
        }

        long allEvents() {
            return history.getEvents().size() + sharedEvents();
        }

        long sharedBytes() {
            return Math.round(shared.together().bytes());
        }

        @Override
        public String toString() {
            return history.getEvents().size() + " events, "
                    + HistoryCost.of(history.getEvents()).bytes() + " bytes, " + sharedEvents()
                    + " shared events, " + statements + " statements, " + calls + " calls";
        }
    }
}
