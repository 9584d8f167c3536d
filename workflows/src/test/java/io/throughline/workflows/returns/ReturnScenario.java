package io.throughline.workflows.returns;

import io.temporal.api.enums.v1.IndexedValueType;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.TestWorkflowEnvironment;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.returns.GoodsStatus;
import io.throughline.domain.returns.MoneyStatus;
import io.throughline.domain.returns.ParcelTask;
import io.throughline.domain.returns.ReturnId;
import io.throughline.workflows.SkippedTime;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.call.Story;
import io.throughline.workflows.intervention.CaseSteps;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A return over facts that a test makes up, on a server whose time is skipped. */
public final class ReturnScenario implements AutoCloseable {
    private static final ReturnId ID = new ReturnId("O-7K2M9Q4XTA-R1");
    private static final String CASE = "C-1001";

    final Facts facts = new Facts();
    private final TestWorkflowEnvironment environment = SkippedTime.newServer();
    private final ReturnWorkflow process;

    public ReturnScenario() {
        this(false, false);
    }

    /** A label is to be bought for what the customer sends. */
    public static ReturnScenario labelled() {
        return new ReturnScenario(true, false);
    }

    /** It is refused while the label for it is bought. */
    public static ReturnScenario labelledTooLate() {
        return new ReturnScenario(true, true);
    }

    /** {@code labelled}: a label is to be bought for what the customer sends; {@code refusedMeanwhile}: it is refused while that is bought. */
    private ReturnScenario(boolean labelled, boolean refusedMeanwhile) {
        this(labelled, labelled, refusedMeanwhile);
    }

    /** A label is to be bought, and money given once that is known, in a run that was begun by a worker which knew of no labels. */
    static ReturnScenario begunBeforeLabels() {
        return new ReturnScenario(true, false, false);
    }

