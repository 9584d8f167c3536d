package io.throughline.worker;

import io.throughline.activities.call.Doorbell;
import io.throughline.activities.call.Effects;
import io.throughline.activities.call.InFlight;
import io.throughline.activities.call.Messages;
import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.call.Steps;
import io.throughline.activities.catalog.CatalogSources;
import io.throughline.activities.catalog.CatalogStepsImpl;
import io.throughline.activities.counter.CounterReturnStepsImpl;
import io.throughline.activities.counter.GiftCardPayback;
import io.throughline.activities.counter.TillPayback;
import io.throughline.activities.customer.CustomerStepsImpl;
import io.throughline.activities.finance.DayBooks;
import io.throughline.activities.finance.FinanceStepsImpl;
import io.throughline.activities.finance.ReturnBooks;
import io.throughline.activities.fulfillment.ChannelMoves;
import io.throughline.activities.fulfillment.Coverage;
import io.throughline.activities.fulfillment.EditedWork;
import io.throughline.activities.fulfillment.FulfillmentStepsImpl;
import io.throughline.activities.fulfillment.LegStates;
import io.throughline.activities.fulfillment.Readdressing;
import io.throughline.activities.fulfillment.Routing;
import io.throughline.activities.fulfillment.RoutingQuestions;
import io.throughline.activities.fulfillment.Shipping;
import io.throughline.activities.intervention.CaseQueueStepsImpl;
import io.throughline.activities.intervention.CaseStepsImpl;
import io.throughline.activities.inventory.AdjustmentPosting;
import io.throughline.activities.inventory.ErpStockStepsImpl;
import io.throughline.activities.inventory.InventorySyncStepsImpl;
import io.throughline.activities.inventory.StockBooks;
import io.throughline.activities.inventory.StockFeedStepsImpl;
import io.throughline.activities.inventory.StockImportStepsImpl;
import io.throughline.activities.inventory.StockMirrors;
import io.throughline.activities.marketplace.Marketplaces;
import io.throughline.activities.order.ChannelReading;
import io.throughline.activities.order.ChannelStepsImpl;
import io.throughline.activities.order.OrderStepsImpl;
import io.throughline.activities.order.Restraints;
import io.throughline.activities.payment.AuthorisationTerms;
import io.throughline.activities.payment.MoneyBesideReturns;
import io.throughline.activities.payment.PaymentStepsImpl;
import io.throughline.activities.reconciliation.ReconciliationStepsImpl;
import io.throughline.activities.returns.ChannelRefunds;
import io.throughline.activities.returns.ExchangeDesk;
import io.throughline.activities.returns.PassedOnRefunds;
import io.throughline.activities.returns.ReturnLabels;
import io.throughline.activities.returns.ReturnStepsImpl;
import io.throughline.activities.returns.ShopShelves;
import io.throughline.activities.sale.StoreDayStepsImpl;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.availability.ServingRules;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.counter.CounterReturns;
import io.throughline.domain.counter.GiftCards;
import io.throughline.domain.counter.TillRefunds;
import io.throughline.domain.fulfillment.Carrier;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockReports;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.marketplace.Marketplace;
import io.throughline.domain.order.OrderCheck;
import io.throughline.domain.returns.Advances;
import io.throughline.domain.returns.ReturnReckoning;
import io.throughline.domain.routing.Whereabouts;
import io.throughline.domain.routing.WorkDeadlines;
import io.throughline.domain.transfer.TransferRules;
import io.throughline.runtime.retailer.Retailer;
import io.throughline.store.Database;
import io.throughline.store.StockStores;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/** Puts the steps together; each worker gets all of them, since a local activity runs where its workflow does. */
final class Activities {
    private static final Duration STOCK_GATHERS_FOR = Duration.ofMillis(500);

    /** What the books know coins as that a counter pays out. */
    private static final String CASH = "cash";

    /** What they know credit as that a store gives by hand. */
    private static final String CREDIT_BY_HAND = "store_credit";

    private Activities() {}

