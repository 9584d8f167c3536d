package io.throughline.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.workflows.catalog.CatalogSyncScenario;
import io.throughline.workflows.catalog.CatalogSyncWorkflowImpl;
import io.throughline.workflows.catalog.ProductNewsScenario;
import io.throughline.workflows.catalog.ProductNewsWorkflowImpl;
import io.throughline.workflows.counter.CounterReturnScenario;
import io.throughline.workflows.counter.CounterReturnWorkflowImpl;
import io.throughline.workflows.customer.CustomerUpdateScenario;
import io.throughline.workflows.customer.CustomerUpdateWorkflowImpl;
import io.throughline.workflows.fulfillment.FulfillmentRerouteWorkflowImpl;
import io.throughline.workflows.fulfillment.RerouteScenario;
import io.throughline.workflows.intervention.CaseDecisionScenario;
import io.throughline.workflows.intervention.CaseDecisionWorkflowImpl;
import io.throughline.workflows.intervention.CaseQueueWorkflowImpl;
import io.throughline.workflows.inventory.ErpStockScenario;
import io.throughline.workflows.inventory.ErpStockWorkflowImpl;
import io.throughline.workflows.inventory.ImportScenario;
import io.throughline.workflows.inventory.InventorySyncScenario;
import io.throughline.workflows.inventory.InventorySyncWorkflowImpl;
import io.throughline.workflows.inventory.StockFeedScenario;
import io.throughline.workflows.inventory.StockFeedWorkflowImpl;
import io.throughline.workflows.inventory.StockImportWorkflowImpl;
import io.throughline.workflows.order.OrderToCashWorkflowImpl;
import io.throughline.workflows.reconciliation.ReconciliationScenario;
import io.throughline.workflows.reconciliation.ReconciliationWorkflowImpl;
import io.throughline.workflows.returns.ReturnScenario;
import io.throughline.workflows.returns.ReturnWorkflowImpl;
import io.throughline.workflows.sale.StoreDayScenario;
import io.throughline.workflows.sale.StoreDayWorkflowImpl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays the recorded history of each path against the process as it is now. {@code -Drecord=true} records those that are missing; one
 * is recorded anew after its file was deleted, which is allowed only until the first release.
 */
class ReplayTest {
    private static final Path MAIN = Path.of("src/main/java");
    private static final String PROCESS = "WorkflowImpl.java";