    private ReturnScenario(boolean labelled, boolean begunSo, boolean refusedMeanwhile) {
        facts.parcel = labelled ? ParcelTask.LABEL : null;
        facts.moneyAfterLabel = labelled && !begunSo;
        facts.refusedMeanwhile = refusedMeanwhile;
        environment.registerSearchAttribute("SalesChannel", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        environment.registerSearchAttribute("FinancialPosting", IndexedValueType.INDEXED_VALUE_TYPE_KEYWORD);
        SkippedTime.showsStalls(environment);
        environment.newWorker("orders").registerWorkflowImplementationTypes(ReturnWorkflowImpl.class);
        environment.getWorkerFactory().getWorker("orders").registerActivitiesImplementations(facts);
        List.of("shopify", "erp", "messaging", "carrier")
                .forEach(queue -> environment.newWorker(queue).registerActivitiesImplementations(facts));
        environment.start();
        facts.due = now().plus(Duration.ofDays(30));
        process = environment
                .getWorkflowClient()
                .newWorkflowStub(
                        ReturnWorkflow.class,
                        WorkflowOptions.newBuilder()
                                .setWorkflowId("return/northwind/" + ID)
                                .setTaskQueue("orders")
                                .build());
        WorkflowClient.start(
                process::run,
                new ReturnInput(ID, true, "shopify", Set.of("orders", "shopify", "messaging", "carrier"), begunSo));
    }

    /** It comes, somebody looks at it, the channel differs until somebody bears that, and pays later. */
    public String refundedAfterADecision() {
        facts.differs = true;
        becomes(GoodsStatus.RECEIVED);
        becomes(GoodsStatus.INSPECTED);
        await("the case", () -> facts.calls().contains("compare"));
        facts.differs = false;
        process.wake(CASE);
        await("the refund", () -> facts.money == MoneyStatus.ISSUED);
        facts.paid = true;
        process.wake("return");
        return result();
    }

    /** Somebody has given it back at the channel, and put it on a shelf there. */
    public String putBackAtTheChannel() {
        facts.money = MoneyStatus.CONFIRMED;
        facts.asksShelves = true;
        process.wake("return");
        return result();
    }

    /** The same, decided by what the details show. */
    String refundedAfterAPastedDecision() {
        facts.differs = true;
        becomes(GoodsStatus.RECEIVED);
        becomes(GoodsStatus.INSPECTED);
        await("the case", () -> process.waitingFor().contains("`\"" + CASE + " ACCEPT_DIFFERENCE\"`"));
        await("the refund in words", () -> process.waitingFor().contains("**Refund:** 24.42 USD shopify_payments"));
        facts.differs = false;
        WorkflowStub.fromTyped(process).update("decide", String.class, CASE + " ACCEPT_DIFFERENCE");
        await("the refund", () -> facts.money == MoneyStatus.ISSUED);
        facts.paid = true;
        process.wake("return");
        return result();
    }

    /** What is taken in exchange is paid for, ordered, and done; only then the rest is given back. */
    public String exchanged() {
        facts.exchanging = true;
        facts.paid = true;
        becomes(GoodsStatus.RECEIVED);
        becomes(GoodsStatus.INSPECTED);
        await("the word to pay", () -> facts.calls().contains("tellToPay"));
        facts.exchangePaid = true;
        process.wake("return");
        await("the wait for the order", () -> facts.payUntil == null);
        facts.orderDone = true;
        process.wake("return");
        return result();
    }

    /** Somebody else does not pay for what was taken, so it goes back to a customer who is told why. */
    public String refusedByASecondPerson() {
        facts.unapproved = true;
        becomes(GoodsStatus.RECEIVED);
        becomes(GoodsStatus.INSPECTED);
        await("the stock", () -> facts.calls().contains("book"));
        await("the case", () -> process.waitingFor().contains(FailureCode.REFUND_UNAPPROVED.name()));
        facts.refused = true;
        facts.unapproved = false;
        process.wake(CASE);
        return result();
    }

    /** Nobody pays for it. */
    String exchangedForNothing() {
        facts.exchanging = true;
        facts.paid = true;
        facts.tooLate = () -> !now().isBefore(facts.due.plus(Duration.ofDays(7)));
        becomes(GoodsStatus.RECEIVED);
        becomes(GoodsStatus.INSPECTED);
        await("the word to pay", () -> facts.calls().contains("tellToPay"));
        environment.sleep(Duration.ofDays(38));
        return result();
    }

    /** Nothing ever comes, until somebody gives it up. */
    public String neverSent() {
        environment.sleep(Duration.ofDays(31));
        await("the case", () -> facts.calls().contains("reviewOverdue"));
        facts.givenUp = true;
        process.wake(CASE);
        return result();
    }

    /** A carrier has lost it, so nothing comes; the channel pays at once. */
    public String lostOnItsWay() {
        await("the wait", () -> process.waitingFor().contains(MoneyStatus.AWAITS_GOODS.name()));
        facts.goods = GoodsStatus.NOT_TO_COME;
        facts.money = MoneyStatus.UNCALCULATED;
        facts.paid = true;
        process.wake("return");
        return result();
    }

    /** The ERP refuses the credit note until somebody has decided; tells what is shown of the books meanwhile. */
    String shownWhileItsCreditIsRefused() {
        facts.creditRefused = true;
        facts.paid = true;
        becomes(GoodsStatus.RECEIVED);
        becomes(GoodsStatus.INSPECTED);
        await("the case", () -> process.waitingFor().contains(FailureCode.CREDIT_REJECTED.name()));
        String shown = posting();
        facts.creditRefused = false;
        process.wake(CASE);
        result();
        return shown + ", then " + posting();
    }

    String posting() {
        return String.valueOf(WorkflowStub.fromTyped(process)
                .describe()
                .getTypedSearchAttributes()
                .get(Story.FINANCIAL_POSTING));
    }

    /** Labelled, scanned when the time for it is almost over, delivered, received and inspected. */
    String carried() {
        await("the label", () -> facts.calls().contains("tellAuthorised"));
        environment.sleep(Duration.ofDays(29));
        facts.goods = GoodsStatus.IN_TRANSIT;
        facts.due = now().plus(Duration.ofDays(21));
        process.wake("return");
        environment.sleep(Duration.ofDays(10));
        facts.goods = GoodsStatus.DELIVERED;
        facts.due = now().plus(Duration.ofDays(3));
        facts.paid = true;
        process.wake("return");
        becomes(GoodsStatus.INSPECTED);
        return result();
    }

    /** As soon as its label is known, money is given for what comes later. */
    String refundedBeforeItsGoods() {
        await("the refund", () -> facts.money == MoneyStatus.ISSUED);
        facts.paid = true;
        facts.goods = GoodsStatus.INSPECTED;
        process.wake("return");
        return result();
    }

    /** By itself. */
    public String ended() {
        return result();
    }

    /** Scanned and received, and nothing of it is taken. */
    public String labelledAndSentBack() {
        await("the label", () -> facts.calls().contains("tellAuthorised"));
        facts.goods = GoodsStatus.IN_TRANSIT;
        process.wake("return");
        await("the scan to be shown", () -> process.waitingFor().contains(GoodsStatus.IN_TRANSIT.name()));
        becomes(GoodsStatus.RECEIVED);
        facts.parcel = ParcelTask.SEND_BACK;
        facts.paid = true;
        becomes(GoodsStatus.INSPECTED);
        return result();
    }

    public String refused() {
        await("the wait", () -> process.waitingFor().contains(MoneyStatus.AWAITS_GOODS.name()));
        facts.goods = GoodsStatus.REFUSED;
        facts.money = MoneyStatus.ENDED;
        process.wake("return");
        return result();
    }

    private void becomes(GoodsStatus status) {
        facts.goods = status;
        facts.toBook = status == GoodsStatus.INSPECTED;
        if (status == GoodsStatus.INSPECTED) {
            facts.money = MoneyStatus.UNCALCULATED;
        }
        process.wake("return");
    }

    private String result() {
        return WorkflowStub.fromTyped(process).getResult(String.class);
    }

    private void await(String what, BooleanSupplier condition) {
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

    /** What the database knows, and a channel with a mind of its own. */
    static final class Facts implements ReturnSteps, CaseSteps {
        private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
        private volatile GoodsStatus goods = GoodsStatus.AUTHORISED;
        private volatile MoneyStatus money = MoneyStatus.AWAITS_GOODS;
        private volatile Instant due = Instant.EPOCH;
        private volatile boolean toBook;
        private volatile boolean differs;
        private volatile boolean paid;
        private volatile boolean creditRefused;
        private volatile boolean givenUp;
        private volatile boolean asksShelves;
        private volatile boolean exchanging;
        private volatile boolean exchangePaid;
        private volatile boolean orderDone;
        private volatile @Nullable Instant payUntil;
        private volatile @Nullable ParcelTask parcel;
        private volatile boolean moneyAfterLabel;
        private volatile boolean refusedMeanwhile;
        private volatile boolean unapproved;
        private volatile boolean refused;
        private volatile BooleanSupplier tooLate = () -> false;

        List<String> calls() {
            return List.copyOf(calls);
        }

        @Override
        public ReturnState look(ReturnId id) {
            return new ReturnState(
                    goods,
                    money,
                    toBook,
                    due,
                    "24.42 USD",
                    exchanging,
                    payUntil,
                    "24.42 USD shopify_payments, refund R1",
                    parcel,
                    null,
                    refused,
                    asksShelves);
        }

        /** Whoever refuses the return meanwhile leaves a label that nobody needs. */
        @Override
        public StepResult label(ReturnId id) {
            parcel = null;
            if (moneyAfterLabel) {
                money = MoneyStatus.UNCALCULATED;
            }
            if (refusedMeanwhile) {
                goods = GoodsStatus.REFUSED;
                money = MoneyStatus.ENDED;
                parcel = ParcelTask.VOID_LABEL;
            }
            return done("label");
        }

        @Override
        public StepResult voidLabel(ReturnId id) {
            parcel = null;
            return done("voidLabel");
        }

        @Override
        public StepResult sendBack(ReturnId id) {
            parcel = ParcelTask.TELL_SENT_BACK;
            return done("sendBack");
        }

        @Override
        public StepResult tellSentBack(ReturnId id) {
            parcel = null;
            return done("tellSentBack");
        }

        @Override
        public StepResult tellAuthorised(ReturnId id) {
            return done("tellAuthorised");
        }

        @Override
        public StepResult book(ReturnId id) {
            toBook = false;
            return done("book");
        }

        @Override
        public StepResult reviewOverdue(ReturnId id) {
            calls.add("reviewOverdue");
            if (!givenUp) {
                return StepResult.parked(CASE, FailureCode.RETURN_OVERDUE);
            }
            goods = GoodsStatus.INSPECTED;
            money = MoneyStatus.ENDED;
            return StepResult.done();
        }

        @Override
        public StepResult calculate(ReturnId id) {
            money = MoneyStatus.UNAPPROVED;
            return done("calculate");
        }

        @Override
        public StepResult approve(ReturnId id) {
            if (unapproved) {
                return StepResult.parked(CASE, FailureCode.REFUND_UNAPPROVED);
            }
            parcel = refused ? ParcelTask.SEND_BACK : parcel;
            money = refused ? MoneyStatus.ENDED : MoneyStatus.APPROVED;
            return done("approve");
        }

        /** Asks for a payment first; hands over once that has come, or gives up when it is too late; then waits for the order's end. */
        @Override
        public StepResult exchange(ReturnId id) {
            calls.add("exchange");
            if (payUntil == null && !exchangePaid) {
                payUntil = due.plus(Duration.ofDays(7));
                return StepResult.done();
            }
            if (exchangePaid) {
                payUntil = null;
                exchanging = !orderDone;
                return orderDone ? StepResult.done() : StepResult.waiting();
            }
            if (tooLate.getAsBoolean()) {
                payUntil = null;
                exchanging = false;
                return StepResult.done();
            }
            return StepResult.waiting();
        }

        @Override
        public StepResult tellToPay(ReturnId id) {
            return done("tellToPay");
        }

        @Override
        public StepResult compare(ReturnId id) {
            calls.add("compare");
            return differs ? StepResult.parked(CASE, FailureCode.REFUND_DIFFERS) : StepResult.done();
        }

        @Override
        public StepResult refund(ReturnId id) {
            money = MoneyStatus.ISSUED;
            return done("refund");
        }

        /** All of it lies there. */
        @Override
        public StepResult readShelves(ReturnId id) {
            asksShelves = false;
            goods = GoodsStatus.INSPECTED;
            toBook = true;
            return done("readShelves");
        }

        @Override
        public StepResult confirm(ReturnId id) {
            if (!paid) {
                return StepResult.waiting();
            }
            money = MoneyStatus.CONFIRMED;
            return done("confirm");
        }

        @Override
        public StepResult tellRefunded(ReturnId id) {
            return done("tellRefunded");
        }

        @Override
        public StepResult tellRefused(ReturnId id) {
            return done("tellRefused");
        }

        @Override
        public StepResult post(ReturnId id) {
            if (creditRefused) {
                return StepResult.parked(CASE, FailureCode.CREDIT_REJECTED);
            }
            money = MoneyStatus.ENDED;
            return done("post");
        }

        @Override
        public void close(ReturnId id) {
            calls.add("close");
        }

        private StepResult done(String step) {
            calls.add(step);
            return StepResult.done();
        }

        @Override
        public boolean decided(String caseId) {
            return !differs && !creditRefused && !unapproved && (givenUp || goods == GoodsStatus.INSPECTED);
        }

        @Override
        public String amend(String caseId, String amendmentId) {
            return decide(caseId, Action.AMEND_AND_RETRY);
        }

        @Override
        public String decide(String caseId, Action action) {
            calls.add("decide " + caseId + " " + action);
            return "decided";
        }

        @Override
        public void refuse(String subject) {
            calls.add("refuse " + subject);
        }
    }
}
