package io.throughline.api;

import com.codahale.metrics.health.HealthCheck;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.module.SimpleModule;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import io.throughline.api.access.AccessFilter;
import io.throughline.api.access.AccessRules;
import io.throughline.api.access.BearerKey;
import io.throughline.api.access.KeyRing;
import io.throughline.api.access.KeysResource;
import io.throughline.api.account.Comparing;
import io.throughline.api.account.ReconciliationsResource;
import io.throughline.api.account.SystemSwitch;
import io.throughline.api.account.SystemsResource;
import io.throughline.api.availability.AvailabilityResource;
import io.throughline.api.basket.BasketsResource;
import io.throughline.api.catalog.Assortment;
import io.throughline.api.catalog.CatalogSyncResource;
import io.throughline.api.catalog.ChannelNamesResource;
import io.throughline.api.catalog.PricesResource;
import io.throughline.api.catalog.ProductsResource;
import io.throughline.api.counter.BlindReader;
import io.throughline.api.counter.BlindReturnsResource;
import io.throughline.api.counter.CounterBook;
import io.throughline.api.counter.CounterReader;
import io.throughline.api.counter.CounterReturnResource;
import io.throughline.api.counter.CounterReturnsResource;
import io.throughline.api.customer.CustomersResource;
import io.throughline.api.customer.PrivacyResource;
import io.throughline.api.effect.RedrivesResource;
import io.throughline.api.effect.SettlementsResource;
import io.throughline.api.event.EventSchemasResource;
import io.throughline.api.event.SubscriptionReader;
import io.throughline.api.event.SubscriptionsResource;
import io.throughline.api.finance.AdjustedStockResource;
import io.throughline.api.finance.GoodsCostsResource;
import io.throughline.api.fulfillment.FacilitySwitch;
import io.throughline.api.fulfillment.OffersResource;
import io.throughline.api.fulfillment.ParcelsResource;
import io.throughline.api.fulfillment.PausesResource;
import io.throughline.api.fulfillment.ReportsResource;
import io.throughline.api.fulfillment.SoldHereResource;
import io.throughline.api.fulfillment.WorkListResource;
import io.throughline.api.health.HealthResource;
import io.throughline.api.http.AnswerHeaders;
import io.throughline.api.http.ArrivalDeadline;
import io.throughline.api.http.ExactHeaders;
import io.throughline.api.http.KnownParameters;
import io.throughline.api.http.Links;
import io.throughline.api.http.RequestGuard;
import io.throughline.api.http.RequestMetrics;
import io.throughline.api.http.RequestTally;
import io.throughline.api.http.TraceContext;
import io.throughline.api.http.WrittenInstants;
import io.throughline.api.inbox.DeadLettersResource;
import io.throughline.api.inbox.InboxReplaysResource;
import io.throughline.api.intervention.AmendmentDesk;
import io.throughline.api.intervention.BulkDecisionsResource;
import io.throughline.api.intervention.CaseDesk;
import io.throughline.api.intervention.CaseGroupsResource;
import io.throughline.api.intervention.CaseResource;
import io.throughline.api.intervention.CaseViews;
import io.throughline.api.intervention.CasesResource;
import io.throughline.api.intervention.Decisions;
import io.throughline.api.intervention.GroupDecisionsResource;
import io.throughline.api.intervention.GroupDesk;
import io.throughline.api.inventory.Counting;
import io.throughline.api.inventory.CountsResource;
import io.throughline.api.inventory.ImportsResource;
import io.throughline.api.inventory.RepublicationsResource;
import io.throughline.api.inventory.Republishing;
import io.throughline.api.inventory.StockFeedResource;
import io.throughline.api.measure.KpisResource;
import io.throughline.api.measure.ServiceLevelsResource;
import io.throughline.api.openapi.OpenApiDocument;
import io.throughline.api.openapi.OpenApiResource;
import io.throughline.api.order.Cancellations;
import io.throughline.api.order.OrderEditsResource;
import io.throughline.api.order.OrderReading;
import io.throughline.api.order.OrderResource;
import io.throughline.api.order.OrdersResource;
import io.throughline.api.page.LandingPage;
import io.throughline.api.problem.ProblemErrorHandler;
import io.throughline.api.problem.ProblemMapper;
import io.throughline.api.rebuild.RebuildsResource;
import io.throughline.api.returns.AskedRefundsResource;
import io.throughline.api.returns.ExchangeOffers;
import io.throughline.api.returns.ExchangeStock;
import io.throughline.api.returns.HeldDesk;
import io.throughline.api.returns.HeldGoodsResource;
import io.throughline.api.returns.ParcelReader;
import io.throughline.api.returns.ParcelResource;
import io.throughline.api.returns.ReceiptReader;
import io.throughline.api.returns.ReturnAuthorisations;
import io.throughline.api.returns.ReturnBook;
import io.throughline.api.returns.ReturnRequestReader;
import io.throughline.api.returns.ReturnResource;
import io.throughline.api.returns.ReturnWork;
import io.throughline.api.returns.ReturnsResource;
import io.throughline.api.returns.ScanResource;
import io.throughline.api.routing.RoutingPoliciesResource;
import io.throughline.api.routing.RoutingTrialsResource;
import io.throughline.api.routing.Trials;
import io.throughline.api.sale.StoreDaysResource;
import io.throughline.api.sale.StoreSaleResource;
import io.throughline.api.sale.StoreSalesResource;
import io.throughline.api.trace.LookupResource;
import io.throughline.api.trace.TraceVerificationResource;
import io.throughline.api.transfer.TransferDesk;
import io.throughline.api.transfer.TransfersResource;
import io.throughline.api.webhook.CarrierWebhookResource;
import io.throughline.api.webhook.MarketplaceReturns;
import io.throughline.api.webhook.MarketplaceWebhookResource;
import io.throughline.api.webhook.ShopifyWebhookResource;
import io.throughline.api.webhook.SquareWebhookResource;
import io.throughline.connectors.square.SquareConnector;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.availability.Availabilities;
import io.throughline.domain.availability.NewPromises;
import io.throughline.domain.availability.RoutingHours;
import io.throughline.domain.availability.ServingRules;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.counter.BlindPreviews;
import io.throughline.domain.counter.CounterPreviews;
import io.throughline.domain.event.EventReceiver;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.measure.ServiceLevels;
import io.throughline.domain.returns.ReturnPreviews;
import io.throughline.domain.routing.RoutingPolicies;
import io.throughline.domain.routing.Whereabouts;
import io.throughline.domain.routing.WorkDeadlines;
import io.throughline.domain.routing.trial.PolicyTrial;
import io.throughline.domain.routing.trial.Surroundings;
import io.throughline.domain.transfer.TransferRules;
import io.throughline.runtime.Metrics;
import io.throughline.runtime.retailer.ActiveRoutingPolicies;
import io.throughline.runtime.retailer.Retailer;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.glassfish.jersey.server.ServerProperties;

