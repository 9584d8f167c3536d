package io.throughline.api;

import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.SubstitutingSourceProvider;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import io.throughline.api.access.KeyCommand;
import io.throughline.api.access.KeyRing;
import io.throughline.api.access.LocalKey;
import io.throughline.api.access.RecentKeys;
import io.throughline.api.http.TracedRequests;
import io.throughline.connectors.subscribers.Subscribers;
import io.throughline.domain.intervention.PlannedEdits;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.measure.ServiceLevels;
import io.throughline.runtime.DatabaseSettings;
import io.throughline.runtime.Metrics;
import io.throughline.runtime.Tracing;
import io.throughline.runtime.TracingSettings;
import io.throughline.runtime.retailer.Retailer;
import io.throughline.runtime.retailer.ServiceLevelReader;
import io.throughline.store.Database;
import io.throughline.store.StockStores;
import jakarta.servlet.DispatcherType;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;

/**
 * The process that clients, people and outside systems reach. It knows PostgreSQL and not Temporal: what comes in is stored, and the
 * worker's dispatcher wakes the processes, whenever Temporal is there.
 */
public class ApiServerApplication extends Application<ApiConfiguration> {
    private static final Duration KEYS_KNOWN_FOR = Duration.ofSeconds(2);

    private final Map<String, String> variables;
    private final Clock clock;

    public ApiServerApplication() {
        this(System.getenv(), Clock.systemUTC());
    }

    ApiServerApplication(Map<String, String> variables, Clock clock) {
        this.variables = Map.copyOf(variables);
        this.clock = clock;
    }

    @Override
    public final String getName() {
        return "api-server";
    }

    @Override
    public final void initialize(Bootstrap<ApiConfiguration> bootstrap) {
        bootstrap.setConfigurationSourceProvider(new SubstitutingSourceProvider(
                bootstrap.getConfigurationSourceProvider(), new EnvironmentVariableSubstitutor(false)));
        bootstrap.addCommand(new KeyCommand(variables));
    }

    @Override
    public final void run(ApiConfiguration configuration, Environment environment) {
        Retailer retailer = Retailer.load(configuration.retailer(), variables);
        ServiceLevels levels = ServiceLevelReader.load(configuration.retailer(), variables);
        Metrics metrics = new Metrics("api-server");
        environment.lifecycle().manage(new AutoCloseableManager(metrics));
        trace(environment, configuration.otel(), metrics);
        Facts facts = facts(environment, metrics, retailer, levels);
        retailer.routingPolicies(facts.policyActivations(), clock).refuseOthersOfTheSameName();
        KeyRing keys = new KeyRing(facts.apiKeys(), configuration.environment(), clock);
        LocalKey.file(variables).ifPresent(file -> LocalKey.ensure(keys, file));
        Subscribers subscribers = new Subscribers(configuration.subscribers(), configuration.publicUrl(), clock);
        environment.lifecycle().manage(new AutoCloseableManager(subscribers));
        new ApiServer(configuration, retailer, levels, facts, subscribers, keys, metrics, clock).register(environment);
    }

    private void trace(Environment environment, TracingSettings otel, Metrics metrics) {
        Tracing tracing = Tracing.open("api-server", otel, metrics.registry(), clock);
        environment.lifecycle().manage(new AutoCloseableManager(tracing));
        if (tracing.tracer().isOn()) {
            environment
                    .servlets()
                    .addFilter("tracing", new TracedRequests(tracing.tracer()))
                    .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
        }
    }

    /** Opens the database; a test may keep the facts elsewhere. */
    Facts facts(Environment environment, Metrics metrics, Retailer retailer, ServiceLevels levels) {
        Database database = Database.open(DatabaseSettings.from(variables).toConfig(), retailer.casePolicies(), clock);
        environment.lifecycle().manage(new AutoCloseableManager(database));
        metrics.observe(database);
        StockRules stockRules = retailer.stockRules(clock);
        StockStores stock = database.stock(stockRules);
        return new Facts(
                database.orders(),
                database.orderIntake(),
                database.inbox(),
                database.cases(),
                database.interventions(),
                database.amendments(),
                database.channelNames(),
                stock.orderEdits(new PlannedEdits(retailer.accounts(), retailer.policies())),
                database.caseFiles(),
                database.caseCare(),
                database.bulkDecisions(),
                database.trace(),
                database.traceChecks(),
                database.audit(),
                database.journals(),
                database.goodsCosts(),
                database.adjustedStock(),
                database.people(),
                new RecentKeys(database.apiKeys(), KEYS_KNOWN_FOR),
                stock.stockReading(),
                database.eventSubscriptions(),
                stock.storeSales(retailer.facilities(), retailer.storeDayPolicies()),
                stock.tillSales(retailer.facilities(), retailer.storeDayPolicies()),
                database.storeDays(),
                stock.inventory(),
                stock.cycleCounts(),
                stock.republications(),
                stock.driftHistories(new ShownPlaces(retailer.accounts(), retailer.facilities(), stockRules)),
                stock.transfers(),
                stock.incomingSupply(),
                stock.stockImports(retailer.catalog().or(database.products())),
                database.products(),
                database.catalogSyncs(retailer.systemOfRecord()),
                database.customers(retailer.systemOfRecord()),
                database.privacy(),
                stock.baskets(),
                database.purchases(),
                stock.routingHistory(),
                database.policyActivations(),
                stock.storeReports(),
                database.parcels(),
                database.marketplaceOrders(),
                database.workLists(),
                database.facilityPauses(),
                database.reroutes(),
                database.kpis(levels),
                database.workload(),
                database.requestTallies(),
                database.effects(),
                database.orderFlow(),
                database.orderReservations(),
                database.systemHealth(),
                database.systemControls(),
                database.systemPaces(),
                database.inboxReplays(),
                database.effectRedrives(),
                database.repairs(),
                database.rebuilds(),
                database.consoleSessions(),
                database.returns(),
                database.returnIntake(),
                database.returnPhotos(),
                database.returnDebts(),
                stock.heldGoods(),
                stock.unexpectedGoods(),
                stock.counterReturns(retailer.facilities(), retailer.storeDayPolicies()),
                stock.counterIntake(retailer.facilities(), retailer.storeDayPolicies()),
                database.exchanges(),
                database.clientRefunds(),
                database::healthy);
    }
}
