package io.throughline.workflows.call;

import io.temporal.workflow.Async;
import io.temporal.workflow.Functions;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInfo;
import io.throughline.domain.failure.FailureCode;
import io.throughline.workflows.intervention.CaseSteps;
import io.throughline.workflows.intervention.DecidedProcess;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What all processes share whose steps may be stopped by cases: they are woken, tell their story, take each step through the gate, hear what
 * people decide, and go on in a new run where their history has grown long.
 */
public abstract class GatedProcess implements DecidedProcess {
    protected static final String OWN_QUEUE = "orders";
    protected static final String ERP_QUEUE = "erp";
    protected static final String MESSAGING_QUEUE = "messaging";

    /** Dozens of times what an ordinary process needs, and far below the length from which a server asks for a new run. */
    private static final int LONG_HISTORY = 2_000;

    protected final Wakes wakes = new Wakes();
    protected final Story story;
    protected final CaseGate gate;
    private final Set<String> localQueues;
    private final DecisionDesk decisions;

    /** {@code subject} is what the process is about; the steps of {@code localQueues} may be tried inside the workflow's task. */
    protected GatedProcess(String subject, Set<String> localQueues) {
        this(subject, localQueues, null);
    }

    /** The same of a run that goes on where another one ended, whose stalled steps have waited since then. */
    protected GatedProcess(String subject, Set<String> localQueues, @Nullable Map<String, Instant> stalledSince) {
        this.localQueues = localQueues;
        this.story = new Story(stalledSince == null ? Map.of() : stalledSince);
        this.gate = new CaseGate(wakes, story, cases("was the case decided?"));
        this.decisions = new DecisionDesk(subject, wakes, story, this::cases);
    }

    /**
     * The whole of {@code life}, in as many runs as its history needs. {@code startAnew} begins the next one; a call that is under way is let
     * finish before, for the next run would have to ask what became of it.
     */
    protected final <R> R inRuns(Functions.Func<R> life, Runnable startAnew) {
        Promise<R> whole = Async.function(life);
        Workflow.await(() -> whole.isCompleted() || (hasLongHistory() && atRest()));
        if (!whole.isCompleted()) {
            startAnew.run();
        }
        return whole.get();
    }

    private static boolean hasLongHistory() {
        WorkflowInfo run = Workflow.getInfo();
        return run.isContinueAsNewSuggested() || run.getHistoryLength() >= LONG_HISTORY;
    }

    private boolean atRest() {
        return gate.atRest() && Workflow.isEveryHandlerFinished();
    }

    /** {@code summary} is what the operator reads beside the activity. */
    protected final <A> Calls<A> calls(Class<A> steps, String queue, String summary) {
        return Calls.to(steps, queue, localQueues.contains(queue), summary);
    }

    private Calls<CaseSteps> cases(String summary) {
        return calls(CaseSteps.class, OWN_QUEUE, summary);
    }

    /** The same at each replay. */
    protected static Instant now() {
        return Instant.ofEpochMilli(Workflow.currentTimeMillis());
    }

    /** Looks again at what it names, with spaces in between. */
    public void wake(String about) {
        wakes.ringAll(about);
    }

    @Override
    public void stalled(String step, String about, FailureCode code, String caseId) {
        story.stalls(step, about, code, caseId);
    }

    @Override
    public String decide(String caseId, @Nullable String action) {
        return decisions.decide(caseId, action);
    }

    @Override
    public void checkDecision(String caseId, @Nullable String action) {
        decisions.check(caseId, action);
    }

    @Override
    public void propose(@Nullable String caseId, @Nullable String action) {
        decisions.propose(caseId, action);
    }

    /** In words. */
    public String waitingFor() {
        return story.text();
    }
}