/** Puts the resources together from the facts that they read and write. */
final class ApiServer {
    private final ApiConfiguration configuration;
    private final Retailer retailer;
    private final ServiceLevels levels;
    private final Facts facts;
    private final EventReceiver subscribers;
    private final KeyRing keys;
    private final Metrics metrics;
    private final Clock clock;

    ApiServer(
            ApiConfiguration configuration,
            Retailer retailer,
            ServiceLevels levels,
            Facts facts,
            EventReceiver subscribers,
            KeyRing keys,
            Metrics metrics,
            Clock clock) {
        this.configuration = configuration;
        this.retailer = retailer;
        this.levels = levels;
        this.facts = facts;
        this.subscribers = subscribers;
        this.keys = keys;
        this.metrics = metrics;
        this.clock = clock;
    }

    void register(Environment environment) {
        answersIn(environment.getObjectMapper());
        JerseyEnvironment jersey = environment.jersey();
        jersey.property(ServerProperties.WADL_FEATURE_DISABLE, true);
        jersey.register(new TraceContext());
        RequestTally tally = new RequestTally(facts.requestTallies(), clock);
        environment.lifecycle().manage(tally);
        jersey.register(new RequestMetrics(metrics.registry(), tally));
        jersey.register(new RequestGuard(configuration.arriveWithin()));
        ConsoleServer console = new ConsoleServer(retailer, levels, facts, keys, links(), clock);
        jersey.register(new AccessFilter(new BearerKey(keys), console.people()));
        jersey.register(new KnownParameters());
        jersey.register(new AnswerHeaders());
        jersey.register(new ProblemMapper());
        jersey.register(console.problemPages());
        List<Object> resources = resources(console);
        List<Class<?>> classes =
                resources.stream().<Class<?>>map(Object::getClass).toList();
        AccessRules.check(classes);
        resources.forEach(jersey::register);
        OpenApiResource document =
                new OpenApiResource(() -> OpenApiDocument.of(classes, configuration.publicUrl(), levels.contracts()));
        AccessRules.check(List.of(document.getClass()));
        jersey.register(document);
        environment.healthChecks().register("database", databaseCheck());
        environment
                .admin()
                .addServlet("prometheus", new MetricsServlet(metrics))
                .addMapping("/metrics");
        ProblemErrorHandler errors = new ProblemErrorHandler(environment.getObjectMapper());
        environment.getApplicationContext().setErrorHandler(errors);
        environment.lifecycle().addServerLifecycleListener(server -> server.setErrorHandler(errors));
        environment.lifecycle().addEventListener(new ExactHeaders());
        environment.lifecycle().addEventListener(new ArrivalDeadline(configuration.arriveWithin()));
    }

