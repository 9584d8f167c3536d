package io.throughline.worker;

import com.codahale.metrics.health.HealthCheck;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.dropwizard.lifecycle.Managed;
import io.temporal.client.schedules.ScheduleClient;
import io.temporal.client.schedules.ScheduleClientOptions;
import io.throughline.activities.call.Checkpoints;
import io.throughline.activities.call.Effects;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.activities.catalog.CatalogSources;
import io.throughline.activities.fulfillment.LateLabels;
import io.throughline.activities.inventory.StockMirrors;
import io.throughline.activities.marketplace.MarketplaceRefunds;
import io.throughline.activities.returns.AskedClients;
import io.throughline.connectors.carrier.ParcelCarrier;
import io.throughline.connectors.marketplace.RestMarketplace;
import io.throughline.connectors.messaging.MessagingNotifier;
import io.throughline.connectors.shopify.ShopifyConnector;
import io.throughline.connectors.square.SquareConnector;
import io.throughline.connectors.subscribers.Subscribers;
import io.throughline.connectors.tryton.TrytonErp;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.availability.RoutingHours;
import io.throughline.domain.availability.Trust;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.StockReports;
import io.throughline.domain.measure.ServiceLevels;
import io.throughline.domain.routing.RoutingPolicies;
import io.throughline.runtime.DataConverters;
import io.throughline.runtime.DatabaseSettings;
import io.throughline.runtime.Metrics;
import io.throughline.runtime.TemporalConnection;
import io.throughline.runtime.Tracing;
import io.throughline.runtime.retailer.Retailer;
import io.throughline.runtime.retailer.ServiceLevelReader;
import io.throughline.store.Database;
import io.throughline.store.StockStores;
import io.throughline.worker.Forgetting.Kept;
import io.throughline.worker.attention.AttentionSweep;
import io.throughline.worker.attention.Peers;
import io.throughline.worker.attention.RetriedTasks;
import io.throughline.worker.attention.StoredPeers;
import io.throughline.worker.attention.TemporalRuns;
import io.throughline.worker.event.DeliveryMetrics;
import io.throughline.worker.event.EventCourier;
import io.throughline.worker.history.RunHistories;
import io.throughline.worker.history.StepEventSearch;
import io.throughline.worker.inbox.Dispatcher;
import io.throughline.worker.inbox.InboxHandler;
import io.throughline.worker.inbox.ParcelTracking;
import io.throughline.worker.inbox.Processes;
import io.throughline.worker.inbox.StockFeeds;
import io.throughline.worker.inbox.TemporalMasterData;
import io.throughline.worker.measure.EscalationMetrics;
import io.throughline.worker.measure.KpiMetrics;
import io.throughline.worker.measure.MeasuredEffects;
import io.throughline.worker.measure.SystemMetrics;
import io.throughline.worker.measure.WorkloadMetrics;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts the worker process together: it hosts the processes' steps and hands the inbox to them. */
public final class WorkerApplication extends Application<WorkerConfiguration> {
    private static final Duration BASKETS_EXPIRE_EVERY = Duration.ofSeconds(5);
    private static final Duration STRANDED_STOCK_LOOKED_FOR_EVERY = Duration.ofMinutes(10);
    private static final Duration STOCK_IS_OFFERED_EVERY = Duration.ofSeconds(30);
    private static final Duration STOCK_WATCHED_EVERY = Duration.ofMillis(300);
    private static final Duration PARCELS_WATCHED_EVERY = Duration.ofSeconds(30);
    private static final Duration TRACE_CHECKED_EVERY = Duration.ofSeconds(2);
    private static final Duration STEP_EVENTS_LOOKED_UP_EVERY = Duration.ofSeconds(5);
    private static final Duration LATE_LABELS_LOOKED_FOR_EVERY = Duration.ofMinutes(1);
    private static final Duration TURNOVER_RECKONED_EVERY = Duration.ofMinutes(1);
    private static final Duration MARKETPLACES_WATCHED_EVERY = Duration.ofSeconds(5);
    private static final Duration CASES_WATCHED_EVERY = Duration.ofSeconds(5);
    private static final Duration DECIDED_ABOUT_EVERY = Duration.ofSeconds(1);
    private static final Duration PACES_TOLD_EVERY = Duration.ofMinutes(1);
    private static final Duration REBUILT_EVERY = Duration.ofSeconds(1);
    private static final Duration SWEPT_EVERY = Duration.ofSeconds(15);
    private static final int ORDERS_A_SWEEP = 250;
    private static final Duration HEARD_OF_EVERY = Duration.ofSeconds(5);
    private static final Duration PAUSES_FOLLOWED_EVERY = Duration.ofSeconds(1);
    private static final Duration FORGET_EVERY = Duration.ofHours(1);
    private static final Duration MEASURE_WORK_EVERY = Duration.ofSeconds(10);
    private static final Duration MEASURE_KPIS_EVERY = Duration.ofMinutes(1);