    /** A way through a process, by the name of its recorded history; {@code played} goes it once and gives what it left. */
    record Recorded(String name, Class<?> process, Supplier<WorkflowExecutionHistory> played) {
        Path file() {
            return RecordedHistories.file(name);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Recorded> paths() {
        Order shipped = SampleOrders.twoLinesWithTaxAndDiscount();
        Order authorised = SampleOrders.authorisedOnly();
        return Stream.of(
                completed("shipped-from-warehouse", shipped, Paths::shippedFromWarehouse),
                ended(
                        "shipped-by-queues",
                        "COMPLETED",
                        Paths::shippedFromWarehouse,
                        () -> OrderScenario.queued(authorised)),
                ended(
                        "sold-by-a-marketplace",
                        "COMPLETED",
                        Paths::shippedFromWarehouse,
                        () -> OrderScenario.sold(shipped)),
                completed("picked-up", SampleOrders.pickup(), Paths::pickedUp),
                completed("reminded-then-picked-up", SampleOrders.pickup(), Paths::remindedThenPickedUp),
                // Square's sales were orders before they began no process (ADR 33); those that are open still go this
                // way.
                completed("taken-away-at-the-till", SampleOrders.tillSale(), Paths::takenAwayAtTheTill),
                completed("nothing-to-ship", SampleOrders.onlyAGiftCard(), Paths::nothingToShip),
                completed("split-in-two", SampleOrders.twoBags(), Paths::splitInTwo),
                completed("silent-then-rerouted", shipped, Paths::silentThenRerouted),
                completed("rejected-then-rerouted", shipped, Paths::rejectedThenRerouted),
                completed("labelled-then-shipped", shipped, Paths::labelledThenShipped),
                ended(
                        "labelled-then-cancelled",
                        "CANCELLED",
                        Paths::labelledThenCancelled,
                        () -> OrderScenario.of(shipped)),
                completed("held-then-released", shipped, Paths::heldThenReleased),
                completed("stock-missing-then-restocked", shipped, Paths::stockMissingThenRestocked),
                completed("backordered-then-received", shipped, Paths::backorderedThenReceived),
                ended(
                        "backordered-for-too-long",
                        "CANCELLED",
                        Paths::backorderedForTooLong,
                        () -> OrderScenario.of(shipped)),
                completed("shipped-in-parts", shipped, Paths::shippedInParts),
                completed("cancelled-between-its-parts", shipped, Paths::cancelledBetweenItsParts),
                completed("shipped-then-paid", shipped, Paths::shippedThenPaid),
                completed("capture-declined-then-borne", authorised, Paths::captureDeclinedThenBorne),
                completed("message-refused-then-borne", shipped, Paths::messageRefusedThenBorne),
                completed("refused-by-erp-then-mended", shipped, Paths::refusedByErpThenMended),
                completed("stalled-then-continued", shipped, Paths::stalledThenContinued),
                completed("acceptance-proposed-then-decided", authorised, Paths::acceptanceProposedThenDecided),
                completed("decided-by-update", shipped, Paths::decidedByUpdate),
                completed("changed-at-channel", shipped, Paths::changedThenShipped),
                completed("cancelled-too-late", shipped, Paths::cancelledTooLate),
                ended(
                        "cancelled-while-released",
                        "CANCELLED",
                        Paths::cancelledWhileReleased,
                        () -> OrderScenario.of(shipped)),
                completed("cancellation-declined", shipped, Paths::cancellationDeclined),
                completed("disputed-then-let-go", shipped, Paths::disputedThenLetGo),
                completed("authorisation-at-risk-then-borne", authorised, Paths::authorisationAtRiskThenBorne),
                completed("blocked-books-beside-a-rejection", shipped, Paths::blockedBooksBesideARejection),
                completed("unreadable-then-decided", shipped, Paths::unreadableThenDecided),
                completed("woken-for-weeks", shipped, Paths::wokenForWeeks),
                new Recorded("reconciled-after-an-outage", ReconciliationWorkflowImpl.class, ReplayTest::reconciled),
                new Recorded("store-day-with-a-supplement", StoreDayWorkflowImpl.class, ReplayTest::storeDay),
                new Recorded("returned-and-refunded", ReturnWorkflowImpl.class, ReplayTest::returned),
                new Recorded("labelled-and-sent-back", ReturnWorkflowImpl.class, ReplayTest::labelledAndSentBack),
                new Recorded("lost-and-refunded", ReturnWorkflowImpl.class, ReplayTest::lost),
                new Recorded(
                        "exchanged-then-refunded",
                        ReturnWorkflowImpl.class,
                        () -> returned(ReturnScenario::new, ReturnScenario::exchanged)),
                new Recorded(
                        "never-sent-then-given-up",
                        ReturnWorkflowImpl.class,
                        () -> returned(ReturnScenario::new, ReturnScenario::neverSent)),
                new Recorded(
                        "label-bought-too-late",
                        ReturnWorkflowImpl.class,
                        () -> returned(ReturnScenario::labelledTooLate, ReturnScenario::ended)),
                new Recorded(
                        "refused-by-a-second-person",
                        ReturnWorkflowImpl.class,
                        () -> returned(ReturnScenario::new, ReturnScenario::refusedByASecondPerson)),
                new Recorded(
                        "put-back-at-the-channel",
                        ReturnWorkflowImpl.class,
                        () -> returned(ReturnScenario::new, ReturnScenario::putBackAtTheChannel)),
                new Recorded(
                        "counter-return-approved-and-never-reported",
                        CounterReturnWorkflowImpl.class,
                        ReplayTest::neverReported),
                new Recorded(
                        "counter-return-refunded-and-paid-out",
                        CounterReturnWorkflowImpl.class,
                        ReplayTest::overCounter),
                new Recorded("rerouted-after-an-answer", FulfillmentRerouteWorkflowImpl.class, ReplayTest::rerouted),
                new Recorded("rerouted-after-a-long-delay", FulfillmentRerouteWorkflowImpl.class, ReplayTest::putOff),
                new Recorded("rerouted-unanswered", FulfillmentRerouteWorkflowImpl.class, ReplayTest::unanswered),
                new Recorded("decided-from-temporal", CaseDecisionWorkflowImpl.class, ReplayTest::decided),
                new Recorded("amended-from-temporal", CaseDecisionWorkflowImpl.class, ReplayTest::amended),
                new Recorded("queue-read-from-temporal", CaseQueueWorkflowImpl.class, ReplayTest::queueRead),
                new Recorded("stock-published-and-woken", InventorySyncWorkflowImpl.class, ReplayTest::published),
                new Recorded("stock-heard-and-swept", StockFeedWorkflowImpl.class, ReplayTest::heardAndSwept),
                new Recorded("stock-imported", StockImportWorkflowImpl.class, ReplayTest::imported),
                new Recorded("erp-asked-for-stock", ErpStockWorkflowImpl.class, ReplayTest::askedErp),
                new Recorded("erp-asked-and-compared", ErpStockWorkflowImpl.class, ReplayTest::askedErp),
                new Recorded("catalogue-taken-in", CatalogSyncWorkflowImpl.class, ReplayTest::catalogTakenIn),
                new Recorded("products-told-and-read", ProductNewsWorkflowImpl.class, ReplayTest::productsRead),
                new Recorded("customer-changed-twice", CustomerUpdateWorkflowImpl.class, ReplayTest::customerChanged));
    }

    private static Recorded completed(String name, Order order, Consumer<OrderScenario> path) {
        return ended(name, "COMPLETED", path, () -> OrderScenario.of(order));
    }

    private static Recorded ended(
            String name, String end, Consumer<OrderScenario> path, Supplier<OrderScenario> scenario) {
        return new Recorded(name, OrderToCashWorkflowImpl.class, () -> {
            try (OrderScenario order = scenario.get()) {
                path.accept(order);
                assertThat(order.result()).isEqualTo(end);
                return order.history();
            }
        });
    }

    private static WorkflowExecutionHistory reconciled() {
        try (ReconciliationScenario reconciliation = new ReconciliationScenario()) {
            assertThat(reconciliation.result()).isNotEmpty();
            return reconciliation.history();
        }
    }

    private static WorkflowExecutionHistory storeDay() {
        try (StoreDayScenario day = new StoreDayScenario()) {
            assertThat(day.result()).isNotEmpty();
            return day.history();
        }
    }

    private static WorkflowExecutionHistory overCounter() {
        try (CounterReturnScenario scenario = new CounterReturnScenario()) {
            assertThat(scenario.refundedSlowlyAndReported()).isNotEmpty();
            return scenario.history();
        }
    }

    private static WorkflowExecutionHistory returned() {
        try (ReturnScenario scenario = new ReturnScenario()) {
            assertThat(scenario.refundedAfterADecision()).isNotEmpty();
            return scenario.history();
        }
    }

    private static WorkflowExecutionHistory labelledAndSentBack() {
        try (ReturnScenario scenario = ReturnScenario.labelled()) {
            assertThat(scenario.labelledAndSentBack()).isNotEmpty();
            return scenario.history();
        }
    }

    private static WorkflowExecutionHistory rerouted() {
        try (RerouteScenario scenario = RerouteScenario.ofSomethingNobodyHas()) {
            assertThat(scenario.reroutedAfterAnAnswer()).isNotEmpty();
            return scenario.history();
        }
    }

    private static WorkflowExecutionHistory lost() {
        try (ReturnScenario scenario = new ReturnScenario()) {
            assertThat(scenario.lostOnItsWay()).isNotEmpty();
            return scenario.history();
        }
    }

    private static WorkflowExecutionHistory returned(
            Supplier<ReturnScenario> begun, Function<ReturnScenario, String> path) {
        try (ReturnScenario scenario = begun.get()) {
            assertThat(path.apply(scenario)).isNotEmpty();
            return scenario.history();
        }
    }

    private static WorkflowExecutionHistory neverReported() {
        try (CounterReturnScenario scenario = new CounterReturnScenario()) {
            assertThat(scenario.approvedAndNeverReported()).isNotEmpty();
            return scenario.history();
        }
    }

    private static WorkflowExecutionHistory putOff() {
        try (RerouteScenario scenario = RerouteScenario.ofSomethingThatIsExpected(false)) {
            assertThat(scenario.reroutedAfterALongDelay()).isEqualTo("REROUTED");
            return scenario.history();
        }
    }

    private static WorkflowExecutionHistory unanswered() {
        try (RerouteScenario scenario = RerouteScenario.ofSomethingNobodyHas()) {
            assertThat(scenario.reroutedByDefault()).isEqualTo("REROUTED");
            return scenario.history();
        }
    }

    private static WorkflowExecutionHistory decided() {
        try (CaseDecisionScenario decision = new CaseDecisionScenario()) {
            return decision.decided();
        }
    }

    private static WorkflowExecutionHistory amended() {
        try (CaseDecisionScenario decision = new CaseDecisionScenario()) {
            return decision.amended();
        }
    }

    private static WorkflowExecutionHistory queueRead() {
        try (CaseDecisionScenario decision = new CaseDecisionScenario()) {
            return decision.looked();
        }
    }

    private static WorkflowExecutionHistory published() {
        try (InventorySyncScenario sync = new InventorySyncScenario()) {
            sync.play();
            return sync.history();
        }
    }

    private static WorkflowExecutionHistory heardAndSwept() {
        try (StockFeedScenario feed = new StockFeedScenario()) {
            feed.sweepsAndHears();
            return feed.history();
        }
    }

    private static WorkflowExecutionHistory imported() {
        try (ImportScenario scenario = new ImportScenario()) {
            assertThat(scenario.result()).isNotEmpty();
            return scenario.history();
        }
    }

    private static WorkflowExecutionHistory askedErp() {
        try (ErpStockScenario scenario = new ErpStockScenario()) {
            return scenario.history();
        }
    }

    private static WorkflowExecutionHistory catalogTakenIn() {
        try (CatalogSyncScenario sync = new CatalogSyncScenario()) {
            sync.untilItBeginsAgain();
            return sync.history();
        }
    }

    private static WorkflowExecutionHistory productsRead() {
        try (ProductNewsScenario scenario = new ProductNewsScenario()) {
            assertThat(scenario.reads()).isEqualTo(3);
            return scenario.history();
        }
    }

    private static WorkflowExecutionHistory customerChanged() {
        try (CustomerUpdateScenario update = new CustomerUpdateScenario()) {
            assertThat(update.reads()).isEqualTo(2);
            return update.history();
        }
    }

    @ParameterizedTest
    @MethodSource("paths")
    void eachProcessStillGoesItsRecordedWays(Recorded recorded) throws IOException {
        if (Boolean.getBoolean("record") && Files.notExists(recorded.file())) {
            RecordedHistories.keep(recorded.file(), recorded.played().get());
        }
        assertThat(recorded.file()).as("record it with -Drecord=true").exists();
        WorkflowExecutionHistory history = RecordedHistories.read(recorded.file());

        assertThatCode(() -> WorkflowReplayer.replayWorkflowExecution(history, recorded.process()))
                .doesNotThrowAnyException();
    }

    @Test
    void everyRecordedHistoryIsReplayed() throws IOException {
        try (Stream<Path> files = Files.list(RecordedHistories.FOLDER)) {
            List<Path> known = paths().map(Recorded::file).toList();
            assertThat(files).containsExactlyInAnyOrderElementsOf(known);
        }
    }

    /** A process without one could change under its running orders, and nothing here would tell. */
    @Test
    void everyProcessHasARecordedHistory() throws IOException {
        try (Stream<Path> sources = Files.walk(MAIN)) {
            List<String> processes = sources.map(source -> source.getFileName().toString())
                    .filter(name -> name.endsWith(PROCESS))
                    .map(name -> name.substring(0, name.length() - ".java".length()))
                    .toList();
            assertThat(processes).isNotEmpty();
            assertThat(paths().map(recorded -> recorded.process().getSimpleName()))
                    .containsAll(processes);
        }
    }

    @Test
    void aProcessThatGoesAnotherWayIsCaught() throws IOException {
        WorkflowExecutionHistory history = RecordedHistories.read(RecordedHistories.file("shipped-by-queues"));

        assertThatThrownBy(() -> WorkflowReplayer.replayWorkflowExecution(history, BrokenOrderToCashWorkflow.class))
                .hasStackTraceContaining("NonDeterministicException");
    }
}