    private static void answersIn(ObjectMapper mapper) {
        mapper.setConfig(mapper.getSerializationConfig().without(MapperFeature.AUTO_DETECT_IS_GETTERS));
        mapper.disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
        mapper.setDefaultPropertyInclusion(JsonInclude.Include.NON_ABSENT);
        mapper.registerModule(new SimpleModule().addSerializer(Instant.class, new WrittenInstants()));
    }

    private Links links() {
        return new Links(configuration.publicUrl(), configuration.temporalUi(), configuration.temporalNamespace());
    }

    private List<Object> resources(ConsoleServer console) {
        Links links = links();
        OrderReading reading = new OrderReading(
                facts.orders(),
                facts.inventory(),
                facts.people(),
                facts.journals(),
                facts.trace(),
                facts.parcels(),
                facts.marketplaceOrders(),
                links);
        AmendmentDesk amendments = new AmendmentDesk(facts.amendments(), facts.caseFiles(), known());
        Decisions decisions = new Decisions(facts.interventions(), amendments, clock);
        CaseViews cases =
                CaseViews.of(facts.caseFiles(), facts.orders(), retailer.casePolicies(), amendments, links, clock);
        Assortment assortment = new Assortment(retailer.catalog(), facts.products());
        ReturnBook returns = new ReturnBook(facts.returns(), facts.returnIntake(), links);
        CounterBook counterBook = new CounterBook(
                facts.counterReturns(), facts.counterIntake(), facts.trace(), retailer.cardCodes(), links);
        CounterReader counterReader = new CounterReader(retailer.facilities(), facts.counterReturns(), facts.trace());
        ActiveRoutingPolicies policies = retailer.routingPolicies(facts.policyActivations(), clock);
        Availabilities availabilities = availabilities(policies);
        NewPromises promises = new NewPromises(serving(), facts.pauses(), clock);
        ReturnAuthorisations authorisations = new ReturnAuthorisations(
                new ReturnPreviews(facts.purchases(), retailer.returnPolicies(), clock),
                returns,
                facts.orders(),
                new ExchangeStock(retailer.restAccount(), facts.baskets(), availabilities, promises, clock),
                retailer.returnPolicies(),
                inUse(OutsideSystem.SHOPIFY, OutsideSystem.MARKETPLACE, OutsideSystem.REST));
        ReturnWork returnWork = new ReturnWork(
                returns,
                new ReturnRequestReader(retailer.facilities(), retailer.returnPolicies()),
                new ReceiptReader(retailer.facilities(), retailer.returnPolicies()),
                authorisations,
                new ExchangeOffers(
                        retailer.accounts().get(retailer.restAccount()),
                        retailer.accounts(),
                        assortment,
                        facts.products(),
                        retailer.facilities(),
                        facts.orders(),
                        facts.people(),
                        retailer.returnPolicies()),
                facts.purchases(),
                facts.orders(),
                retailer.returnPolicies(),
                facts.unexpectedGoods(),
                facts.trace());
        HeldDesk heldDesk = new HeldDesk(facts.heldGoods(), retailer.facilities());
        Cancellations cancellations = new Cancellations(
                facts.interventions(), reading, inUse(OutsideSystem.SHOPIFY, OutsideSystem.MARKETPLACE));
        CaseDesk caseDesk = new CaseDesk(facts.caseCare(), clock);
        GroupDesk groupDesk =
                new GroupDesk(facts.caseFiles(), decisions, facts.bulkDecisions(), retailer.casePolicies(), clock);
        FacilitySwitch facilitySwitch = new FacilitySwitch(facts.pauses(), clock);
        SystemSwitch systemSwitch = new SystemSwitch(facts.systemControls(), retailer.accounts());
        Comparing comparing = new Comparing(
                inUse(OutsideSystem.SHOPIFY, OutsideSystem.SQUARE),
                facts.inbox(),
                facts.workload(),
                facts.repairs(),
                clock);
        Counting counting = new Counting(
                facts.counts(),
                retailer.stockPolicies(),
                known(),
                retailer.stockRules(clock).bundles(),
                clock);
        Republishing republishing = new Republishing(
                facts.republications(),
                new ShownPlaces(retailer.accounts(), retailer.facilities(), retailer.stockRules(clock)),
                known());
        TransferDesk transfers = transfers();
        Trials trials = trials(policies);
        List<Object> resources = new ArrayList<>(console.resources(new ConsoleServer.Desks(
                reading,
                cancellations,
                cases,
                amendments,
                decisions,
                caseDesk,
                groupDesk,
                availabilities,
                returnWork,
                heldDesk,
                counterBook,
                facilitySwitch,
                systemSwitch,
                comparing,
                counting,
                republishing,
                transfers,
                trials)));
        resources.addAll(List.of(
                new LandingPage(links),
                new HealthResource(facts.reachable()),
                new SystemsResource(systemSwitch, facts.systemHealth(), facts.systemPaces()),
                new ReconciliationsResource(comparing),
                new RebuildsResource(facts.rebuilds()),
                new InboxReplaysResource(facts.inboxReplays()),
                new RedrivesResource(facts.effectRedrives()),
                new SettlementsResource(facts.effectRedrives()),
                new ProductsResource(facts.products()),
                new PricesResource(facts.products()),
                new CatalogSyncResource(
                        facts.catalogSyncs(), facts.inbox(), inUse(OutsideSystem.SHOPIFY, OutsideSystem.TRYTON)),
                new ChannelNamesResource(facts.channelNames(), accounts()),
                new CustomersResource(facts.customers(), facts.people()),
                new PrivacyResource(facts.privacy(), accountsOf(OutsideSystem.SHOPIFY)),
                OrdersResource.of(
                        retailer, assortment, facts.intake(), facts.baskets(), promises, reading, links, clock),
                new OrderResource(reading, cancellations),
                new TraceVerificationResource(reading, facts.trace(), facts.traceChecks()),
                OrderEditsResource.of(
                        retailer, assortment, facts.baskets(), facts.edits(), facts.orders(), reading, clock),
                availability(availabilities),
                new BasketsResource(
                        facts.baskets(),
                        retailer.accounts().get(retailer.restAccount()),
                        known(),
                        retailer.facilities(),
                        promises,
                        retailer.policies(),
                        clock),
                new ReturnsResource(returnWork, retailer.facilities(), clock),
                new ScanResource(returnWork),
                new HeldGoodsResource(heldDesk),
                new ParcelResource(new ParcelReader(facts.orders(), facts.parcels(), facts.trace()), authorisations),
                new ReturnResource(
                        returnWork,
                        facts.returnDebts(),
                        facts.journals(),
                        facts.goodsCosts(),
                        facts.returnPhotos(),
                        facts.exchanges(),
                        clock),
                new AskedRefundsResource(returns, facts.clientRefunds()),
                new GoodsCostsResource(retailer.facilities(), facts.goodsCosts()),
                new AdjustedStockResource(retailer.facilities(), facts.adjustedStock()),
                new BlindReturnsResource(
                        new BlindReader(counterReader, known()),
                        counterBook,
                        new BlindPreviews(retailer.returnPolicies(), retailer.facilities(), clock)),
                new CounterReturnsResource(
                        counterReader,
                        counterBook,
                        new CounterPreviews(retailer.returnPolicies(), SquareConnector.GIVES_BACK, clock)),
                new CounterReturnResource(counterBook),
                new RoutingTrialsResource(trials, clock),
                new RoutingPoliciesResource(policies, facts.policyActivations(), retailer.candidatePolicies(), clock),
                new StoreSalesResource(retailer.facilities(), assortment, facts.sales(), clock),
                new StoreSaleResource(retailer.facilities(), facts.sales(), facts.journals(), facts.trace()),
                new StoreDaysResource(retailer.facilities(), facts.days(), facts.journals()),
                new WorkListResource(
                        retailer.facilities(),
                        facts.workLists(),
                        assortment,
                        retailer.stockRules(clock).bundles(),
                        retailer.policies()),
                new SoldHereResource(retailer.facilities(), facts.workLists()),
                new ReportsResource(
                        retailer.facilities(),
                        facts.orders(),
                        facts.reports(),
                        retailer.policies(),
                        new WorkDeadlines(policies),
                        clock),
                new ParcelsResource(facts.orders(), facts.parcels()),
                new PausesResource(retailer.facilities(), facilitySwitch),
                new OffersResource(reading, facts.reroutes(), retailer.facilities(), clock),
                new CountsResource(counting, retailer.facilities()),
                new RepublicationsResource(republishing, retailer.facilities()),
                new TransfersResource(transfers),
                new StockFeedResource(
                        facts.imports(),
                        retailer.facilities(),
                        retailer.accounts(),
                        retailer.stockRules(clock).authorities(),
                        links),
                new ImportsResource(facts.imports(), clock),
                new LookupResource(facts.trace(), facts.tillSales(), facts.sales(), links),
                new CasesResource(facts.caseFiles(), cases, retailer.casePolicies(), clock),
                new CaseResource(cases, decisions, amendments, caseDesk),
                new CaseGroupsResource(facts.caseFiles(), retailer.casePolicies(), clock),
                new GroupDecisionsResource(groupDesk),
                new BulkDecisionsResource(groupDesk),
                new DeadLettersResource(facts.inbox()),
                new KeysResource(keys, facts.apiKeys(), retailer.facilities(), clock),
                new SubscriptionsResource(facts.subscriptions(), new SubscriptionReader(subscribers, accounts())),
                new EventSchemasResource(configuration.publicUrl(), levels.contracts()),
                new KpisResource(facts.kpis(), levels, retailer.accounts(), retailer.facilities(), clock),
                new ServiceLevelsResource(facts.workload(), levels, clock),
                new ShopifyWebhookResource(Signatures.shopify(retailer), facts.inbox(), retailer.accounts()),
                new CarrierWebhookResource(Signatures.carrier(retailer), facts.inbox(), retailer.accounts()),
                new MarketplaceWebhookResource(
                        Signatures.marketplace(retailer),
                        retailer.accounts(),
                        facts.orders(),
                        facts.marketplaceOrders(),
                        facts.interventions(),
                        new MarketplaceReturns(
                                facts.returnIntake(),
                                new ReturnPreviews(facts.purchases(), retailer.returnPolicies(), clock),
                                facts.marketplaceOrders())),
                new SquareWebhookResource(
                        Signatures.square(retailer, configuration.publicUrl()), facts.inbox(), retailer.accounts())));
        return resources;
    }

