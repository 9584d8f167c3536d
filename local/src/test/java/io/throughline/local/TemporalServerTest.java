package io.throughline.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.temporal.api.workflowservice.v1.DescribeNamespaceRequest;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.client.WorkflowOptions;
import io.temporal.client.WorkflowStub;
import io.temporal.common.SearchAttributeKey;
import io.temporal.common.SearchAttributes;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.temporal.worker.WorkerFactory;
import io.temporal.workflow.SignalMethod;
import io.temporal.workflow.Workflow;
import io.temporal.workflow.WorkflowInterface;
import io.temporal.workflow.WorkflowMethod;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TemporalServerTest {
    private static final SearchAttributeKey<String> ORDER_STATUS = SearchAttributeKey.forKeyword("OrderStatus");

    @TempDir
    private Path directory;

    @WorkflowInterface
    public interface Parcel {
        @WorkflowMethod
        String deliver();

        @SignalMethod
        void handOver(String to);
    }

    public static final class ParcelWorkflow implements Parcel {
        private String recipient = "";

        @Override
        public String deliver() {
            Workflow.await(() -> !recipient.isEmpty());
            return "delivered to " + recipient;
        }

        @Override
        public void handOver(String to) {
            recipient = to;
        }
    }

    @Test
    void theRealServerKeepsItsProcessesWhenItIsKilledAndStartedAgain() {
        TemporalProgram program = TemporalServer.findProgram(directory, Progress.to(System.out));
        assumeTrue(program instanceof TemporalProgram.DevelopmentServer, program.description());
        try (Ports ports = Ports.claim(directory.resolve("ports"), false);
                TemporalServer server = server(program, ports)) {
            server.start();
            withClient(server, client -> {
                start(client);
                long retentionSeconds = client.getWorkflowServiceStubs()
                        .blockingStub()
                        .describeNamespace(DescribeNamespaceRequest.newBuilder()
                                .setNamespace(server.namespace())
                                .build())
                        .getConfig()
                        .getWorkflowExecutionRetentionTtl()
                        .getSeconds();
                assertThat(TimeUnit.SECONDS.toDays(retentionSeconds)).isEqualTo(30);
            });

            server.kill();
            assertThat(server.alive()).isFalse();
            server.start();

            withClient(server, client -> {
                assertThat(handOver(client)).isEqualTo("delivered to Ada");
                assertThat(client.listExecutions("OrderStatus = 'RECEIVED'")
                                .map(found -> found.getExecution().getWorkflowId()))
                        .containsExactly("parcel/1");
            });
        }
    }

    @Test
    void theInMemoryServerRunsAProcessAndSaysWhatItLacks() {
        TemporalProgram program = new TemporalProgram.InMemory("the test asks for it");
        try (Ports ports = Ports.claim(directory.resolve("ports"), false);
                TemporalServer server = server(program, ports)) {
            server.start();
            withClient(server, client -> {
                start(client);
                assertThat(handOver(client)).isEqualTo("delivered to Ada");
            });
            assertThat(server.real()).isFalse();
            assertThat(server.ui()).isEmpty();
            assertThat(server.describe()).contains("the test asks for it", "web UI", "visibility", "forgotten");
        }
    }

    private TemporalServer server(TemporalProgram program, Ports ports) {
        return new TemporalServer(
                program,
                directory,
                ports.port(Ports.Use.TEMPORAL),
                ports.port(Ports.Use.TEMPORAL_UI),
                directory.resolve("temporal.log"),
                Progress.silent());
    }

    private static void start(WorkflowClient client) {
        WorkflowOptions options = WorkflowOptions.newBuilder()
                .setWorkflowId("parcel/1")
                .setTaskQueue("parcels")
                .setTypedSearchAttributes(SearchAttributes.newBuilder()
                        .set(ORDER_STATUS, "RECEIVED")
                        .build())
                .build();
        WorkflowClient.start(client.newWorkflowStub(Parcel.class, options)::deliver);
    }

    private static String handOver(WorkflowClient client) {
        WorkerFactory factory = WorkerFactory.newInstance(client);
        factory.newWorker("parcels").registerWorkflowImplementationTypes(ParcelWorkflow.class);
        factory.start();
        try {
            WorkflowStub parcel = client.newUntypedWorkflowStub("parcel/1");
            parcel.signal("handOver", "Ada");
            return parcel.getResult(String.class);
        } finally {
            factory.shutdownNow();
            factory.awaitTermination(5, TimeUnit.SECONDS);
        }
    }

    private static void withClient(TemporalServer server, Consumer<WorkflowClient> use) {
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                .setTarget(server.target())
                .validateAndBuildWithDefaults());
        try {
            use.accept(WorkflowClient.newInstance(
                    stubs,
                    WorkflowClientOptions.newBuilder()
                            .setNamespace(server.namespace())
                            .build()));
        } finally {
            stubs.shutdownNow();
            stubs.awaitTermination(5, TimeUnit.SECONDS);
        }
    }
}
