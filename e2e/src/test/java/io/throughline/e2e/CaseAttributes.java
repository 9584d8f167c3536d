package io.throughline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.common.SearchAttributes;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Case;
import io.throughline.local.Stack;
import io.throughline.workflows.call.Story;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/**
 * Holds what operators filter orders by in Temporal against the cases that their steps wait for: {@code CaseOpen}, {@code StalledStep},
 * {@code StalledSince}, {@code RejectedBy} and {@code FinancialPosting}. What a person decides, or a step tells, reaches its process within seconds.
 */
final class CaseAttributes {
    /** What a process was not told of is told by the next try, a minute later. */
    private static final Duration WITHIN = Duration.ofSeconds(150);
    /** What is asked within a step, whose process shows that one. */
    private static final Map<String, String> WITHIN_STEPS =
            Map.of("channel.held", "facility.release", "channel.cancel-disputed", "channel.cancel");

    private static final String RUNNING = "WorkflowType = 'OrderToCash' and ExecutionStatus = 'Running'";

    private CaseAttributes() {}

    /** What an order waits for, by the names of its steps. */
    private record Waiting(String process, String step, FailureCode code) {
        static Waiting of(String... field) {
            String step = field[1].split(" ", 2)[0];
            return new Waiting(field[0], WITHIN_STEPS.getOrDefault(step, step), FailureCode.valueOf(field[2]));
        }
    }

    static void await(Stack stack) {
        try (Histories histories = new Histories(stack.temporal())) {
            Awaitility.await()
                    .atMost(WITHIN)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofSeconds(1))
                    .untilAsserted(
                            () -> assertThat(differences(stack, histories)).isEmpty());
        }
    }

    private static List<String> differences(Stack stack, Histories histories) {
        List<Waiting> before = waiting(stack);
        Map<String, SearchAttributes> shown = histories.runs(RUNNING).stream()
                .map(WorkflowExecutionInfo::getExecution)
                .collect(Collectors.toMap(run -> run.getWorkflowId(), histories::attributes, (one, other) -> one));
        List<Waiting> waiting = waiting(stack);
        List<String> differences = new ArrayList<>();
        shown.forEach((process, attributes) -> {
            List<Waiting> its = of(process, waiting);
            // What has changed while it was read is looked at again.
            if (its.equals(of(process, before)) && !agree(attributes, its)) {
                differences.add(process + " shows " + words(attributes) + ", and waits for " + its);
            }
        });
        waiting.stream()
                .filter(one -> !shown.containsKey(one.process()))
                .forEach(one -> differences.add(one + " has no process that is running"));
        return differences;
    }

    private static List<String> words(SearchAttributes shown) {
        return shown.getUntypedValues().entrySet().stream()
                .map(one -> one.getKey().getName() + "=" + one.getValue())
                .toList();
    }

    private static List<Waiting> of(String process, List<Waiting> waiting) {
        return waiting.stream().filter(one -> one.process().equals(process)).toList();
    }

    private static boolean agree(SearchAttributes shown, List<Waiting> waiting) {
        Set<String> steps = waiting.stream().map(Waiting::step).collect(Collectors.toCollection(TreeSet::new));
        boolean open = Boolean.TRUE.equals(shown.get(Story.CASE_OPEN));
        boolean blocked = Story.POSTING_BLOCKED.equals(shown.get(Story.FINANCIAL_POSTING));
        boolean ofTheBooks = steps.stream().anyMatch(step -> step.startsWith("erp."));
        boolean refused = waiting.stream().anyMatch(one -> one.code().refusedOutside());
        return open == !steps.isEmpty()
                && (!open || steps.contains(Objects.requireNonNullElse(shown.get(Story.STALLED_STEP), "")))
                && open == (shown.get(Story.STALLED_SINCE) != null)
                && blocked == ofTheBooks
                && refused == (shown.get(Story.REJECTED_BY) != null);
    }

    /** A reroute is a process of its own, and shows its steps itself. */
    private static List<Waiting> waiting(Stack stack) {
        return Facts.texts(stack, """
            select concat_ws('|', 'order/' || ordered.account || '/' || ordered.external_id, step, code)
            from support_case one join customer_order ordered on ordered.id = one.subject
            where one.status <> 'CLOSED' and one.step not like 'reroute.%' and one.step not like 'customer.tell-%'
                and ordered.status not in ('COMPLETED', 'CANCELLED', 'REJECTED')
            order by one.number
            """).stream()
                .map(row -> row.split("\\|", -1))
                .filter(row -> Case.holdsUpProcess(FailureCode.valueOf(row[2]), row[1]))
                .map(Waiting::of)
                .toList();
    }
}
