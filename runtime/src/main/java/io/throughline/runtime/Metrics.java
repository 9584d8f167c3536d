package io.throughline.runtime;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.throughline.store.Database;
import io.throughline.store.Database.Connections;
import java.util.function.ToIntFunction;

/** The metrics of one process, labelled with its name, in the form that Prometheus reads. */
public final class Metrics implements AutoCloseable {
    /** The media type of {@link #scrape()}. */
    public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();

    /** {@code process} is {@code worker} or {@code api-server}. */
    public Metrics(String process) {
        registry.config().commonTags("process", process);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
    }

    public PrometheusMeterRegistry registry() {
        return registry;
    }

    /** Shows how many statements this process has sent to PostgreSQL, and how many of its connections are in use, at rest or awaited. */
    public void observe(Database database) {
        FunctionCounter.builder("throughline.sql.statements", database, Database::statementsSent)
                .description("Statements sent to PostgreSQL")
                .register(registry);
        connections("used", database, Connections::used);
        connections("idle", database, Connections::idle);
        connections("awaited", database, Connections::awaited);
        Gauge.builder("throughline.sql.connections.limit", database, Database::mostConnections)
                .description("Connections to PostgreSQL that this process may have open at most")
                .register(registry);
    }

    private void connections(String state, Database database, ToIntFunction<Connections> count) {
        Gauge.builder("throughline.sql.connections", database, from -> count.applyAsInt(from.connections()))
                .description("Connections to PostgreSQL, and callers that wait for one")
                .tag("state", state)
                .register(registry);
    }

    public String scrape() {
        return registry.scrape(CONTENT_TYPE);
    }

    @Override
    public void close() {
        garbageCollection.close();
        registry.close();
    }
}
