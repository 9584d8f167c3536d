package io.throughline.runtime;

import com.uber.m3.tally.RootScopeBuilder;
import com.uber.m3.tally.Scope;
import com.uber.m3.tally.ScopeCloseException;
import com.uber.m3.util.Duration;
import io.grpc.ClientInterceptor;
import io.micrometer.core.instrument.MeterRegistry;
import io.temporal.client.WorkflowClient;
import io.temporal.client.WorkflowClientOptions;
import io.temporal.common.reporter.MicrometerClientStatsReporter;
import io.temporal.envconfig.ClientConfigProfile;
import io.temporal.envconfig.LoadClientConfigProfileOptions;
import io.temporal.serviceclient.WorkflowServiceStubs;
import io.temporal.serviceclient.WorkflowServiceStubsOptions;
import io.throughline.domain.tracing.Tracer;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connection to Temporal, by a profile of {@code temporal.toml} and the {@code TEMPORAL_*} variables, so that a server on this
 * machine, a cluster or Temporal Cloud is configuration. It connects with the first call: Temporal may be down when a process starts.
 */
public final class TemporalConnection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TemporalConnection.class);
    private static final double REPORT_SECONDS = 5;
    private static final long DRAIN_SECONDS = 5;

    private final WorkflowServiceStubs stubs;
    private final WorkflowClient client;
    private final Scope scope;

    private TemporalConnection(WorkflowServiceStubs stubs, WorkflowClient client, Scope scope) {
        this.stubs = stubs;
        this.client = client;
        this.scope = scope;
    }

    /** Opens the connection that {@code environment} describes; the SDK's metrics go to {@code registry}. */
    public static TemporalConnection open(Map<String, String> environment, MeterRegistry registry) {
        return open(environment, registry, Tracer.off(), List.of());
    }

    /** The same for a process that is traced, and whose calls are {@code overheard}. */
    public static TemporalConnection open(
            Map<String, String> environment,
            MeterRegistry registry,
            Tracer tracer,
            Collection<ClientInterceptor> overheard) {
        ClientConfigProfile profile = profile(environment);
        Scope scope = metricsInto(registry);
        WorkflowServiceStubs stubs = WorkflowServiceStubs.newServiceStubs(
                WorkflowServiceStubsOptions.newBuilder(profile.toWorkflowServiceStubsOptions())
                        .setMetricsScope(scope)
                        .setGrpcClientInterceptors(overheard)
                        .validateAndBuildWithDefaults());
        WorkflowClient client = WorkflowClient.newInstance(
                stubs,
                WorkflowClientOptions.newBuilder(profile.toWorkflowClientOptions())
                        .setDataConverter(DataConverters.standard())
                        .setContextPropagators(tracer.isOn() ? List.of(new TraceCarrier()) : List.of())
                        .validateAndBuildWithDefaults());
        LOG.info(
                "Temporal at {}, namespace {}",
                stubs.getOptions().getTarget(),
                client.getOptions().getNamespace());
        return new TemporalConnection(stubs, client, scope);
    }

    /** What the SDK counts, into our own metrics. */
    public static Scope metricsInto(MeterRegistry registry) {
        return new RootScopeBuilder()
                .reporter(new MicrometerClientStatsReporter(registry))
                .reportEvery(Duration.ofSeconds(REPORT_SECONDS));
    }

    private static ClientConfigProfile profile(Map<String, String> environment) {
        try {
            return ClientConfigProfile.load(LoadClientConfigProfileOptions.newBuilder()
                    .setEnvOverrides(environment)
                    .setConfigFileStrict(true)
                    .build());
        } catch (IOException | RuntimeException unusable) {
            throw new IllegalStateException(
                    "Temporal's connection profile can't be used: check TEMPORAL_CONFIG_FILE, TEMPORAL_PROFILE and the other "
                            + "TEMPORAL_ variables. " + unusable.getMessage(),
                    unusable);
        }
    }

    public WorkflowServiceStubs stubs() {
        return stubs;
    }

    public WorkflowClient client() {
        return client;
    }

    @Override
    public void close() {
        stubs.shutdown();
        if (!stubs.awaitTermination(DRAIN_SECONDS, TimeUnit.SECONDS)) {
            stubs.shutdownNow();
        }
        try {
            scope.close();
        } catch (ScopeCloseException failed) {
            LOG.warn("Temporal's last metrics are lost", failed);
        }
    }
}
