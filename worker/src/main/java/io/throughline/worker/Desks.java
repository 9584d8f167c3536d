package io.throughline.worker;

import io.temporal.client.WorkflowClient;
import io.throughline.activities.call.Effects;
import io.throughline.activities.returns.ReturnsAtChannel;
import io.throughline.domain.account.Account;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.inventory.ShownPlaces;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.returns.ChannelReturns;
import io.throughline.domain.returns.ReturnPreviews;
import io.throughline.domain.sale.TillSaleCheck;
import io.throughline.domain.sale.Tills;
import io.throughline.runtime.retailer.AccountSettings;
import io.throughline.runtime.retailer.Retailer;
import io.throughline.store.Database;
import io.throughline.store.StockStores;
import io.throughline.worker.inbox.AdjustmentCases;
import io.throughline.worker.inbox.ChannelReturnDesk;
import io.throughline.worker.inbox.CountCases;
import io.throughline.worker.inbox.CounterReturnDesk;
import io.throughline.worker.inbox.CounterReturnRuns;
import io.throughline.worker.inbox.DriftCases;
import io.throughline.worker.inbox.EventCases;
import io.throughline.worker.inbox.FacilityNews;
import io.throughline.worker.inbox.GivenBackCases;
import io.throughline.worker.inbox.ImportProcesses;
import io.throughline.worker.inbox.InboxDesk;
import io.throughline.worker.inbox.InventorySyncDesk;
import io.throughline.worker.inbox.InventorySyncs;
import io.throughline.worker.inbox.MasterDataMessages;
import io.throughline.worker.inbox.OrderStockNews;
import io.throughline.worker.inbox.ParcelDesk;
import io.throughline.worker.inbox.ParcelTracking;
import io.throughline.worker.inbox.Processes;
import io.throughline.worker.inbox.PublicationCases;
import io.throughline.worker.inbox.ReconciliationDesk;
import io.throughline.worker.inbox.ReconciliationRuns;
import io.throughline.worker.inbox.RefusedSaleCases;
import io.throughline.worker.inbox.RerouteDesk;
import io.throughline.worker.inbox.RerouteRuns;
import io.throughline.worker.inbox.ReturnDesk;
import io.throughline.worker.inbox.ReturnRuns;
import io.throughline.worker.inbox.StockCases;
import io.throughline.worker.inbox.StockFeedDesk;
import io.throughline.worker.inbox.StockFeeds;
import io.throughline.worker.inbox.StockImportNews;
import io.throughline.worker.inbox.StockOffers;
import io.throughline.worker.inbox.StoreDayNews;
import io.throughline.worker.inbox.StoreDayRuns;
import io.throughline.worker.inbox.TemporalMasterData;
import io.throughline.worker.inbox.TillDesk;
import io.throughline.worker.inbox.TransferCases;
import io.throughline.worker.inbox.UnawaitedCases;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Puts together whoever takes in what the inbox has beside orders. */
final class Desks {
    private Desks() {}

    /** Half of those who hand on messages may read sales, so that the others go on while the tills' system is slow. */
    static TillDesk ofTills(Database database, Retailer retailer, Tills tills, int dispatchers, Clock clock) {
        return new TillDesk(
                retailer.accounts(),
                tills,
                database.stock(retailer.stockRules(clock))
                        .tillSales(retailer.facilities(), retailer.storeDayPolicies()),
                new TillSaleCheck(retailer.catalog().or(database.products())),
                database.awaitedProducts(),
                database.cases(),
                database.trace(),
                clock,
                Math.max(1, dispatchers / 2));
    }

    /** {@code refunding} are the kinds of system that give money back when they are asked. */
    static ParcelTracking ofParcels(Database database, Retailer retailer, Set<OutsideSystem> refunding, Clock clock) {
        return new ParcelTracking(
                retailer.settings(OutsideSystem.CARRIER).stream()
                        .collect(Collectors.toMap(AccountSettings::account, carrier -> carrier.option("carrierName"))),
                database.parcels(),
                database.returnParcels(),
                database.returnIntake(),
                new ReturnPreviews(database.purchases(), retailer.returnPolicies(), clock)::of,
                database.cases(),
                retailer.accounts().all().stream()
                        .filter(account -> refunding.contains(account.system()))
                        .map(Account::id)
                        .collect(Collectors.toSet()));
    }

