package io.throughline.bench;

import io.temporal.api.enums.v1.WorkflowExecutionStatus;
import io.temporal.api.workflow.v1.WorkflowExecutionInfo;
import io.temporal.api.workflowservice.v1.DescribeWorkflowExecutionRequest;
import io.temporal.api.workflowservice.v1.ListWorkflowExecutionsRequest;
import io.temporal.client.WorkflowClient;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The histories of processes that serve many orders together (stock told and heard, customers): no order's own, but not free. What an
 * ERP is asked is asked by the clock, however many orders there are, and is none of their cost.
 */
final class SharedHistories {
    private static final String SHARED = "WorkflowType != 'OrderToCash' and WorkflowType != 'ErpStock'";
    private static final int MOST_RUNS = 1_000;

    /** The process and its account: what follows, such as a customer, differs from order to order. */
    private static final Pattern PROCESS = Pattern.compile("[^/]+/[^/]+");

    private final WorkflowClient temporal;

    SharedHistories(WorkflowClient temporal) {
        this.temporal = temporal;
    }

    /** How long histories are together. */
    record Size(double events, double bytes) {
        static final Size NONE = new Size(0, 0);

        Size plus(Size more) {
            return new Size(events + more.events, bytes + more.bytes);
        }

        Size minus(Size before) {
            return new Size(events - before.events, bytes - before.bytes);
        }

        Size times(double factor) {
            return new Size(events * factor, bytes * factor);
        }
    }

    /** Those of each process, by its name and account. */
    record Sizes(SortedMap<String, Size> byProcess) {
        Size together() {
            return byProcess.values().stream().reduce(Size.NONE, Size::plus);
        }

        Sizes minus(Sizes before) {
            return each((process, size) -> size.minus(before.of(process)));
        }

        Sizes times(double factor) {
            return each((process, size) -> size.times(factor));
        }

        private Size of(String process) {
            return byProcess.getOrDefault(process, Size.NONE);
        }

        private Sizes each(BiFunction<String, Size, Size> change) {
            SortedMap<String, Size> changed = new TreeMap<>(byProcess);
            changed.replaceAll(change);
            return new Sizes(changed);
        }
    }

    Sizes sizes() {
        SortedMap<String, Size> sizes = new TreeMap<>();
        runs().forEach(run -> sizes.merge(process(run.getExecution().getWorkflowId()), size(run), Size::plus));
        return new Sizes(sizes);
    }

    private static String process(String workflow) {
        Matcher process = PROCESS.matcher(workflow);
        return process.lookingAt() ? process.group() : workflow;
    }

    private List<WorkflowExecutionInfo> runs() {
        return temporal.getWorkflowServiceStubs()
                .blockingStub()
                .listWorkflowExecutions(ListWorkflowExecutionsRequest.newBuilder()
                        .setNamespace(temporal.getOptions().getNamespace())
                        .setQuery(SHARED)
                        .setPageSize(MOST_RUNS)
                        .build())
                .getExecutionsList();
    }

    private Size size(WorkflowExecutionInfo run) {
        WorkflowExecutionInfo described = described(run);
        return new Size(described.getHistoryLength(), described.getHistorySizeBytes());
    }

    /** The list knows the length of an ended run only. */
    private WorkflowExecutionInfo described(WorkflowExecutionInfo run) {
        return run.getStatus() == WorkflowExecutionStatus.WORKFLOW_EXECUTION_STATUS_RUNNING
                ? temporal.getWorkflowServiceStubs()
                        .blockingStub()
                        .describeWorkflowExecution(DescribeWorkflowExecutionRequest.newBuilder()
                                .setNamespace(temporal.getOptions().getNamespace())
                                .setExecution(run.getExecution())
                                .build())
                        .getWorkflowExecutionInfo()
                : run;
    }
}
