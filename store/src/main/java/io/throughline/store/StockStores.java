package io.throughline.store;

import io.throughline.domain.availability.StockReading;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.counter.CounterIntake;
import io.throughline.domain.counter.CounterReturns;
import io.throughline.domain.finance.StockAdjustments;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.StoreReports;
import io.throughline.domain.intervention.OrderEdits;
import io.throughline.domain.intervention.PlannedEdits;
import io.throughline.domain.inventory.Baskets;
import io.throughline.domain.inventory.CycleCounts;
import io.throughline.domain.inventory.DriftHistories;
import io.throughline.domain.inventory.FeedReading;
import io.throughline.domain.inventory.IncomingSupply;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.Publications;
import io.throughline.domain.inventory.Republications;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockDrift;
import io.throughline.domain.inventory.StockImports;
import io.throughline.domain.inventory.StockObservations;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.inventory.StrandedStock;
import io.throughline.domain.returns.HeldGoods;
import io.throughline.domain.returns.UnexpectedGoods;
import io.throughline.domain.routing.trial.RoutingHistory;
import io.throughline.domain.sale.StoreCalendar;
import io.throughline.domain.sale.StoreDayPolicies;
import io.throughline.domain.sale.StoreSales;
import io.throughline.domain.sale.TillSales;
import io.throughline.domain.transfer.ErpTransfers;
import io.throughline.domain.transfer.OrderTransfers;
import io.throughline.domain.transfer.Transfers;
import io.throughline.store.counter.PostgresCounterIntake;
import io.throughline.store.counter.PostgresCounterReturns;
import io.throughline.store.counter.TillMatches;
import io.throughline.store.finance.PostgresStockAdjustments;
import io.throughline.store.fulfillment.InboundWork;
import io.throughline.store.fulfillment.PostgresFulfillmentOrders;
import io.throughline.store.fulfillment.PostgresStoreReports;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.intervention.Deciding;
import io.throughline.store.intervention.PostgresOrderEdits;
import io.throughline.store.inventory.PostgresAvailability;
import io.throughline.store.inventory.PostgresBaskets;
import io.throughline.store.inventory.PostgresCycleCounts;
import io.throughline.store.inventory.PostgresDrift;
import io.throughline.store.inventory.PostgresDriftHistories;
import io.throughline.store.inventory.PostgresErpTransfers;
import io.throughline.store.inventory.PostgresInventory;
import io.throughline.store.inventory.PostgresObservations;
import io.throughline.store.inventory.PostgresOrderTransfers;
import io.throughline.store.inventory.PostgresPublications;
import io.throughline.store.inventory.PostgresRepublications;
import io.throughline.store.inventory.PostgresStockImports;
import io.throughline.store.inventory.PostgresStrandedStock;
import io.throughline.store.inventory.PostgresSupply;
import io.throughline.store.inventory.PostgresTransfers;
import io.throughline.store.order.PostgresOrders;
import io.throughline.store.returns.PostgresHeldGoods;
import io.throughline.store.returns.PostgresUnexpectedGoods;
import io.throughline.store.routing.PostgresRoutingHistory;
import io.throughline.store.sale.PostgresStoreSales;
import io.throughline.store.sale.PostgresTillSales;
import io.throughline.store.sale.SaleBooking;
import java.time.Clock;
import java.time.Duration;

/** What is kept of stock, and of all that books it: every port that goes by the rules of one retailer's stock. See {@link Database#stock}. */
public final class StockStores {
    private static final Duration HEARD_FOR = Duration.ofSeconds(1);

    private final Transactions transactions;
    private final TraceWriter trace;
    private final CaseWriter caseWriter;
    private final Deciding deciding;
    private final InboxBell bell;
    private final Clock clock;
    private final StockRules rules;

    StockStores(
            Transactions transactions,
            TraceWriter trace,
            CaseWriter caseWriter,
            Deciding deciding,
            InboxBell bell,
            Clock clock,
            StockRules rules) {
        this.transactions = transactions;
        this.trace = trace;
        this.caseWriter = caseWriter;
        this.deciding = deciding;
        this.bell = bell;
        this.clock = clock;
        this.rules = rules;
    }

    /** Takes in what stores' devices report; what they don't hand over is booked. */
    public StoreReports storeReports() {
        return new PostgresStoreReports(
                transactions, new PostgresFulfillmentOrders(transactions, trace, clock), ledger(), trace, bell, clock);
    }

    /** The ledger, which books and promises by these rules. */
    public InventoryLedger inventory() {
        return ledger();
    }

    private PostgresInventory ledger() {
        return new PostgresInventory(transactions, trace, caseWriter, clock, rules);
    }

    /** What orders that have ended should have given back. */
    public StrandedStock strandedStock() {
        return new PostgresStrandedStock(transactions, ledger(), trace, clock);
    }

