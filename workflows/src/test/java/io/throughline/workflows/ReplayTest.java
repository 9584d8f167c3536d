package io.throughline.workflows;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.temporal.common.WorkflowExecutionHistory;
import io.temporal.testing.WorkflowReplayer;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.SampleOrders;
import io.throughline.workflows.order.OrderToCashWorkflowImpl;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Replays the recorded history of each path against the process as it is now. {@code -Drecord=true} records them anew, which is allowed
 * only until the first release.
 */
class ReplayTest {
    private static final Path HISTORIES = Path.of("src/test/resources/histories");

    /** A way through the process, by the name of its recorded history. */
    record Recorded(String name, Order order, boolean queued, Consumer<OrderScenario> path, String end) {
        Path file() {
            return HISTORIES.resolve(name + ".json");
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Recorded> paths() {
        Order shipped = SampleOrders.twoLinesWithTaxAndDiscount();
        return Stream.of(
                completed("shipped-from-warehouse", shipped, Paths::shippedFromWarehouse),
                new Recorded(
                        "shipped-by-queues",
                        SampleOrders.authorisedOnly(),
                        true,
                        Paths::shippedFromWarehouse,
                        "COMPLETED"),
                completed("picked-up", SampleOrders.pickup(), Paths::pickedUp),
                completed("split-in-two", SampleOrders.twoBags(), Paths::splitInTwo),
                completed("silent-then-rerouted", shipped, Paths::silentThenRerouted),
                completed("rejected-then-rerouted", shipped, Paths::rejectedThenRerouted),
                completed("held-then-released", shipped, Paths::heldThenReleased),
                completed("refused-by-erp-then-mended", shipped, Paths::refusedByErpThenMended),
                completed("changed-at-channel", shipped, Paths::changedThenShipped),
                completed("cancelled-too-late", shipped, Paths::cancelledTooLate),
                new Recorded("cancelled-while-released", shipped, false, Paths::cancelledWhileReleased, "CANCELLED"));
    }

    private static Recorded completed(String name, Order order, Consumer<OrderScenario> path) {
        return new Recorded(name, order, false, path, "COMPLETED");
    }

    @ParameterizedTest
    @MethodSource("paths")
    void theProcessStillGoesEachRecordedWay(Recorded recorded) throws IOException {
        if (Boolean.getBoolean("record")) {
            record(recorded);
        }
        assertThat(recorded.file()).as("record it with -Drecord=true").exists();
        WorkflowExecutionHistory history = read(recorded.file());

        assertThatCode(() -> WorkflowReplayer.replayWorkflowExecution(history, OrderToCashWorkflowImpl.class))
                .doesNotThrowAnyException();
    }

    @Test
    void everyRecordedHistoryIsReplayed() throws IOException {
        try (Stream<Path> files = Files.list(HISTORIES)) {
            List<Path> known = paths().map(Recorded::file).toList();
            assertThat(files).containsExactlyInAnyOrderElementsOf(known);
        }
    }

    @Test
    void aProcessThatGoesAnotherWayIsCaught() throws IOException {
        WorkflowExecutionHistory history = read(HISTORIES.resolve("shipped-by-queues.json"));

        assertThatThrownBy(() -> WorkflowReplayer.replayWorkflowExecution(history, BrokenOrderToCashWorkflow.class))
                .hasStackTraceContaining("NonDeterministicException");
    }

    private static void record(Recorded recorded) throws IOException {
        try (OrderScenario order =
                recorded.queued() ? OrderScenario.queued(recorded.order()) : OrderScenario.of(recorded.order())) {
            recorded.path().accept(order);
            assertThat(order.result()).isEqualTo(recorded.end());
            Files.createDirectories(HISTORIES);
            Files.writeString(recorded.file(), order.history().toJson(true) + "\n");
        }
    }

    private static WorkflowExecutionHistory read(Path file) throws IOException {
        return WorkflowExecutionHistory.fromJson(Files.readString(file));
    }
}
