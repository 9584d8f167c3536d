package io.throughline.runtime;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.throughline.store.Database;

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

    /** Shows how many statements this process has sent to PostgreSQL, as {@code throughline_sql_statements_total}. */
    public void observe(Database database) {
        FunctionCounter.builder("throughline.sql.statements", database, Database::statementsSent)
                .description("Statements sent to PostgreSQL")
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
