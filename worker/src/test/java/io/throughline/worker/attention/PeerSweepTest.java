package io.throughline.worker.attention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.temporal.api.common.v1.WorkflowExecution;
import io.temporal.api.workflowservice.v1.PollWorkflowTaskQueueResponse;
import io.throughline.domain.SettableClock;
import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.Origin;
import io.throughline.domain.counter.SaleHistory;
import io.throughline.domain.counter.SaleName;
import io.throughline.domain.counter.TestingCounterReturns;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Reroute;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteStatus;
import io.throughline.domain.fulfillment.SampleFacilities;
import io.throughline.domain.fulfillment.TestingFulfillmentOrders;
import io.throughline.domain.fulfillment.TestingReroutes;
import io.throughline.domain.inbox.InboxMessage;
import io.throughline.domain.inbox.TestingInbox;
import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.OpenProcesses;
import io.throughline.domain.intervention.TestingCases;
import io.throughline.domain.inventory.ImportId;
import io.throughline.domain.inventory.StockImport;
import io.throughline.domain.inventory.WarehouseFeed;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.SampleRefunds;
import io.throughline.domain.returns.TestingReturns;
import io.throughline.domain.sale.SampleSales;
import io.throughline.domain.sale.TestingStoreDays;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A return, a reroute, a store's day or what runs for an account may stand still as an order may, and is shown as one is. */
class PeerSweepTest {
    private static final Order ORDER = SampleOrders.twoLinesWithTaxAndDiscount();
    private static final CounterReturn COUNTER = new CounterReturn(
            CounterReturnId.of("till", "k-1"),
            new Origin.OfSale(new SaleName(SampleSales.STORE, "S-1")),
            SampleSales.STORE,
            "returns-test",
            RefundTo.ORIGINAL,
            "clerk",
            SampleSales.NOON,
            List.of(),
            SampleRefunds.ofOneUnit(ORDER, ORDER.lines().getFirst().id(), "20.00"),
            false,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());
    private static final ImportId IMPORT = new ImportId("I-7");
    private static final String FAILS = "its workflow tasks fail in our own code, again and again";

    private final SettableClock clock = new SettableClock(Instant.parse("2026-11-23T08:00:00Z"));
    private final TestingCases cases = new TestingCases(clock);
    private final TestingInbox inbox = new TestingInbox(clock);
    private final TestingAttention facts = new TestingAttention();
    private final TestingRuns engine = new TestingRuns();
    private final RetriedTasks retried = new RetriedTasks(clock);
    private final TestingReturns returns = new TestingReturns();
    private final TestingFulfillmentOrders work = new TestingFulfillmentOrders(clock);
    private final TestingReroutes reroutes = new TestingReroutes(work, clock);
    private final TestingStoreDays days = new TestingStoreDays();
    private final List<String> opened = new ArrayList<>();
    private final OpenProcesses open = (mark, until, limit) -> {
        int from = mark.isEmpty() ? 0 : Integer.parseInt(mark);
        int to = Math.min(opened.size(), from + limit);
        return new OpenProcesses.Page(opened.subList(from, to), to < opened.size() ? Integer.toString(to) : "");
    };
    private boolean booked;
    private final StoredPeers peers = new StoredPeers(
            open,
            returns,
            new TestingCounterReturns(
                    COUNTER,
                    new SaleHistory(
                            SampleSales.mug("S-1", SampleOrders.MUG, SampleSales.NOON),
                            Optional.empty(),
                            List.of(),
                            List.of())),
            reroutes,
            days,
            id -> Optional.of(imported()).filter(one -> one.id().equals(id)),
            cases,
            facts,
            new SampleFacilities(),
            new SampleAccounts());
    private final AttentionSweep sweep =
            new AttentionSweep(facts, engine, retried, peers, cases, inbox, Duration.ofSeconds(15), 2, clock);
    private final String returned = authorised().workflowId(SampleAccounts.SHOP);