    private AvailabilityResource availability(Availabilities availabilities) {
        return new AvailabilityResource(
                availabilities, known(), retailer.facilities(), retailer.stockPolicies(), facts.supply(), clock);
    }

    private ServingRules serving() {
        return new ServingRules(retailer.stockPolicies(), retailer.facilities());
    }

    private Availabilities availabilities(RoutingPolicies routing) {
        return new Availabilities(
                facts.stock(),
                retailer.stockPolicies(),
                retailer.facilities(),
                retailer.stockRules(clock).authorities(),
                retailer.catalog(),
                () -> retailer.policies().current().shortage().onShortage().waits(),
                asked -> new RoutingHours(routing.at(asked), asked));
    }

    private Trials trials(RoutingPolicies policies) {
        StockRules rules = retailer.stockRules(clock);
        TransferRules transfers = new TransferRules(retailer.stockPolicies(), rules.authorities(), retailer.accounts());
        ServingRules serving = serving();
        Surroundings today = new Surroundings(
                retailer.facilities().all(),
                rules.bundles(),
                (channel, facility, sku) ->
                        serving.at(clock.instant()).may(channel, facility, DeliveryMethod.SHIPPING, sku),
                new Whereabouts(facts.people(), retailer.postalAreas()),
                (from, store) -> transfers.forOrders(clock.instant()).of(from, store));
        return new Trials(
                new PolicyTrial(facts.routingHistory(), today), policies, retailer.candidatePolicies(), clock);
    }

    private TransferDesk transfers() {
        StockRules rules = retailer.stockRules(clock);
        return new TransferDesk(
                facts.transfers(),
                new TransferRules(retailer.stockPolicies(), rules.authorities(), retailer.accounts()),
                retailer.facilities(),
                known(),
                rules.bundles(),
                clock);
    }

    private Set<AccountId> accounts() {
        return accounts(account -> true);
    }

    private Catalog known() {
        return retailer.catalog().or(facts.products());
    }

    private Set<AccountId> accountsOf(OutsideSystem system) {
        return accounts(account -> account.system() == system);
    }

    /** Those that are not left alone. */
    private Set<AccountId> inUse(OutsideSystem... systems) {
        return accounts(account -> List.of(systems).contains(account.system()) && !account.isOff());
    }

    private Set<AccountId> accounts(Predicate<Account> which) {
        return retailer.accounts().all().stream().filter(which).map(Account::id).collect(Collectors.toSet());
    }

    private HealthCheck databaseCheck() {
        return new HealthCheck() {
            @Override
            protected Result check() {
                return facts.reachable().getAsBoolean()
                        ? Result.healthy()
                        : Result.unhealthy("PostgreSQL does not answer");
            }
        };
    }
}