    @Override
    public String getName() {
        return "worker";
    }

    @Override
    public void initialize(Bootstrap<WorkerConfiguration> bootstrap) {
        bootstrap.setConfigurationSourceProvider(new SubstitutingSourceProvider(
                bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)));
    }

    @Override
    public void run(WorkerConfiguration configuration, Environment environment) {
        Map<String, String> variables = System.getenv();
        Clock clock = Clock.systemUTC();
        Retailer retailer = Retailer.load(configuration.retailer(), variables);
        ServiceLevels levels = ServiceLevelReader.load(configuration.retailer(), variables);
        Metrics metrics = new Metrics("worker");
        Database database = Database.open(DatabaseSettings.from(variables).toConfig(), retailer.casePolicies(), clock);
        metrics.observe(database);
        retailer.routingPolicies(database.policyActivations(), clock).refuseOthersOfTheSameName();
        retailer.warnOfUnknownSkus(database.products());
        Tracing tracing = Tracing.open("worker", configuration.otel(), metrics.registry(), clock);
        RetriedTasks retried = new RetriedTasks(clock);
        TemporalConnection temporal =
                TemporalConnection.open(variables, metrics.registry(), tracing.tracer(), List.of(retried));
        URI publicUrl = URI.create(variables.getOrDefault("THROUGHLINE_PUBLIC_URL", "http://127.0.0.1:7400"));
        SystemGate gate = database.systemGate();
        Connectors connectors = new Connectors(retailer, publicUrl, configuration.longestErpChange(), gate, clock);
        ShopifyConnector shopify = connectors.shopify();
        SquareConnector square = connectors.square();
        MessagingNotifier messaging = connectors.messaging();
        ParcelCarrier carrier = connectors.carrier();
        RestMarketplace marketplace = connectors.marketplace();
        TrytonErp tryton = connectors.tryton();
        OutsideWorld world = connectors.world(
                shopify,
                square,
                tryton,
                messaging,
                database.submittedOrders(),
                new MarketplaceRefunds(marketplace, database.marketplaceOrders(), clock),
                new AskedClients(database.clientRefunds(), clock));
        CatalogSources catalogs = connectors.catalogs(shopify, tryton);
        StockMirrors stockMirrors = connectors.stockMirrors(shopify, square);
        Processes processes = new Processes(
                temporal.client(),
                retailer.accounts(),
                retailer.policies(),
                retailer.routingPolicies(database.policyActivations(), clock),
                clock);
        TemporalMasterData masterData = new TemporalMasterData(temporal.client(), retailer.accounts());

        StockFeeds stockFeeds = new StockFeeds(temporal.client(), retailer.accounts());
        Map<OutsideSystem, StockReports> stockReports =
                Map.of(OutsideSystem.SQUARE, square.stockReports(), OutsideSystem.SHOPIFY, shopify.stockReports());
        StockStores stock = database.stock(retailer.stockRules(clock));
        InventoryLedger inventory = stock.inventory();
        bookOpeningStock(inventory, retailer, clock);
        EffectLedger ledger = new MeasuredEffects(database.effects(), metrics.registry());
        Effects effects = new Effects(
                ledger, retailer.accounts(), clock, checkpoints(configuration), gate, configuration.longestErpChange());
        Workers workers = new Workers(
                temporal.client(),
                configuration.queues(),
                configuration.deployment(),
                tracing.tracer(),
                Activities.all(
                        database,
                        retailer,
                        world,
                        stockMirrors,
                        stockReports,
                        configuration.stockRhythm(),
                        connectors.erpStock(),
                        configuration.erpStock().toRhythm(),
                        catalogs,
                        configuration.catalogEvery(),
                        carrier,
                        marketplace,
                        square.refunds(),
                        shopify.giftCards(retailer.cardCodes()),
                        processes,
                        effects,
                        gate,
                        clock,
                        configuration.quickPhase()),
                () -> {
                    schedules(temporal, configuration)
                            .ensure(accountsOf(retailer, world.subscriptions().keySet()));
                    stockFeeds.keep(accountsOf(retailer, stockReports.keySet()));
                    new ErpStocks(temporal.client()).keep(accountsOf(retailer, Set.of(OutsideSystem.TRYTON)));
                    masterData.keepCatalogs(
                            accountsOf(retailer, catalogs.catalogs().keySet()));
                });
        ParcelTracking tracking =
                Desks.ofParcels(database, retailer, world.refunds().keySet(), clock);
        Dispatcher dispatcher = new Dispatcher(
                database.inbox(),
                new InboxHandler(
                        retailer.accounts(),
                        retailer.facilities(),
                        database.orders(),
                        database.fulfillmentOrders(),
                        database.cases(),
                        database.inbox(),
                        processes,
                        Desks.ofTills(database, retailer, square.tills(), configuration.dispatchers(), clock),
                        Desks.all(
                                database,
                                retailer,
                                temporal.client(),
                                processes,
                                tracking,
                                Desks.ofChannelReturns(
                                        database,
                                        retailer,
                                        shopify.returns(),
                                        effects,
                                        configuration.dispatchers(),
                                        clock),
                                clock)),
                tracing.tracer());
        Subscribers subscribers = new Subscribers(configuration.subscribers(), publicUrl, clock);

        environment.lifecycle().manage(new AutoCloseableManager(tracing));
        environment.lifecycle().manage(new AutoCloseableManager(database));
        environment.lifecycle().manage(new EffectHolding(database.effectHolder(), HEARD_OF_EVERY));
        environment.lifecycle().manage(new AutoCloseableManager(temporal));
        environment.lifecycle().manage(new AutoCloseableManager(shopify));
        environment.lifecycle().manage(new AutoCloseableManager(square));
        environment.lifecycle().manage(new AutoCloseableManager(messaging));
        environment.lifecycle().manage(new AutoCloseableManager(carrier));
        environment.lifecycle().manage(new AutoCloseableManager(marketplace));
        environment.lifecycle().manage(new AutoCloseableManager(subscribers));
        environment.lifecycle().manage(workers);
        environment
                .lifecycle()
                .manage(new PausedQueues(
                        database.systemControls(), retailer.accounts(), workers::leaveAlone, PAUSES_FOLLOWED_EVERY));
        environment.lifecycle().manage(dispatching(dispatcher, configuration.dispatchers()));
        environment.lifecycle().manage(new BasketExpiry(stock.baskets(), BASKETS_EXPIRE_EVERY));
        environment.lifecycle().manage(new StrandedStockWatch(stock.strandedStock(), STRANDED_STOCK_LOOKED_FOR_EVERY));
        environment.lifecycle().manage(new StockOffering(inventory, STOCK_IS_OFFERED_EVERY));
        environment
                .lifecycle()
                .manage(new CaseWatch(
                        database.caseCare(),
                        database.bulkDecisions(),
                        database.causeProbes(),
                        database.awaitedProducts(),
                        retailer.catalog().or(database.products()),
                        retailer.casePolicies(),
                        clock,
                        CASES_WATCHED_EVERY));
        environment
                .lifecycle()
                .manage(new AttentionWatch(
                        new AttentionSweep(
                                database.attention(),
                                new TemporalRuns(temporal.client(), database.systemControls(), clock),
                                retried,
                                peers(database, retailer, stock),
                                database.cases(),
                                database.inbox(),
                                SWEPT_EVERY,
                                ORDERS_A_SWEEP,
                                clock),
                        SWEPT_EVERY.dividedBy(3)));
        environment
                .lifecycle()
                .manage(new ParcelWatch(
                        retailer.accounts(),
                        carrier,
                        database.parcels(),
                        database.returnParcels(),
                        database.inbox(),
                        tracking,
                        publicUrl.resolve("/webhooks/carrier"),
                        configuration.askCarrierAfter(),
                        configuration.takeAsDeliveredAfter(),
                        clock,
                        PARCELS_WATCHED_EVERY));
        environment
                .lifecycle()
                .manage(new LabelWatch(
                        retailer.accounts(),
                        new LateLabels(
                                effects,
                                ledger,
                                new Steps(
                                        database.cases(),
                                        database.orders(),
                                        processes,
                                        gate,
                                        clock,
                                        configuration.quickPhase()),
                                database.orders(),
                                carrier,
                                database.parcels(),
                                database.returns(),
                                gate,
                                clock),
                        LATE_LABELS_LOOKED_FOR_EVERY));
        environment
                .lifecycle()
                .manage(new MarketplaceWatch(
                        retailer.accounts(),
                        database.marketplaceOrders(),
                        database.cases(),
                        clock,
                        MARKETPLACES_WATCHED_EVERY));
        environment.lifecycle().manage(new PauseWatch(database.facilityPauses(), CASES_WATCHED_EVERY));
        environment.lifecycle().manage(new TraceWatch(database.traceChecks(), TRACE_CHECKED_EVERY));
        environment
                .lifecycle()
                .manage(new StepEventWatch(
                        new StepEventSearch(database.stepEvents(), new RunHistories(temporal.client())),
                        STEP_EVENTS_LOOKED_UP_EVERY));
        environment.lifecycle().manage(new TurnoverWatch(database.turnovers(), TURNOVER_RECKONED_EVERY));
        environment
                .lifecycle()
                .manage(new PaceWatch(
                        database.systemPaces(),
                        accountsOf(retailer, OutsideSystem.asked()),
                        configuration.queues(),
                        shopify::budget,
                        PACES_TOLD_EVERY));
        environment.lifecycle().manage(new RebuildWatch(database.rebuilds(), REBUILT_EVERY));
        environment.lifecycle().manage(new BulkDecider(database.bulkDecisions(), DECIDED_ABOUT_EVERY));
        environment.lifecycle().manage(forgetting(database, configuration.retention(), clock));
        WorkloadMetrics workload =
                new WorkloadMetrics(metrics.registry(), database.workload(), levels, inUse(retailer), clock);
        environment.lifecycle().manage(new Measuring("what waits", workload::look, MEASURE_WORK_EVERY));
        EscalationMetrics escalations = new EscalationMetrics(
                metrics.registry(), database.caseFiles()::escalated, retailer.casePolicies(), clock);
        environment
                .lifecycle()
                .manage(new Measuring("who hears of what is late", escalations::look, MEASURE_WORK_EVERY));
        SystemMetrics systems = new SystemMetrics(
                metrics.registry(), database.systemControls(), accountsOf(retailer, OutsideSystem.asked()), clock);
        environment.lifecycle().manage(new Measuring("what is paused", systems::look, MEASURE_WORK_EVERY));
        KpiMetrics kpis = new KpiMetrics(metrics.registry(), database.kpis(levels), levels, clock);
        environment.lifecycle().manage(new Measuring("the figures", kpis::look, MEASURE_KPIS_EVERY));
        environment
                .lifecycle()
                .manage(new EventCourier(
                        database.eventDeliveries(),
                        subscribers,
                        configuration.events(),
                        new DeliveryMetrics(metrics.registry(), clock)));
        environment
                .lifecycle()
                .manage(new StockWatch(
                        stockMirrors,
                        stock.publications(),
                        trust(database, retailer, stock, clock),
                        temporal.client(),
                        clock,
                        STOCK_WATCHED_EVERY));
        environment.healthChecks().register("database", new HealthCheck() {
            @Override
            protected Result check() {
                return database.healthy() ? Result.healthy() : Result.unhealthy("PostgreSQL does not answer");
            }
        });
        environment
                .admin()
                .addServlet("prometheus", new MetricsServlet(metrics))
                .addMapping("/metrics");
        environment
                .admin()
                .addServlet("health", new HealthServlet(database::healthy))
                .addMapping(HealthServlet.LIVE, HealthServlet.READY);
    }

    private static Trust trust(Database database, Retailer retailer, StockStores stock, Clock clock) {
        RoutingPolicies routing = retailer.routingPolicies(database.policyActivations(), clock);
        return new Trust(
                stock.stockReading(),
                retailer.stockPolicies(),
                retailer.facilities(),
                retailer.stockRules(clock).authorities(),
                asked -> new RoutingHours(routing.at(asked), asked));
    }

    private static Forgetting forgetting(Database database, RetentionSettings retention, Clock clock) {
        Duration words = retention.stockWords().toJavaDuration();
        return new Forgetting(
                List.of(
                        new Kept("words of stock", database.stockWords(), words),
                        new Kept("publications of stock", database.stockPublications(), words),
                        new Kept(
                                "events",
                                database.toldEvents(),
                                retention.events().toJavaDuration()),
                        new Kept(
                                "counts of requests",
                                database.talliedRequests(),
                                retention.requests().toJavaDuration())),
                clock,
                FORGET_EVERY);
    }

    private static Checkpoints checkpoints(WorkerConfiguration configuration) {
        return configuration.haltAt().isBlank()
                ? Checkpoints.none()
                : new HaltingCheckpoints(configuration.haltMarkers(), configuration.haltAt(), configuration.haltBy());
    }

    private static Peers peers(Database database, Retailer retailer, StockStores stock) {
        return new StoredPeers(
                database.openProcesses(),
                database.returns(),
                stock.counterReturns(retailer.facilities(), retailer.storeDayPolicies()),
                database.reroutes(),
                database.storeDays(),
                stock.stockImports(retailer.catalog().or(database.products()))::find,
                database.cases(),
                database.attention(),
                retailer.facilities(),
                retailer.accounts());
    }

    /** What the ledger knows, as at every start but the first, must not wait for whoever holds its shelf. */
    private static void bookOpeningStock(InventoryLedger inventory, Retailer retailer, Clock clock) {
        Instant now = clock.instant();
        inventory.recordUnknown(retailer.openingStock().stream()
                .map(opening -> opening.toMovement(now))
                .toList());
    }

    private static ReconciliationSchedules schedules(TemporalConnection temporal, WorkerConfiguration configuration) {
        ScheduleClient client = ScheduleClient.newInstance(
                temporal.stubs(),
                ScheduleClientOptions.newBuilder()
                        .setNamespace(temporal.client().getOptions().getNamespace())
                        .setDataConverter(DataConverters.standard())
                        .build());
        return new ReconciliationSchedules(temporal.client(), client, configuration.reconcileEvery());
    }

    private static List<Account> accountsOf(Retailer retailer, Set<OutsideSystem> systems) {
        return retailer.accounts().all().stream()
                .filter(account -> systems.contains(account.system()))
                .toList();
    }

    private static Set<AccountId> inUse(Retailer retailer) {
        return retailer.accounts().all().stream()
                .filter(account -> !account.isOff())
                .map(Account::id)
                .collect(Collectors.toSet());
    }

    private static Managed dispatching(Dispatcher dispatcher, int parallel) {
        return new Managed() {
            @Override
            public void start() {
                dispatcher.start(parallel);
            }

            @Override
            public void stop() throws InterruptedException {
                dispatcher.stop();
            }
        };
    }
}