    /** Half of those who hand on messages may read returns, so that the others go on while a shop is slow. */
    static ChannelReturnDesk ofChannelReturns(
            Database database,
            Retailer retailer,
            ChannelReturns channel,
            Effects effects,
            int dispatchers,
            Clock clock) {
        return new ChannelReturnDesk(
                retailer.accounts(),
                new ReturnsAtChannel(
                        channel,
                        database.returnIntake(),
                        new ReturnPreviews(database.purchases(), retailer.returnPolicies(), clock)::of,
                        database.returns(),
                        database.cases(),
                        database.trace(),
                        effects),
                Math.max(1, dispatchers / 2));
    }

    static List<InboxDesk> all(
            Database database,
            Retailer retailer,
            WorkflowClient temporal,
            Processes processes,
            ParcelTracking tracking,
            ChannelReturnDesk channelReturns,
            Clock clock) {
        StockRules stockRules = retailer.stockRules(clock);
        StockStores stock = database.stock(stockRules);
        InventoryLedger inventory = stock.inventory();
        ShownPlaces shownPlaces = new ShownPlaces(retailer.accounts(), retailer.facilities(), stockRules);
        RerouteDesk reroutes = new RerouteDesk(
                database.reroutes(),
                new RerouteRuns(
                        temporal,
                        retailer.accounts(),
                        retailer.facilities(),
                        database.orders(),
                        processes::rulesOfToday,
                        processes::hurry));
        return List.of(
                reroutes,
                new StockFeedDesk(new StockFeeds(temporal, retailer.accounts()), database.unplacedReports()),
                new ReconciliationDesk(new ReconciliationRuns(temporal, retailer.accounts())::begin),
                new InventorySyncDesk(retailer.accounts(), new InventorySyncs(temporal)::wake, processes::hurry),
                new StockImportNews(new ImportProcesses(temporal), processes::hurry),
                new OrderStockNews(
                        database.orders(),
                        database.cases(),
                        database.interventions(),
                        reroutes.alongside(processes::wakeOrStart),
                        clock),
                new FacilityNews(database.bulkDecisions(), retailer.casePolicies(), clock),
                new StockOffers(inventory),
                new DriftCases(
                        stock.stockDrift(shownPlaces),
                        inventory,
                        shownPlaces,
                        stock.republications(),
                        database.cases(),
                        clock),
                new CountCases(stock.cycleCounts()),
                // After those of a drift or a count, whose cases are about the same places.
                new StockCases(inventory),
                new RefusedSaleCases(
                        stock.storeSales(retailer.facilities(), retailer.storeDayPolicies()),
                        database.cases(),
                        sku -> soldAs(database, retailer, sku),
                        clock),
                new TransferCases(stock.transfers(), stock.erpTransfers()),
                new AdjustmentCases(),
                new PublicationCases(stock.publications()::retry, database.cases()),
                new EventCases(database.eventSubscriptions()),
                channelReturns,
                new ReturnDesk(
                        database.returns(),
                        database.returnDebts(),
                        database.cases(),
                        new ReturnRuns(
                                temporal,
                                retailer.accounts(),
                                database.orders(),
                                processes::rulesOfToday,
                                processes::hurry)),
                new CounterReturnDesk(
                        stock.counterReturns(retailer.facilities(), retailer.storeDayPolicies()),
                        database.cases(),
                        new CounterReturnRuns(
                                temporal,
                                retailer.accounts(),
                                retailer.facilities(),
                                processes::rulesOfToday,
                                processes::hurry)),
                new ParcelDesk(tracking),
                // After those of returns, some of whose labels and parcels are waited for.
                new UnawaitedCases(database.cases()),
                new GivenBackCases(
                        database.orders(), database.returnAdoption(retailer.returnPolicies()), database.cases()),
                new StoreDayNews(new StoreDayRuns(temporal, retailer.policies(), processes::hurry)),
                new MasterDataMessages(
                        new TemporalMasterData(temporal, retailer.accounts()),
                        database.productNews(retailer.systemOfRecord()),
                        database.customers(retailer.systemOfRecord()),
                        database.privacy(),
                        database.priceComparison()));
    }

    private static Optional<RefusedSaleCases.Sold> soldAs(Database database, Retailer retailer, Sku sku) {
        return retailer.catalog()
                .find(sku)
                .map(product -> new RefusedSaleCases.Sold(product.title(), product.giftCard()))
                .or(() -> Optional.ofNullable(
                                database.products().titles(Set.of(sku)).get(sku))
                        .map(title -> new RefusedSaleCases.Sold(title, false)));
    }
}
