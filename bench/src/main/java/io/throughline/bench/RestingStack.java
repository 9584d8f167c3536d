package io.throughline.bench;

import io.temporal.client.WorkflowClient;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.throughline.local.Ports.Use;
import io.throughline.local.Stack;
import io.throughline.local.demo.DemoStack;
import java.io.PrintStream;
import java.util.Map;

/** Everything as it always runs, but for reconciliation of orders and of stock, which rests while it is measured. */
final class RestingStack {
    private static final Map<String, String> RESTING =
            Map.of("THROUGHLINE_RECONCILE_EVERY", "1h", "THROUGHLINE_SWEEP_STOCK_EVERY", "1h");

    private RestingStack() {}

    /** Whether its bounds were kept. */
    interface Measurement {
        boolean of(Stack stack, WorkflowClient temporal) throws Exception;
    }

    static boolean run(Measurement measurement, PrintStream out) throws Exception {
        try (Stack stack = DemoStack.start(DemoStack.options("bench").withEnvironment(RESTING), out)) {
            WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(WorkflowServiceStubsOptions.newBuilder()
                    .setTarget("127.0.0.1:" + stack.port(Use.TEMPORAL))
                    .build());
            try {
                return measurement.of(stack, WorkflowClient.newInstance(stubs));
            } finally {
                stubs.shutdownNow();
            }
        }
    }
}
