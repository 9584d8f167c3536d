package io.throughline.store;

import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.HikariPoolMXBean;
import io.throughline.domain.access.ApiKeys;
import io.throughline.domain.access.ConsoleSessions;
import io.throughline.domain.account.SystemControls;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.account.SystemHealth;
import io.throughline.domain.account.SystemPaces;
import io.throughline.domain.catalog.CatalogSyncs;
import io.throughline.domain.catalog.ChannelNames;
import io.throughline.domain.catalog.PriceComparison;
import io.throughline.domain.catalog.ProductCatalog;
import io.throughline.domain.catalog.ProductNews;
import io.throughline.domain.catalog.SystemOfRecord;
import io.throughline.domain.customer.Customers;
import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.domain.customer.Privacy;
import io.throughline.domain.effect.EffectHolder;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.effect.EffectRedrives;
import io.throughline.domain.event.EventDeliveries;
import io.throughline.domain.event.EventSubscriptions;
import io.throughline.domain.finance.AdjustedStock;
import io.throughline.domain.finance.GoodsCosts;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.fulfillment.FacilityPauses;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.Parcels;
import io.throughline.domain.fulfillment.PickupCodes;
import io.throughline.domain.fulfillment.Reroutes;
import io.throughline.domain.fulfillment.WorkChanges;
import io.throughline.domain.fulfillment.WorkHolds;
import io.throughline.domain.fulfillment.WorkLists;
import io.throughline.domain.inbox.Inbox;
import io.throughline.domain.inbox.InboxReplays;
import io.throughline.domain.intervention.Amendments;
import io.throughline.domain.intervention.Attention;
import io.throughline.domain.intervention.BulkDecisions;
import io.throughline.domain.intervention.CaseCare;
import io.throughline.domain.intervention.CaseFiles;
import io.throughline.domain.intervention.CasePolicies;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.CauseProbes;
import io.throughline.domain.intervention.Interventions;
import io.throughline.domain.intervention.OpenProcesses;
import io.throughline.domain.inventory.OrderReservations;
import io.throughline.domain.inventory.PassedOverProducts;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.UnplacedReports;
import io.throughline.domain.marketplace.MarketplaceOrders;
import io.throughline.domain.measure.Kpis;
import io.throughline.domain.measure.RequestTallies;
import io.throughline.domain.measure.ServiceLevels;
import io.throughline.domain.measure.Workload;
import io.throughline.domain.order.AwaitedProducts;
import io.throughline.domain.order.OrderFlow;
import io.throughline.domain.order.OrderIntake;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.Orders;
import io.throughline.domain.payment.Disputes;
import io.throughline.domain.rebuild.ReadModel;
import io.throughline.domain.rebuild.Rebuilds;
import io.throughline.domain.reconciliation.Repairs;
import io.throughline.domain.reconciliation.Watermarks;
import io.throughline.domain.retention.Aged;
import io.throughline.domain.returns.ClientRefunds;
import io.throughline.domain.returns.Exchanges;
import io.throughline.domain.returns.PassedOnMoney;
import io.throughline.domain.returns.Purchases;
import io.throughline.domain.returns.ReturnAdoption;
import io.throughline.domain.returns.ReturnDebts;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.returns.ReturnParcels;
import io.throughline.domain.returns.ReturnPhotos;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.Returns;
import io.throughline.domain.routing.PolicyActivations;
import io.throughline.domain.routing.Turnovers;
import io.throughline.domain.sale.StoreDays;
import io.throughline.domain.trace.Audit;
import io.throughline.domain.trace.StepEvents;
import io.throughline.domain.trace.Trace;
import io.throughline.domain.trace.TraceChecks;
import io.throughline.store.access.PostgresApiKeys;
import io.throughline.store.access.PostgresConsoleSessions;
import io.throughline.store.account.PostgresSystemControls;
import io.throughline.store.account.PostgresSystemGate;
import io.throughline.store.account.PostgresSystemHealth;
import io.throughline.store.account.PostgresSystemPaces;
import io.throughline.store.catalog.PostgresCatalogSyncs;
import io.throughline.store.catalog.PostgresChannelNames;
import io.throughline.store.catalog.PostgresPriceComparison;
import io.throughline.store.catalog.PostgresProductCatalog;
import io.throughline.store.catalog.PostgresProductNews;
import io.throughline.store.customer.PostgresCustomers;
import io.throughline.store.customer.PostgresPeople;
import io.throughline.store.customer.PostgresPrivacy;
import io.throughline.store.effect.PostgresEffectHolder;
import io.throughline.store.effect.PostgresEffectRedrives;
import io.throughline.store.effect.PostgresEffects;
import io.throughline.store.event.PostgresEventDeliveries;
import io.throughline.store.event.PostgresEventSubscriptions;
import io.throughline.store.finance.PostgresAdjustedStock;
import io.throughline.store.finance.PostgresGoodsCosts;
import io.throughline.store.finance.PostgresJournals;
import io.throughline.store.fulfillment.PostgresFacilityPauses;
import io.throughline.store.fulfillment.PostgresFulfillmentOrders;
import io.throughline.store.fulfillment.PostgresParcels;
import io.throughline.store.fulfillment.PostgresPickupCodes;
import io.throughline.store.fulfillment.PostgresReroutes;
import io.throughline.store.fulfillment.PostgresWorkChanges;
import io.throughline.store.fulfillment.PostgresWorkHolds;
import io.throughline.store.fulfillment.PostgresWorkLists;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxSubjects;
import io.throughline.store.inbox.PostgresInbox;
import io.throughline.store.inbox.PostgresInboxReplays;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.StatementCounter;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.intervention.CaseCauses;
import io.throughline.store.intervention.Deciding;
import io.throughline.store.intervention.PostgresAmendments;
import io.throughline.store.intervention.PostgresAttention;
import io.throughline.store.intervention.PostgresBulkDecisions;
import io.throughline.store.intervention.PostgresCaseCare;
import io.throughline.store.intervention.PostgresCaseFiles;
import io.throughline.store.intervention.PostgresCases;
import io.throughline.store.intervention.PostgresCauseProbes;
import io.throughline.store.intervention.PostgresInterventions;
import io.throughline.store.intervention.PostgresOpenProcesses;
import io.throughline.store.inventory.BalanceComparison;
import io.throughline.store.inventory.PostgresObservations;
import io.throughline.store.inventory.PostgresOrderReservations;
import io.throughline.store.inventory.PostgresPassedOver;
import io.throughline.store.inventory.PostgresUnplaced;
import io.throughline.store.marketplace.PostgresMarketplaceOrders;
import io.throughline.store.measure.PostgresKpis;
import io.throughline.store.measure.PostgresRequestTallies;
import io.throughline.store.measure.PostgresWorkload;
import io.throughline.store.order.OrderVersions;
import io.throughline.store.order.PostgresAwaitedProducts;
import io.throughline.store.order.PostgresOrderFlow;
import io.throughline.store.order.PostgresOrderIntake;
import io.throughline.store.order.PostgresOrders;
import io.throughline.store.order.SubmittedOrders;
import io.throughline.store.payment.PostgresDisputes;
import io.throughline.store.rebuild.PostgresRebuilds;
import io.throughline.store.reconciliation.PostgresRepairs;
import io.throughline.store.reconciliation.PostgresWatermarks;
import io.throughline.store.returns.InspectionPhotos;
import io.throughline.store.returns.PostgresClientRefunds;
import io.throughline.store.returns.PostgresExchanges;
import io.throughline.store.returns.PostgresPassedOnMoney;
import io.throughline.store.returns.PostgresPurchases;
import io.throughline.store.returns.PostgresReturnAdoption;
import io.throughline.store.returns.PostgresReturnDebts;
import io.throughline.store.returns.PostgresReturnIntake;
import io.throughline.store.returns.PostgresReturnParcels;
import io.throughline.store.returns.PostgresReturns;
import io.throughline.store.returns.ReturnCounts;
import io.throughline.store.routing.PostgresPolicyActivations;
import io.throughline.store.routing.PostgresTurnovers;
import io.throughline.store.routing.TurnoverOfToday;
import io.throughline.store.sale.DayCounts;
import io.throughline.store.sale.PostgresStoreDays;
import io.throughline.store.trace.Names;
import io.throughline.store.trace.PostgresAudit;
import io.throughline.store.trace.PostgresStepEvents;
import io.throughline.store.trace.PostgresTrace;
import io.throughline.store.trace.PostgresTraceChecks;
import java.sql.DriverManager;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.StatementExceptions;
import org.jdbi.v3.postgres.PostgresPlugin;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one door to PostgreSQL: brings the schema up to date when it is opened, and gives every port that is kept there. Safe for any
 * number of threads and processes. Every wait is bounded: for a connection, for a lock, for a reply.
 */
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);

    private final HikariDataSource pool;
    private final Transactions transactions;
    private final InboxBell bell;
    private final TraceWriter trace;
    private final CasePolicies casePolicies;
    private final CaseWriter caseWriter;
    private final PostgresInbox inbox;
    private final ProductCatalog products;
    private final StatementCounter statements;
    private final Clock clock;

    /** Tells this process from those before and beside it. */
    private final String holder = UUID.randomUUID().toString();

    private Database(
            HikariDataSource pool,
            InboxBell bell,
            Transactions transactions,
            StatementCounter statements,
            int poolSize,
            CasePolicies casePolicies,
            Clock clock) {
        this.pool = pool;
        this.statements = statements;
        this.bell = bell;
        this.transactions = transactions;
        this.trace = new TraceWriter(clock);
        this.casePolicies = casePolicies;
        this.caseWriter = new CaseWriter(trace, casePolicies, clock);
        this.clock = clock;
        this.products = new PostgresProductCatalog(transactions, clock);
        // A handler needs connections of its own while its message holds one.
        this.inbox = new PostgresInbox(transactions, trace, caseWriter, bell, clock, Math.max(1, poolSize / 2));
    }

    /** As {@link #open(DatabaseConfig, CasePolicies, Clock)}, where no retailer has said who works on cases. */
    public static Database open(DatabaseConfig config, Clock clock) {
        return open(config, CasePolicies.usual(), clock);
    }

    /** Connects, migrates and is ready. Fails when PostgreSQL can't be reached. */
    public static Database open(DatabaseConfig config, CasePolicies casePolicies, Clock clock) {
        HikariDataSource pool = new HikariDataSource(ConnectionSettings.pool(config));
        try {
            migrate(config);
            StatementCounter statements = new StatementCounter();
            Jdbi jdbi = Jdbi.create(pool).installPlugin(new PostgresPlugin()).setSqlLogger(statements);
            jdbi.getConfig(StatementExceptions.class).setMessageRendering(StatementExceptions.MessageRendering.NONE);
            Transactions transactions = new Transactions(jdbi);
            InboxBell bell = new InboxBell(
                    transactions,
                    () -> DriverManager.getConnection(config.jdbcUrl(), ConnectionSettings.listening(config)));
            return new Database(pool, bell, transactions, statements, config.poolSize(), casePolicies, clock);
        } catch (RuntimeException failed) {
            pool.close();
            throw failed;
        }
    }

    public Orders orders() {
        return new PostgresOrders(transactions, trace, clock);
    }

    public OrderIntake orderIntake() {
        return new PostgresOrderIntake(transactions, trace, bell, clock);
    }

    /** The orders that REST clients have handed over, as their channel. */
    public OrderSource submittedOrders() {
        return new SubmittedOrders(transactions);
    }

    public TraceChecks traceChecks() {
        return new PostgresTraceChecks(transactions, caseWriter, clock);
    }

    public StepEvents stepEvents() {
        return new PostgresStepEvents(transactions);
    }

    public Turnovers turnovers() {
        return new PostgresTurnovers(transactions, clock);
    }

    /** What follows from facts, made anew from them. */
    public Rebuilds rebuilds() {
        return new PostgresRebuilds(
                transactions,
                trace,
                Map.of(
                        ReadModel.NAMES, new Names(),
                        ReadModel.INBOX, new InboxSubjects(bell),
                        ReadModel.CAUSES, new CaseCauses(),
                        ReadModel.ORDERS, OrderVersions.derivation(),
                        ReadModel.STORE_DAYS, DayCounts.derivation(),
                        ReadModel.RETURNS, ReturnCounts.derivation(),
                        ReadModel.TURNOVER, new TurnoverOfToday(),
                        ReadModel.BALANCES, new BalanceComparison()),
                clock);
    }

    public MarketplaceOrders marketplaceOrders() {
        return new PostgresMarketplaceOrders(transactions, trace, clock);
    }

    public Purchases purchases() {
        return new PostgresPurchases(transactions);
    }

    public Returns returns() {
        return new PostgresReturns(transactions, trace, clock);
    }

    public ReturnPhotos returnPhotos() {
        return new InspectionPhotos(transactions);
    }

    public Exchanges exchanges() {
        return new PostgresExchanges(transactions, trace, clock);
    }

    public ClientRefunds clientRefunds() {
        return new PostgresClientRefunds(transactions, trace, bell, clock);
    }

    public PassedOnMoney passedOnMoney() {
        return new PostgresPassedOnMoney(transactions, trace);
    }

    public ReturnParcels returnParcels() {
        return new PostgresReturnParcels(transactions, trace, bell, clock);
    }

    public ReturnDebts returnDebts() {
        return new PostgresReturnDebts(transactions, trace, caseWriter, clock);
    }

    public ReturnIntake returnIntake() {
        return new PostgresReturnIntake(transactions, trace, caseWriter, bell, clock);
    }

    /** {@code policies} name the version by which such a return goes on. */
    public ReturnAdoption returnAdoption(ReturnPolicies policies) {
        return new PostgresReturnAdoption(transactions, trace, bell, policies, clock);
    }

    public FulfillmentOrders fulfillmentOrders() {
        return new PostgresFulfillmentOrders(transactions, trace, clock);
    }

    /** What is kept of stock, and books and promises by {@code rules}. */
    public StockStores stock(StockRules rules) {
        return new StockStores(transactions, trace, caseWriter, deciding(), bell, clock, rules);
    }

    public Parcels parcels() {
        return new PostgresParcels(
                transactions, new PostgresFulfillmentOrders(transactions, trace, clock), trace, clock);
    }

    public PickupCodes pickupCodes() {
        return new PostgresPickupCodes(transactions, clock);
    }

    public Reroutes reroutes() {
        return new PostgresReroutes(transactions, trace, bell, clock);
    }

    public WorkHolds workHolds() {
        return new PostgresWorkHolds(transactions, trace, bell, clock);
    }

    public WorkChanges workChanges() {
        return new PostgresWorkChanges(transactions, trace, bell, clock);
    }

    public Disputes disputes() {
        return new PostgresDisputes(transactions, trace, clock);
    }

    public WorkLists workLists() {
        return new PostgresWorkLists(transactions, trace);
    }

    public FacilityPauses facilityPauses() {
        return new PostgresFacilityPauses(transactions, trace, bell, clock);
    }

    /** What was put in force of routing policies. */
    public PolicyActivations policyActivations() {
        return new PostgresPolicyActivations(transactions, trace, clock);
    }

    public StoreDays storeDays() {
        return new PostgresStoreDays(transactions, trace, clock);
    }

    public PassedOverProducts passedOverProducts() {
        return new PostgresPassedOver(transactions);
    }

    public UnplacedReports unplacedReports() {
        return new PostgresUnplaced(transactions, caseWriter, clock);
    }

    public EffectLedger effects() {
        return new PostgresEffects(transactions, trace, holder, clock);
    }

    /** This process among those that carry out effects. */
    public EffectHolder effectHolder() {
        return new PostgresEffectHolder(transactions, holder);
    }

    /** Effects that nobody knows the outcome of, to be tried at once. */
    public EffectRedrives effectRedrives() {
        return new PostgresEffectRedrives(transactions, trace, bell, clock);
    }

    public Inbox inbox() {
        return inbox;
    }

    /** Messages that are to be handled again. */
    public InboxReplays inboxReplays() {
        return new PostgresInboxReplays(transactions, trace, inbox, bell);
    }

    public Cases cases() {
        return postgresCases();
    }

    private PostgresCases postgresCases() {
        return new PostgresCases(transactions, trace, caseWriter, clock);
    }

    public CaseFiles caseFiles() {
        return new PostgresCaseFiles(transactions, clock);
    }

    /** What should have a process. */
    public Attention attention() {
        return new PostgresAttention(transactions);
    }

    /** And what beside orders. */
    public OpenProcesses openProcesses() {
        return new PostgresOpenProcesses(transactions);
    }

    public CaseCare caseCare() {
        return new PostgresCaseCare(transactions, trace, casePolicies, clock);
    }

    public Interventions interventions() {
        return new PostgresInterventions(
                transactions, deciding(), new PostgresOrders(transactions, trace, clock), bell, clock);
    }

    public Amendments amendments() {
        return new PostgresAmendments(transactions, trace, clock);
    }

    public BulkDecisions bulkDecisions() {
        return new PostgresBulkDecisions(transactions, deciding(), bell, clock);
    }

    public CauseProbes causeProbes() {
        return new PostgresCauseProbes(transactions, deciding(), bell, clock);
    }

    private Deciding deciding() {
        return new Deciding(postgresCases(), trace, casePolicies, clock);
    }

    public Trace trace() {
        return new PostgresTrace(transactions, trace);
    }

    /** Who did what. */
    public Audit audit() {
        return new PostgresAudit(transactions);
    }

    public Journals journals() {
        return new PostgresJournals(transactions, trace, clock);
    }

    public GoodsCosts goodsCosts() {
        return new PostgresGoodsCosts(transactions);
    }

    /** What was adjusted of the stock, by the day. */
    public AdjustedStock adjustedStock() {
        return new PostgresAdjustedStock(transactions);
    }

    public PersonalDataStore people() {
        return new PostgresPeople(transactions, clock);
    }

    public ProductCatalog products() {
        return products;
    }

    /** Takes catalogues in, by the retailer's word on who owns what. */
    public CatalogSyncs catalogSyncs(SystemOfRecord owners) {
        return new PostgresCatalogSyncs(transactions, trace, owners, clock);
    }

    /** News of single products, by the same word. */
    public ProductNews productNews(SystemOfRecord owners) {
        return new PostgresProductNews(transactions, trace, owners, clock);
    }

    public AwaitedProducts awaitedProducts() {
        return new PostgresAwaitedProducts(transactions, bell, clock);
    }

    public ChannelNames channelNames() {
        return new PostgresChannelNames(transactions, trace);
    }

    public PriceComparison priceComparison() {
        return new PostgresPriceComparison(transactions, caseWriter, clock);
    }

    /** Our customers, by the retailer's word on who owns them. */
    public Customers customers(SystemOfRecord owners) {
        return new PostgresCustomers(transactions, trace, owners, clock);
    }

    public Privacy privacy() {
        return new PostgresPrivacy(transactions, trace, caseWriter, clock);
    }

    public ApiKeys apiKeys() {
        return new PostgresApiKeys(transactions, clock);
    }

    /** Who is signed in to the console. */
    public ConsoleSessions consoleSessions() {
        return new PostgresConsoleSessions(transactions, clock);
    }

    public OrderFlow orderFlow() {
        return new PostgresOrderFlow(transactions);
    }

    public OrderReservations orderReservations() {
        return new PostgresOrderReservations(transactions);
    }

    public SystemHealth systemHealth() {
        return new PostgresSystemHealth(transactions);
    }

    /** What people have said about how systems are to be asked. */
    public SystemControls systemControls() {
        return new PostgresSystemControls(transactions, trace, clock);
    }

    /** How often they may be asked by what workers know. */
    public SystemPaces systemPaces() {
        return new PostgresSystemPaces(transactions, clock);
    }

    /** How systems may be asked; one for each process, since it keeps what it has heard. */
    public SystemGate systemGate() {
        return new PostgresSystemGate(systemControls(), transactions);
    }

    public EventSubscriptions eventSubscriptions() {
        return new PostgresEventSubscriptions(transactions, trace, caseWriter, clock);
    }

    public EventDeliveries eventDeliveries() {
        return new PostgresEventDeliveries(transactions, trace, caseWriter, clock);
    }

    /** What systems have told of stock that was not booked. */
    public Aged stockWords() {
        return PostgresObservations.words(transactions);
    }

    /** What systems were told of stock. */
    public Aged stockPublications() {
        return PostgresObservations.publications(transactions);
    }

    /** What subscribers were told. */
    public Aged toldEvents() {
        return PostgresEventDeliveries.told(transactions);
    }

    /** What comparisons have found. */
    public Repairs repairs() {
        return new PostgresRepairs(transactions);
    }

    public Watermarks watermarks() {
        return new PostgresWatermarks(transactions);
    }

    /** What waits just now. */
    public Workload workload() {
        return new PostgresWorkload(transactions, eventDeliveries(), clock);
    }

    /** The figures of a period, by what was promised. */
    public Kpis kpis(ServiceLevels levels) {
        return new PostgresKpis(transactions, levels, clock);
    }

    public RequestTallies requestTallies() {
        return new PostgresRequestTallies(transactions);
    }

    /** How requests were answered. */
    public Aged talliedRequests() {
        return PostgresRequestTallies.aged(transactions);
    }

    /** The connections of this process: those that are in use, those at rest, and the callers that wait for one. */
    public Connections connections() {
        HikariPoolMXBean now = pool.getHikariPoolMXBean();
        return new Connections(
                now.getActiveConnections(), now.getIdleConnections(), now.getThreadsAwaitingConnection());
    }

    /** At most so many connections are open. */
    public int mostConnections() {
        return pool.getMaximumPoolSize();
    }

    public record Connections(int used, int idle, int awaited) {}

    /** Whether PostgreSQL answers just now. */
    public boolean healthy() {
        try {
            return transactions.with(
                    handle -> handle.select("select 1").mapTo(Integer.class).one() == 1);
        } catch (RuntimeException unhealthy) {
            LOG.warn("PostgreSQL does not answer: {}", unhealthy.toString());
            return false;
        }
    }

    /** Statements sent to PostgreSQL since it was opened; a batch is one, and what begins and ends a transaction is none. */
    public long statementsSent() {
        return statements.sent();
    }

    @Override
    public void close() {
        bell.close();
        pool.close();
    }

    private static void migrate(DatabaseConfig config) {
        Flyway.configure()
                .dataSource(config.jdbcUrl(), config.user(), config.password())
                .locations("classpath:io/throughline/store/migration")
                .load()
                .migrate();
    }
}