    private ReturnId authorised() {
        return returns.authorise(
                ORDER,
                new ReturnedTo.ByMail(),
                false,
                new ReturnRequest.Line(ORDER.lines().getFirst().id(), 1, ReturnReason.UNWANTED, Optional.empty()));
    }

    private StockImport imported() {
        return new StockImport(
                IMPORT,
                new WarehouseFeed(
                        SampleAccounts.SHOP,
                        SampleFacilities.ST_HARBOR,
                        "counts",
                        7,
                        WarehouseFeed.Mode.DELTA,
                        Optional.empty(),
                        WarehouseFeed.Unnamed.UNTOUCHED),
                new StockImport.Progress(3, 1, 1, 0, 0, 0, 0, 0, booked),
                List.of(),
                SampleSales.NOON,
                Optional.empty(),
                Optional.empty());
    }

    private Reroute rerouted() {
        facts.open().add(ORDER.key());
        return reroutes.open(
                work.create(
                                ORDER.id(),
                                SampleFacilities.ST_HARBOR,
                                DeliveryMethod.SHIPPING,
                                FulfillmentStatus.RELEASED,
                                Optional.empty(),
                                List.of(new LineQuantity("L1", SampleOrders.TEE, 1)))
                        .id(),
                RerouteCause.SILENT);
    }

    @Test
    void whoseTasksFailIsShownOnceAtItsOwnSubjectUntilItGetsOn() {
        days.summary(1);
        Case told = cases.open(SampleAccounts.SHOP, ORDER.id().value(), "erp.announce", FailureCode.ERP_REJECTED, "no");
        cases.close(told.id(), "it was sent");
        Map<String, String> subjects = Map.of(
                IMPORT.workflowId(),
                IMPORT.workflowId(),
                "case/" + told.id(),
                "case/" + told.id(),
                returned,
                ORDER.id() + "-R1",
                COUNTER.id().workflowId(),
                COUNTER.id().value(),
                SampleSales.DAY.value(),
                SampleSales.DAY.value(),
                "inventory/" + SampleAccounts.SHOP,
                "inventory/" + SampleAccounts.SHOP,
                "reconcile/" + SampleAccounts.SHOP_JP + "-2026-11-23T08:00:00Z",
                "reconcile/" + SampleAccounts.SHOP_JP + "-2026-11-23T08:00:00Z");
        subjects.keySet().forEach(this::fails);

        sweep.retriedTasks();
        subjects.keySet().forEach(this::fails);
        sweep.retriedTasks();
        sweep.openCases();

        assertThat(cases.open())
                .allSatisfy(shown -> assertThat(shown.code()).isEqualTo(FailureCode.PROCESS_STANDS_STILL))
                .allSatisfy(shown -> assertThat(shown.detail()).isEqualTo(FAILS))
                .extracting(Case::subject)
                .containsExactlyInAnyOrderElementsOf(subjects.values());
        assertThat(cases.open())
                .filteredOn(shown -> shown.subject().startsWith("reconcile/"))
                .extracting(Case::account)
                .containsExactly(SampleAccounts.SHOP_JP);

        subjects.keySet().forEach(id -> engine.runs(id, clock.instant(), Optional.empty()));
        sweep.openCases();
        assertThat(cases.open()).isEmpty();
    }

    @Test
    void aRerouteIsShownAsItsOrdersBesideWhatElseTheOrderHas() {
        Reroute reroute = rerouted();
        cases.open(SampleAccounts.SHOP, ORDER.id().value(), "erp.announce order", FailureCode.ERP_REJECTED, "no");
        fails(reroute.id().workflowId());
        sweep.retriedTasks();

        assertThat(cases.open())
                .extracting(Case::step)
                .contains("reroute.process " + reroute.id().work());
        assertThat(cases.open())
                .hasSize(2)
                .allSatisfy(shown ->
                        assertThat(shown.subject()).isEqualTo(ORDER.id().value()));
        sweep.openCases();
        assertThat(cases.open()).hasSize(2);

        reroutes.end(reroute.id(), RerouteStatus.CALLED_OFF, Reroute.Finding.of("its order has ended"), List.of());
        sweep.openCases();
        assertThat(cases.open()).extracting(Case::code).containsExactly(FailureCode.ERP_REJECTED);
    }