    static Object[] all(
            Database database,
            Retailer retailer,
            OutsideWorld world,
            StockMirrors stockMirrors,
            Map<OutsideSystem, StockReports> stockReports,
            StockFeedStepsImpl.Rhythm stockRhythm,
            ErpStock erpStock,
            ErpStockStepsImpl.Rhythm erpRhythm,
            CatalogSources catalogs,
            Duration catalogEvery,
            Carrier carrier,
            Marketplace marketplace,
            TillRefunds tillRefunds,
            GiftCards giftCards,
            Doorbell doorbell,
            Effects effects,
            SystemGate gate,
            Clock clock,
            Duration quickPhase) {
        StockRules stockRules = retailer.stockRules(clock);
        StockStores stock = database.stock(stockRules);
        InventoryLedger inventory = stock.inventory();
        ShownPlaces shownPlaces = new ShownPlaces(retailer.accounts(), retailer.facilities(), stockRules);
        StockBooks stockBooks = new StockBooks(
                inventory,
                stock.stockObservations(),
                stock.stockDrift(shownPlaces),
                stockRules.authorities(),
                retailer.stockPolicies(),
                shownPlaces,
                stock.republications());
        Catalog known = retailer.catalog().or(database.products());
        Steps steps = new Steps(database.cases(), database.orders(), doorbell, gate, clock, quickPhase);
        Messages messages = new Messages(effects, world, database.orders(), database.people());
        Coverage coverage = new Coverage(database.returns(), inventory, stockRules.bundles(), retailer.policies());
        EditedWork edited = new EditedWork(
                retailer.accounts(),
                retailer.policies(),
                database.reroutes(),
                inventory,
                coverage,
                stockRules.bundles());
        Routing routing = new Routing(
                database.orders(),
                inventory,
                database.fulfillmentOrders(),
                retailer.facilities(),
                stockRules.bundles(),
                new RoutingQuestions(
                        retailer.routingPolicies(database.policyActivations(), clock),
                        new ServingRules(retailer.stockPolicies(), retailer.facilities()),
                        new TransferRules(retailer.stockPolicies(), stockRules.authorities(), retailer.accounts()),
                        new Whereabouts(database.people(), retailer.postalAreas()),
                        clock),
                database.facilityPauses(),
                coverage,
                database.reroutes());
        Restraints restraints = new Restraints(
                retailer.accounts(), database.disputes(), database.workHolds(), retailer.policies(), steps);
        AuthorisationTerms authorised = new AuthorisationTerms(
                retailer.accounts(), database.orders(), database.workHolds(), retailer.policies(), steps, clock);
        MoneyBesideReturns beside = new MoneyBesideReturns(
                retailer.accounts(), database.orders(), database.returns(), database.journals(), steps);
        InFlight inFlight = new Readdressing(
                        retailer.accounts(),
                        retailer.facilities(),
                        database.fulfillmentOrders(),
                        database.reroutes(),
                        database.workChanges(),
                        retailer.policies(),
                        steps)
                .and(new ChannelMoves(
                        retailer.accounts(),
                        retailer.facilities(),
                        database.fulfillmentOrders(),
                        database.workChanges(),
                        routing,
                        retailer.policies(),
                        effects,
                        steps))
                .and(authorised)
                .and(beside);
        ChannelReading reading =
                new ChannelReading(world, database.orders(), database.returns(), steps, restraints, inFlight, clock);
        Marketplaces marketplaces = new Marketplaces(
                retailer.accounts(), marketplace, database.marketplaceOrders(), retailer::marketplaceTerms);
        Shipping shipping = new Shipping(database.parcels(), carrier, database.people(), database.pickupCodes());
        FulfillmentStepsImpl fulfillment = new FulfillmentStepsImpl(
                steps,
                effects,
                world,
                database.orders(),
                database.fulfillmentOrders(),
                inventory,
                retailer.facilities(),
                stockRules.bundles(),
                retailer.policies(),
                new WorkDeadlines(retailer.routingPolicies(database.policyActivations(), clock)),
                routing,
                coverage,
                edited,
                database.facilityPauses(),
                database.reroutes(),
                messages,
                shipping,
                marketplaces,
                stock.orderTransfers(),
                database.workHolds(),
                database.workChanges(),
                clock);
        return new Object[] {
            new OrderStepsImpl(
                    steps,
                    database.orders(),
                    inventory,
                    retailer.policies(),
                    new OrderCheck(known),
                    database.awaitedProducts(),
                    routing,
                    coverage,
                    edited,
                    new LegStates(retailer.accounts(), retailer.facilities(), database.parcels()),
                    database.reroutes(),
                    restraints,
                    authorised,
                    clock),
            new ChannelStepsImpl(
                    steps,
                    effects,
                    world,
                    database.orders(),
                    reading,
                    restraints,
                    messages,
                    coverage,
                    edited,
                    inventory,
                    marketplaces),
            fulfillment,
            fulfillment.rerouting(),
            new PaymentStepsImpl(steps, effects, world, database.orders(), reading, retailer.policies(), authorised),
            new FinanceStepsImpl(
                    steps,
                    effects,
                    world,
                    database.orders(),
                    database.fulfillmentOrders(),
                    reading,
                    beside,
                    retailer.facilities(),
                    database.journals(),
                    database.people(),
                    retailer.policies(),
                    clock),
            new StoreDayStepsImpl(
                    steps,
                    database.storeDays(),
                    new DayBooks(effects, world, database.storeDays(), retailer.facilities(), database.journals()),
                    retailer.facilities()),
            new ReturnStepsImpl(
                    steps,
                    database.returns(),
                    new ReturnReckoning(retailer.returnPolicies()),
                    new Advances(retailer.returnPolicies(), database.returnDebts()),
                    inventory,
                    new ChannelRefunds(
                            effects,
                            world,
                            database.orders(),
                            database.returns(),
                            reading,
                            restraints,
                            steps,
                            new PassedOnRefunds(
                                    effects,
                                    world,
                                    database.orders(),
                                    database.returns(),
                                    database.passedOnMoney(),
                                    restraints,
                                    beside,
                                    clock),
                            clock),
                    new ReturnBooks(
                            effects,
                            world,
                            database.orders(),
                            database.fulfillmentOrders(),
                            retailer.facilities(),
                            database.journals(),
                            database.passedOnMoney(),
                            retailer.policies()),
                    messages,
                    new ExchangeDesk(
                            database.exchanges(),
                            database.returns(),
                            database.orders(),
                            database.fulfillmentOrders(),
                            database.orderIntake(),
                            stock.baskets(),
                            database.people(),
                            retailer.returnPolicies(),
                            clock),
                    new ReturnLabels(
                            steps,
                            effects,
                            database.returns(),
                            database.returnParcels(),
                            retailer.returnPolicies(),
                            database.orders(),
                            retailer.facilities(),
                            shipping,
                            clock),
                    new ShopShelves(
                            world,
                            database.returns(),
                            retailer.returnPolicies(),
                            retailer.facilities(),
                            stockRules.authorities()),
                    clock),
            counterReturns(retailer, stock, tillRefunds, giftCards, steps, effects, clock),
            new CaseStepsImpl(
                    database.cases(), database.interventions(), database.amendments(), database.trace(), clock),
            new CaseQueueStepsImpl(database.caseFiles()),
            new InventorySyncStepsImpl(
                    stockMirrors, stock.publications(), effects, database.cases(), clock, STOCK_GATHERS_FOR),
            new ReconciliationStepsImpl(
                    world,
                    database.orders(),
                    reading,
                    stock.tillSales(retailer.facilities(), retailer.storeDayPolicies()),
                    database.inbox(),
                    database.watermarks(),
                    database.cases(),
                    clock),
            new StockFeedStepsImpl(
                    retailer.accounts(),
                    retailer.facilities(),
                    stockReports,
                    stockBooks,
                    database.unplacedReports(),
                    database.watermarks(),
                    database.cases(),
                    stockRhythm,
                    clock),
            new ErpStockStepsImpl(
                    erpStock,
                    retailer.facilities(),
                    stockBooks,
                    stock.incomingSupply(),
                    stock.erpTransfers(),
                    database.passedOverProducts(),
                    database.trace(),
                    known,
                    database.watermarks(),
                    database.cases(),
                    erpRhythm,
                    new AdjustmentPosting(effects, world.erp(), stock.stockAdjustments(), database.cases(), clock),
                    clock),
            new StockImportStepsImpl(stock.stockImports(known), clock),
            new CatalogStepsImpl(
                    catalogs,
                    database.catalogSyncs(retailer.systemOfRecord()),
                    database.productNews(retailer.systemOfRecord()),
                    database.priceComparison(),
                    retailer.priceParity(),
                    database.cases(),
                    catalogEvery,
                    clock),
            new CustomerStepsImpl(catalogs, database.customers(retailer.systemOfRecord()), database.cases())
        };
    }

    private static CounterReturnStepsImpl counterReturns(
            Retailer retailer,
            StockStores stock,
            TillRefunds tillRefunds,
            GiftCards giftCards,
            Steps steps,
            Effects effects,
            Clock clock) {
        CounterReturns returns = stock.counterReturns(retailer.facilities(), retailer.storeDayPolicies());
        return new CounterReturnStepsImpl(
                steps,
                returns,
                new TillPayback(effects, returns, tillRefunds, retailer.accounts(), retailer.facilities(), CASH, clock),
                new GiftCardPayback(effects, returns, giftCards, retailer.accounts(), CREDIT_BY_HAND, clock),
                retailer.facilities(),
                clock);
    }
}
