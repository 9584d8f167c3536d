package io.throughline.workflows.fulfillment;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.order.OrderId;
import io.throughline.workflows.SkippedTime;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.finance.FinanceSteps;
import io.throughline.workflows.intervention.CaseSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;

/** A reroute over facts that a test makes up, on a server whose time is skipped. */
public final class RerouteScenario implements AutoCloseable {
    private static final RerouteId ID = RerouteId.of(new FulfillmentOrderId("O-7K2M9Q4XTA-F1"), 1);
    private static final String CASE = "C-1001";
    private static final String NOT_HERE = "no step of a reroute";
    private static final Duration ANSWER_WITHIN = Duration.ofDays(1);

    final Facts facts = new Facts();
    private final TestWorkflowEnvironment environment = SkippedTime.newServer();
    private FulfillmentRerouteWorkflow process;

    /** Who looks for somebody finds that. */
    RerouteScenario(RerouteStatus finds) {
        this(finds, false);
    }

    private RerouteScenario(RerouteStatus finds, boolean mute) {
        facts.finds = finds;
        facts.mute = mute;
        facts.due = now().plus(ANSWER_WITHIN);
        environment.registerSearchAttribute("Facilities", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD_LIST);
        SkippedTime.showsStalls(environment);
        environment.newWorker("orders").registerWorkflowImplementationTypes(FulfillmentRerouteWorkflowImpl.class);
        environment.getWorkerFactory().getWorker("orders").registerActivitiesImplementations(facts);
        List.of("pos", "messaging")
                .forEach(queue -> environment.newWorker(queue).registerActivitiesImplementations(facts));
        environment.newWorker("erp").registerActivitiesImplementations(new Books(facts.calls));
        environment.start();
        process = start();
    }

    /** One where nobody is found, and the customer is asked. */
    public static RerouteScenario ofSomethingNobodyHas() {
        return new RerouteScenario(RerouteStatus.OFFERED);
    }

    /** The same, where the message to the customer is refused. */
    static RerouteScenario ofSomebodyWhoCanNotBeAsked() {
        return new RerouteScenario(RerouteStatus.OFFERED, true);
    }

    /** One where supply is waited for; {@code mute}: the message that says so is refused. */
    public static RerouteScenario ofSomethingThatIsExpected(boolean mute) {
        RerouteScenario reroute = new RerouteScenario(RerouteStatus.WAITING, mute);
        reroute.facts.backordered = true;
        return reroute;
    }

    /** The supply comes. */
    String reroutedAfterSupply() {
        await("the news", () -> facts.calls().contains("tellWait"));
        process.wake("reroute");
        facts.finds = RerouteStatus.REROUTED;
        process.wake("reroute");
        return result();
    }

    /** The supply is put off, and put off again; then it comes. */
    String reroutedAfterDelays() {
        await("the news", () -> facts.calls().contains("tellWait"));
        for (int told = 1; told <= 2; told++) {
            facts.moved = true;
            process.wake("reroute");
            int times = told;
            await("the day", () -> toldOfMoves() == times);
        }
        facts.finds = RerouteStatus.REROUTED;
        process.wake("reroute");
        return result();
    }

    /** The supply is put off for so long that a person is asked, too; then it comes. */
    public String reroutedAfterALongDelay() {
        await("the news", () -> facts.calls().contains("tellWait"));
        facts.moved = true;
        facts.tooLate = true;
        process.wake("reroute");
        await("the day", () -> toldOfMoves() == 1 && facts.calls().contains("askPatience"));
        facts.finds = RerouteStatus.REROUTED;
        process.wake("reroute");
        return result();
    }

    /** The supply is put off, of which the customer can't be told; then it comes. */
    String reroutedAfterDelayUntold() {
        await("the news", () -> facts.calls().contains("tellWait"));
        facts.mute = true;
        facts.moved = true;
        process.wake("reroute");
        await("the case", () -> toldOfMoves() == 1);
        facts.finds = RerouteStatus.REROUTED;
        process.wake("reroute");
        return result();
    }

    private long toldOfMoves() {
        return facts.calls().stream().filter("tellMoved"::equals).count();
    }

    private FulfillmentRerouteWorkflow start() {
        FulfillmentRerouteWorkflow stub = environment
                .getWorkflowClient()
                .newWorkflowStub(
                        FulfillmentRerouteWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId(ID.workflowId())
                                .setTaskQueue("orders")
                                .build());
        WorkflowClient.start(stub::run, new RerouteInput(ID, "pos", Set.of("orders", "messaging")));
        return stub;
    }

    /** Another run that finds the facts of this one. */
    RerouteScenario startAgain() {
        WorkflowStub.fromTyped(process).terminate("started again");
        process = start();
        return this;
    }

    /** The customer is asked, chooses what is gone by then, a person tries again, supply is waited for and comes. */
    public String reroutedAfterAnAnswer() {
        offered();
        facts.refuses = true;
        facts.status = RerouteStatus.ANSWERED;
        process.wake("reroute");
        await("the case", () -> process.waitingFor().contains(CASE));
        facts.refuses = false;
        facts.finds = RerouteStatus.WAITING;
        process.wake(CASE);
        await("the wait", () -> facts.status == RerouteStatus.WAITING);
        facts.finds = RerouteStatus.REROUTED;
        process.wake("reroute");
        return result();
    }