    public Baskets baskets() {
        return new PostgresBaskets(transactions, trace, clock, rules);
    }

    public IncomingSupply incomingSupply() {
        return new PostgresSupply(transactions, trace, rules);
    }

    /** What trials of routing policies are made from. */
    public RoutingHistory routingHistory() {
        return new PostgresRoutingHistory(transactions, rules.safetyStocks());
    }

    /** What availability is computed from. */
    public StockReading stockReading() {
        return new PostgresAvailability(transactions, clock, rules.safetyStocks(), HEARD_FOR);
    }

    public CycleCounts cycleCounts() {
        return new PostgresCycleCounts(transactions, ledger(), rules.authorities(), caseWriter, clock);
    }

    public Transfers transfers() {
        return new PostgresTransfers(transactions, ledger(), postgresOrderTransfers(), rules, caseWriter, trace, clock);
    }

    /** What was missing or too much of the transfers that ERPs keep. */
    public ErpTransfers erpTransfers() {
        return new PostgresErpTransfers(transactions, ledger(), rules, caseWriter, trace, clock);
    }

    /** What ERPs are still to be told of what the ledger has adjusted. */
    public StockAdjustments stockAdjustments() {
        return new PostgresStockAdjustments(transactions, trace, rules.companies(), clock);
    }

    /** What transfers bring to the stores where orders are collected. */
    public OrderTransfers orderTransfers() {
        return postgresOrderTransfers();
    }

    private PostgresOrderTransfers postgresOrderTransfers() {
        return new PostgresOrderTransfers(
                transactions,
                new InboundWork(new PostgresFulfillmentOrders(transactions, trace, clock), trace, clock),
                rules,
                caseWriter,
                trace,
                bell,
                clock);
    }

    public StockObservations stockObservations() {
        return new PostgresObservations(transactions, inventory(), rules.authorities(), clock);
    }

    /** Takes in what tills have sold. */
    public StoreSales storeSales(Facilities facilities, StoreDayPolicies policies) {
        return new PostgresStoreSales(
                transactions, saleBooking(facilities, policies), facilities, caseWriter, trace, bell, clock);
    }

    /** The same of what the tills' own systems tell. */
    public TillSales tillSales(Facilities facilities, StoreDayPolicies policies) {
        SaleBooking booking = saleBooking(facilities, policies);
        return new PostgresTillSales(
                transactions, booking, new TillMatches(booking, facilities, trace, caseWriter), bell);
    }

    /** What was taken back over stores' counters. */
    public CounterReturns counterReturns(Facilities facilities, StoreDayPolicies policies) {
        return new PostgresCounterReturns(transactions, saleBooking(facilities, policies), facilities, trace, clock);
    }

    public CounterIntake counterIntake(Facilities facilities, StoreDayPolicies policies) {
        return new PostgresCounterIntake(
                transactions, saleBooking(facilities, policies), facilities, trace, bell, clock);
    }

    /** What is held of returned goods, and may go. */
    public HeldGoods heldGoods() {
        return new PostgresHeldGoods(transactions, ledger(), rules.bundles(), trace, clock);
    }

    /** What came back that nobody had authorised. */
    public UnexpectedGoods unexpectedGoods() {
        return new PostgresUnexpectedGoods(transactions, ledger(), caseWriter, trace, clock);
    }

    private SaleBooking saleBooking(Facilities facilities, StoreDayPolicies policies) {
        return new SaleBooking(ledger(), facilities, new StoreCalendar(facilities, policies), trace, clock);
    }

    /** Warehouse feeds, whose rows {@code catalog} makes sense of. */
    public StockImports stockImports(Catalog catalog) {
        return new PostgresStockImports(transactions, ledger(), new FeedReading(catalog, rules.bundles()), bell, clock);
    }

    /** What outside systems were told of the ledger. */
    public Publications publications() {
        return new PostgresPublications(transactions, clock, rules, trace);
    }

    /** Wishes that outside systems show again what the ledger has. */
    public Republications republications() {
        return new PostgresRepublications(transactions, rules.bundles(), trace, clock);
    }

    /** {@code shown} are the places of which systems show what they are told: bundles are compared there only. */
    public StockDrift stockDrift(ShownPlaces shown) {
        return new PostgresDrift(transactions, rules, shown, trace, clock);
    }

    /** What was told of places whose stock differs. */
    public DriftHistories driftHistories(ShownPlaces shown) {
        return new PostgresDriftHistories(transactions, rules, shown);
    }

    /** Edits of submitted orders; what they need no more is given back, also by its facilities where the edits are planned. */
    public OrderEdits orderEdits(PlannedEdits planned) {
        return new PostgresOrderEdits(
                transactions,
                new PostgresOrders(transactions, trace, clock),
                ledger(),
                rules,
                planned,
                deciding,
                trace,
                bell,
                clock);
    }
}