    @Test
    void whatItsOwnStepHasToldIsNotToldAgain() {
        cases.open(SampleAccounts.SHOP, ORDER.id() + "-R1", "refund", FailureCode.SYSTEM_UNREACHABLE, "away");
        Reroute reroute = rerouted();
        cases.open(
                SampleAccounts.SHOP,
                ORDER.id().value(),
                "reroute.look " + reroute.id().work(),
                FailureCode.INTERNAL_ERROR,
                "why");
        fails(returned);
        fails(reroute.id().workflowId());

        sweep.retriedTasks();

        assertThat(cases.open()).hasSize(2).noneMatch(shown -> shown.code() == FailureCode.PROCESS_STANDS_STILL);
    }

    @Test
    void whatTellsNothingOfItsStandstillHidesNone() {
        cases.open(SampleAccounts.SHOP, ORDER.id() + "-R1", "label P1", FailureCode.LABEL_NOT_VOIDED, "too late");
        Case refund = cases.open(SampleAccounts.SHOP, ORDER.id() + "-R1", "refund", FailureCode.REFUND_MISSING, "none");
        cases.decide(refund.id(), Action.RETRY);
        stands(returned);
        assertThat(cases.open()).as("what was decided has its time").hasSize(1);

        clock.advance(AttentionSweep.HELPS_WITHIN.plusSeconds(1));
        stands(returned);

        assertThat(cases.open())
                .extracting(Case::code)
                .containsExactly(FailureCode.LABEL_NOT_VOIDED, FailureCode.PROCESS_STANDS_STILL);
    }

    @Test
    void tasksThatFailAreShownBesideWhatItsStepHasTold() {
        cases.open(SampleAccounts.SHOP, ORDER.id() + "-R1", "refund", FailureCode.SYSTEM_UNREACHABLE, "away");
        engine.runs(returned, new Runs.Run(true, clock.instant(), Optional.of(FAILS), false, true));
        hear(returned);
        sweep.retriedTasks();

        assertThat(cases.open())
                .extracting(Case::code)
                .containsExactly(FailureCode.SYSTEM_UNREACHABLE, FailureCode.PROCESS_STANDS_STILL);
    }

    private void stands(String workflowId) {
        engine.runs(workflowId, clock.instant(), Optional.of("its step is tried again and again"));
        hear(workflowId);
        sweep.retriedTasks();
    }

    /** Nobody hears of its end: the order waits for its reroute, and the customer for the refund. */
    @Test
    void whatEndedBadlyIsBegunAgainOnceAndItsCaseStaysUntilItLasts() {
        days.summary(1);
        List<String> all = List.of(
                returned,
                COUNTER.id().workflowId(),
                SampleSales.DAY.value(),
                IMPORT.workflowId(),
                rerouted().id().workflowId());
        all.forEach(id -> engine.runs(id, clock.instant(), Optional.empty()));
        all.forEach(engine::endsBadly);

        sweep.endsOfRuns();
        sweep.endsOfRuns();
        sweep.openCases();

        assertThat(inbox.messages()).extracting(InboxMessage::subject).containsExactlyInAnyOrderElementsOf(all);
        assertThat(inbox.messages()).extracting(InboxMessage::topic).containsOnly("throughline/attention");
        assertThat(cases.open()).hasSize(5).allMatch(shown -> shown.code() == FailureCode.PROCESS_MISSING);

        all.forEach(id -> engine.runs(id, clock.instant(), Optional.empty()));
        sweep.openCases();
        assertThat(cases.open()).as("they have just begun").hasSize(5);
        clock.advance(Duration.ofSeconds(40));
        sweep.openCases();
        assertThat(cases.open()).isEmpty();
    }