    /** Nobody answers. */
    public String reroutedByDefault() {
        offered();
        facts.finds = RerouteStatus.REROUTED;
        environment.sleep(ANSWER_WITHIN.plusMinutes(1));
        return result();
    }

    /** The words are those that its details show. */
    String decidedFromTemporal() {
        offered();
        await("the case", () -> process.waitingFor().contains(CASE + " RETRY"));
        process.propose("what is this?", null);
        await("the refusal", () -> facts.calls().contains("refuse"));
        return process.decide(CASE + " RETRY", null);
    }

    RerouteScenario offered() {
        await("the offer", () -> facts.calls().contains("tellChoices"));
        return this;
    }

    void ends(RerouteStatus outcome) {
        facts.status = outcome;
        process.wake("reroute");
    }

    String story() {
        return process.waitingFor();
    }

    String result() {
        return WorkflowStub.fromTyped(process).getResult(String.class);
    }

    void await(String what, BooleanSupplier condition) {
        SkippedTime.await(environment, what, condition, facts::calls);
    }

    private Instant now() {
        return Instant.ofEpochMilli(environment.currentTimeMillis());
    }

    public WorkflowExecutionHistory history() {
        return SkippedTime.historyOf(environment, process);
    }

    @Override
    public void close() {
        environment.close();
    }

    /** What the database knows; a place is found, or not, as the test says. */
    static final class Facts implements RerouteSteps, CaseSteps {
        private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
        private volatile RerouteStatus status = RerouteStatus.OPENED;
        private volatile RerouteStatus finds = RerouteStatus.OFFERED;
        private volatile Instant due = Instant.MAX;
        private volatile boolean refuses;
        private volatile boolean mute;
        private volatile boolean backordered;
        private volatile boolean moved;
        private volatile boolean tooLate;

        List<String> calls() {
            return List.copyOf(calls);
        }

        @Override
        public RerouteState look(RerouteId id) {
            return new RerouteState(
                    status,
                    RerouteCause.REJECTED,
                    "ST-HARBOR",
                    status == RerouteStatus.REROUTED ? List.of("WH-EAST") : List.of(),
                    "2 × NW-TEE",
                    "nobody has it",
                    status == RerouteStatus.OFFERED ? due : null,
                    backordered && status == RerouteStatus.WAITING,
                    moved && status == RerouteStatus.WAITING,
                    tooLate && status == RerouteStatus.WAITING);
        }

        @Override
        public StepResult takeAway(RerouteId id) {
            calls.add("takeAway");
            status = RerouteStatus.TAKEN_AWAY;
            return StepResult.done();
        }

        @Override
        public StepResult place(RerouteId id) {
            calls.add("place");
            if (refuses) {
                return StepResult.parked(CASE, FailureCode.NO_FACILITY);
            }
            if (!status.ended()) {
                status = finds;
            }
            return status == RerouteStatus.WAITING ? StepResult.waiting() : StepResult.done();
        }

        @Override
        public StepResult tellChoices(RerouteId id) {
            calls.add("tellChoices");
            return mute && status == RerouteStatus.OFFERED
                    ? StepResult.parked(CASE, FailureCode.MESSAGE_REFUSED)
                    : StepResult.done();
        }

        @Override
        public StepResult tellWait(RerouteId id) {
            calls.add("tellWait");
            return mute && status == RerouteStatus.WAITING
                    ? StepResult.parked(CASE, FailureCode.MESSAGE_REFUSED)
                    : StepResult.done();
        }

        @Override
        public StepResult tellMoved(RerouteId id) {
            calls.add("tellMoved");
            if (mute && status == RerouteStatus.WAITING) {
                return StepResult.parked(CASE, FailureCode.MESSAGE_REFUSED);
            }
            moved = false;
            return StepResult.done();
        }

        @Override
        public StepResult askPatience(RerouteId id) {
            calls.add("askPatience");
            tooLate = false;
            return StepResult.done();
        }

        @Override
        public void lapse(RerouteId id) {
            calls.add("lapse");
            status = RerouteStatus.ANSWERED;
        }

        @Override
        public boolean decided(String caseId) {
            return !refuses && !mute;
        }

        @Override
        public String amend(String caseId, String amendmentId) {
            return decide(caseId, Action.AMEND_AND_RETRY);
        }

        @Override
        public String decide(String caseId, Action action) {
            return action + " is decided";
        }

        @Override
        public void refuse(String subject) {
            calls.add("refuse");
        }
    }

    /** An ERP that is told of nothing but from where goods go. */
    private record Books(List<String> calls) implements FinanceSteps {
        @Override
        public StepResult moveDemand(OrderId order) {
            calls.add("moveDemand");
            return StepResult.done();
        }

        @Override
        public StepResult announce(OrderId order) {
            throw new IllegalStateException(NOT_HERE);
        }

        @Override
        public StepResult invoice(FulfillmentOrderId handedOver) {
            throw new IllegalStateException(NOT_HERE);
        }

        @Override
        public StepResult settle(OrderId order) {
            throw new IllegalStateException(NOT_HERE);
        }

        @Override
        public Instant paymentDue(OrderId order) {
            throw new IllegalStateException(NOT_HERE);
        }

        @Override
        public StepResult withdraw(OrderId order) {
            throw new IllegalStateException(NOT_HERE);
        }

        @Override
        public StepResult reverse(OrderId order) {
            throw new IllegalStateException(NOT_HERE);
        }
    }
}
