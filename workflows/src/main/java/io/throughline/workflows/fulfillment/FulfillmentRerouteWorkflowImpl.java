package io.throughline.workflows.fulfillment;

import io.temporal.workflow.Async;
import io.temporal.workflow.Promise;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInit;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.workflows.call.Calls;
import io.throughline.workflows.call.GatedProcess;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.finance.FinanceSteps;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * How work comes to another facility. It is taken from the one that has it, unless that was quicker; somebody else is found by the policies that
 * the order keeps to; where nobody can do it, supply is waited for, the customer is asked, or a person decides. The order's process learns of
 * the end by the facts, and goes on with the work that others have been given.
 *
 * <p>PostgreSQL holds the facts, and which step comes next follows from them. A signal only says that there are new ones, so a run that is
 * reset to any point, or started again, goes the same way and ends the same.
 */
public final class FulfillmentRerouteWorkflowImpl extends GatedProcess implements FulfillmentRerouteWorkflow {
    private static final String REROUTE = "reroute";
    private static final String TELLS_ERP = "tells-erp";

    private final RerouteInput input;

    @WorkflowInit
    public FulfillmentRerouteWorkflowImpl(RerouteInput input) {
        super(input.id().order().value(), input.localQueues(), input.stalledSince());
        this.input = input;
    }

    @Override
    public String run(RerouteInput start) {
        return inRuns(this::live, () -> Workflow.continueAsNew(start.stalled(story.startsAnew())));
    }

    private String live() {
        Promise<Boolean> told = null;
        Promise<Boolean> toldToWait = null;
        Promise<Boolean> toldAnew = null;
        Promise<Boolean> asked = null;
        while (true) {
            int seen = wakes.count(REROUTE);
            RerouteState state = look();
            tell(state);
            switch (state.status()) {
                case OPENED ->
                    takes(
                            "reroute.take-away",
                            input.facilityQueue(),
                            "take it from " + state.from(),
                            RerouteSteps::takeAway);
                case TAKEN_AWAY, ANSWERED -> place();
                case WAITING -> {
                    if (state.backordered() && toldToWait == null) {
                        toldToWait = Async.function(this::tellWait);
                    } else if (state.promiseMoved() && isDone(toldToWait) && isDone(toldAnew)) {
                        toldAnew = Async.function(this::tellMoved);
                    }
                    if (state.promiseTooLate() && isDone(asked)) {
                        asked = Async.function(this::askPatience);
                    }
                    lookAgain(seen, state.due());
                }
                case OFFERED -> {
                    if (told == null) {
                        told = Async.function(this::tellChoices);
                    }
                    awaitAnswer(seen, Objects.requireNonNull(state.due(), "an offer has an end"));
                }
                case REROUTED, KEPT, NOT_NEEDED, CALLED_OFF -> {
                    if (told != null) {
                        told.get();
                    }
                    end(toldToWait);
                    end(toldAnew);
                    end(asked);
                    if (state.status() == RerouteStatus.REROUTED && tellsErp()) {
                        moveDemand();
                    }
                    Workflow.await(Workflow::isEveryHandlerFinished);
                    return state.status().name();
                }
            }
        }
    }

    private static boolean tellsErp() {
        return Workflow.getVersion(TELLS_ERP, Workflow.DEFAULT_VERSION, 1) != Workflow.DEFAULT_VERSION;
    }

    /** The order goes on meanwhile: it knows by the facts who has the work. */
    private void moveDemand() {
        Calls<FinanceSteps> erp = calls(FinanceSteps.class, ERP_QUEUE, "from where do the goods go?");
        gate.through(
                "erp.move-demand",
                REROUTE,
                () -> erp.call(step -> step.moveDemand(input.id().order())));
    }

    /** The time to answer runs whether or not the customer can be told. */
    private boolean tellChoices() {
        takes("customer.tell-choices", MESSAGING_QUEUE, "tell the customer: choose", RerouteSteps::tellChoices);
        return true;
    }

    /** Nor does supply wait for that. */
    private boolean tellWait() {
        takes("customer.tell-wait", MESSAGING_QUEUE, "tell the customer: it waits for supply", RerouteSteps::tellWait);
        return true;
    }

    private boolean tellMoved() {
        takes(
                "customer.tell-moved",
                MESSAGING_QUEUE,
                "tell the customer: promised for another day",
                RerouteSteps::tellMoved);
        // It may have moved again meanwhile.
        wakes.ring(REROUTE);
        return true;
    }

    /** Supply may come before anybody answers. */
    private boolean askPatience() {
        takes("reroute.promise", OWN_QUEUE, "is so late a day waited for?", RerouteSteps::askPatience);
        wakes.ring(REROUTE);
        return true;
    }

    private static boolean isDone(@Nullable Promise<Boolean> telling) {
        return telling == null || telling.isCompleted();
    }

    /** Whoever can't be told need not be told any more. */
    private void end(@Nullable Promise<Boolean> telling) {
        if (telling != null) {
            wakes.ring(REROUTE);
            telling.get();
        }
    }

    private void place() {
        takes("reroute.place", OWN_QUEUE, "who else can do it?", RerouteSteps::place);
    }

    /** What comes at its time, or before: a wake-up says that supply has come. */
    private void lookAgain(int seen, @Nullable Instant due) {
        if (due == null) {
            wakes.awaitNews(REROUTE, seen);
        } else {
            wakes.awaitNews(REROUTE, seen, due);
        }
        place();
    }

    private void awaitAnswer(int seen, Instant until) {
        wakes.awaitNews(REROUTE, seen, until);
        if (wakes.count(REROUTE) == seen) {
            Calls<RerouteSteps> own = calls(OWN_QUEUE, "nobody has answered by " + until);
            gate.through(
                    "reroute.lapse",
                    REROUTE,
                    () -> own.call(step -> {
                        step.lapse(input.id());
                        return true;
                    }));
            wakes.ring(REROUTE);
        }
    }

    private void tell(RerouteState state) {
        List<String> facilities = new ArrayList<>(state.to());
        facilities.add(state.from());
        story.attribute(
                        Story.FACILITIES,
                        facilities.stream().distinct().sorted().toList())
                .tells("Reroute", state.cause() + " at " + state.from() + ": " + state.lines())
                .tells("Stands", state.status() + (state.due() == null ? "" : ", until " + state.due()))
                .tells("Found", state.words().isEmpty() ? null : state.words())
                .tells("Goes to", state.to().isEmpty() ? null : String.join(", ", state.to()))
                .publish();
    }

    private RerouteState look() {
        Calls<RerouteSteps> own = calls(OWN_QUEUE, "where does it stand?");
        return gate.through("reroute.look", REROUTE, () -> own.call(step -> step.look(input.id())));
    }

    private void takes(
            String name, String queue, String summary, BiFunction<RerouteSteps, RerouteId, StepResult> step) {
        Calls<RerouteSteps> calls = calls(queue, summary);
        gate.pass(name, REROUTE, () -> calls.call(steps -> step.apply(steps, input.id())));
    }

    private Calls<RerouteSteps> calls(String queue, String summary) {
        return calls(RerouteSteps.class, queue, summary);
    }

    @Override
    public void stalled(String step, String about, FailureCode code, String caseId) {
        story.stalls(step, REROUTE, code, caseId);
    }
}
