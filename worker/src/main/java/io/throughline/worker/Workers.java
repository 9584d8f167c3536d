package io.throughline.worker;

import io.dropwizard.lifecycle.Managed;
import io.temporal.client.WorkflowClient;
import io.temporal.worker.Worker;
import io.temporal.worker.WorkerFactory;
import io.temporal.worker.WorkerFactoryOptions;
import io.temporal.worker.WorkerOptions;
import io.throughline.activities.call.Pulse;
import io.throughline.activities.call.RememberedAttempts;
import io.throughline.domain.tracing.Tracer;
import io.throughline.worker.inbox.Starts;
import io.throughline.workflows.catalog.CatalogSyncWorkflowImpl;
import io.throughline.workflows.catalog.ProductNewsWorkflowImpl;
import io.throughline.workflows.counter.CounterReturnWorkflowImpl;
import io.throughline.workflows.customer.CustomerUpdateWorkflowImpl;
import io.throughline.workflows.fulfillment.FulfillmentRerouteWorkflowImpl;
import io.throughline.workflows.intervention.CaseDecisionWorkflowImpl;
import io.throughline.workflows.intervention.CaseQueueWorkflowImpl;
import io.throughline.workflows.inventory.ErpStockWorkflowImpl;
import io.throughline.workflows.inventory.InventorySyncWorkflowImpl;
import io.throughline.workflows.inventory.StockFeedWorkflowImpl;
import io.throughline.workflows.inventory.StockImportWorkflowImpl;
import io.throughline.workflows.order.OrderToCashWorkflowImpl;
import io.throughline.workflows.reconciliation.ReconciliationWorkflowImpl;
import io.throughline.workflows.returns.ReturnWorkflowImpl;
import io.throughline.workflows.sale.StoreDayWorkflowImpl;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Temporal workers of this process, one per task queue. Starts as soon as Temporal answers, and not before. */
final class Workers implements Managed {
    private static final Logger LOG = LoggerFactory.getLogger(Workers.class);
    private static final Duration BETWEEN_TRIES = Duration.ofSeconds(1);
    private static final int CACHED_WORKFLOWS = 2_000;

    /** Each of them is looked after: see {@link io.throughline.worker.attention.SweptType}. */
    static final List<Class<?>> PROCESSES = List.of(
            OrderToCashWorkflowImpl.class,
            FulfillmentRerouteWorkflowImpl.class,
            ReconciliationWorkflowImpl.class,
            ReturnWorkflowImpl.class,
            CounterReturnWorkflowImpl.class,
            StoreDayWorkflowImpl.class,
            InventorySyncWorkflowImpl.class,
            StockFeedWorkflowImpl.class,
            StockImportWorkflowImpl.class,
            ErpStockWorkflowImpl.class,
            CatalogSyncWorkflowImpl.class,
            ProductNewsWorkflowImpl.class,
            CustomerUpdateWorkflowImpl.class,
            CaseDecisionWorkflowImpl.class,
            CaseQueueWorkflowImpl.class);

    private final WorkerFactory factory;
    private final Map<String, Worker> byQueue = new HashMap<>();
    private final Runnable whenStarted;
    private final AtomicBoolean started = new AtomicBoolean();
    private final AtomicBoolean stopping = new AtomicBoolean();

    Workers(
            WorkflowClient client,
            Map<String, QueueSettings> queues,
            DeploymentSettings deployment,
            Tracer tracer,
            Object[] activities,
            Runnable whenStarted) {
        this.whenStarted = whenStarted;
        this.factory = WorkerFactory.newInstance(
                client,
                WorkerFactoryOptions.newBuilder()
                        .setWorkerInterceptors(new Pulse(), new TracedSteps(tracer), new RememberedAttempts())
                        .setUsingVirtualWorkflowThreads(true)
                        .setWorkflowCacheSize(CACHED_WORKFLOWS)
                        .setMaxWorkflowThreadCount(CACHED_WORKFLOWS * 10)
                        .build());
        queues.forEach((queue, settings) -> {
            Worker worker = factory.newWorker(queue, options(settings, deployment));
            worker.registerActivitiesImplementations(activities);
            byQueue.put(queue, worker);
            if (queue.equals(Starts.QUEUE)) {
                worker.registerWorkflowImplementationTypes(PROCESSES.toArray(Class<?>[]::new));
            }
        });
    }

    private static WorkerOptions options(QueueSettings settings, DeploymentSettings deployment) {
        WorkerOptions.Builder options = WorkerOptions.newBuilder()
                .setMaxConcurrentActivityExecutionSize(settings.slots())
                .setMaxTaskQueueActivitiesPerSecond(settings.perSecond())
                .setUsingVirtualThreads(true);
        deployment.toOptions().ifPresent(options::setDeploymentOptions);
        return options.build();
    }

    @Override
    public void start() {
        Thread.ofVirtual().name("temporal-start").start(this::startWhenReachable);
    }

    private void startWhenReachable() {
        if (untilItSucceeds("Temporal can't be reached yet", factory::start)) {
            started.set(true);
            LOG.info("working on Temporal's task queues");
            untilItSucceeds("the schedules can't be made yet", whenStarted);
        }
    }

    /** False: this process is to stop before it did. */
    private boolean untilItSucceeds(String otherwise, Runnable attempt) {
        while (!stopping.get()) {
            try {
                attempt.run();
                return true;
            } catch (RuntimeException failed) {
                LOG.warn("{}: {}", otherwise, failed.toString());
                try {
                    Thread.sleep(BETWEEN_TRIES);
                } catch (InterruptedException stopped) {
                    return false;
                }
            }
        }
        return false;
    }

    /** Takes nothing more from these queues, and works on all others. What is in hand is gone on with. */
    void leaveAlone(Set<String> queues) {
        if (!started.get()) {
            return;
        }
        byQueue.forEach((queue, worker) -> {
            if (queues.contains(queue) && !worker.isSuspended()) {
                LOG.info("the queue {} is left alone: all of its systems are paused", queue);
                worker.suspendPolling();
            } else if (!queues.contains(queue) && worker.isSuspended()) {
                LOG.info("the queue {} is worked on again", queue);
                worker.resumePolling();
            }
        });
    }

    boolean started() {
        return started.get();
    }

    @Override
    public void stop() {
        stopping.set(true);
        factory.shutdown();
        factory.awaitTermination(10, TimeUnit.SECONDS);
    }
}