    /** Temporal's data is of yesterday, or gone: nobody tells that anything has ended. */
    @Test
    void whatTemporalKnowsNothingOfIsFoundByTheOpenFactsPageByPage() {
        days.summary(1);
        opened.addAll(List.of(
                returned,
                COUNTER.id().workflowId(),
                rerouted().id().workflowId(),
                IMPORT.workflowId(),
                SampleSales.DAY.value()));
        engine.runs(COUNTER.id().workflowId(), clock.instant(), Optional.empty());

        sweep.openPeers();
        assertThat(engine.looks())
                .as("a turn asks a bounded number of questions")
                .isEqualTo(2);
        assertThat(cases.open()).extracting(Case::subject).containsExactly(ORDER.id() + "-R1");
        for (int turn = 0; turn < 5; turn++) {
            sweep.openPeers();
        }

        List<String> lost = new ArrayList<>(opened);
        lost.remove(COUNTER.id().workflowId());
        assertThat(inbox.messages())
                .as("each is begun once")
                .extracting(InboxMessage::subject)
                .containsExactlyInAnyOrderElementsOf(lost);
        assertThat(cases.open()).hasSize(4).allMatch(shown -> shown.code() == FailureCode.PROCESS_MISSING);
    }

    /** A new type does not compile here before it is said how the sweep finds what it is about. Who looks at the queue sees if it does not come. */
    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "CASE_QUEUE")
    void whateverAWorkerRunsIsLookedAfter(SweptType type) {
        days.summary(1);
        Case told = cases.open(SampleAccounts.SHOP, ORDER.id().value(), "erp.announce", FailureCode.ERP_REJECTED, "no");
        String process = switch (type) {
            case ORDER -> ORDER.key().workflowId();
            case REROUTE -> rerouted().id().workflowId();
            case RETURN -> returned;
            case COUNTER_RETURN -> COUNTER.id().workflowId();
            case STORE_DAY -> SampleSales.DAY.value();
            case STOCK_IMPORT -> IMPORT.workflowId();
            case RECONCILIATION -> "reconcile/" + SampleAccounts.SHOP;
            case INVENTORY -> "inventory/" + SampleAccounts.SHOP;
            case STOCK_FEED -> "stock-feed/" + SampleAccounts.SHOP;
            case ERP_STOCK -> "erp-stock/" + SampleAccounts.ERP;
            case CATALOG -> "catalog/" + SampleAccounts.SHOP;
            case PRODUCTS -> "products/" + SampleAccounts.SHOP;
            case CUSTOMER -> "customer/" + SampleAccounts.SHOP + "/4711";
            case CASE_DECISION -> "case/" + told.id();
            case CASE_QUEUE -> throw new AssertionError("it is about nothing");
        };
        cases.close(told.id(), "it was sent");
        facts.open().add(ORDER.key());
        fails(process);

        sweep.retriedTasks();

        assertThat(cases.open())
                .extracting(Case::code, Case::detail)
                .containsExactly(tuple(FailureCode.PROCESS_STANDS_STILL, FAILS));
    }

    @Test
    void whatIsOverIsMissedByNobody() {
        returns.close(authorised());
        engine.endsBadly(ORDER.id() + "-R2");
        engine.endsBadly(SampleSales.DAY.value());
        engine.endsBadly("return/" + SampleAccounts.SHOP + "/" + ORDER.id() + "-R2");
        engine.endsBadly("return/" + SampleAccounts.SHOP + "/" + ORDER.id() + "-R9");
        engine.endsBadly("return/whatever");
        engine.endsBadly("store-day/no such place/2026-11-23");
        booked = true;
        engine.endsBadly(IMPORT.workflowId());
        engine.endsBadly("stock-import/I-8");

        sweep.endsOfRuns();

        assertThat(cases.all()).isEmpty();
        assertThat(inbox.messages()).isEmpty();
    }

    private void fails(String workflowId) {
        engine.runs(workflowId, clock.instant(), Optional.of(FAILS));
        hear(workflowId);
    }

    private void hear(String workflowId) {
        retried.heard(PollWorkflowTaskQueueResponse.newBuilder()
                .setWorkflowExecution(WorkflowExecution.newBuilder().setWorkflowId(workflowId))
                .setAttempt(4)
                .build());
    }
}
