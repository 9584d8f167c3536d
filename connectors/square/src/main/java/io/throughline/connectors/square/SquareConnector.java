package io.throughline.connectors.square;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.counter.TillRefunds;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.inventory.StockMirror;
import io.throughline.domain.inventory.StockReports;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.reconciliation.EventFeed;
import io.throughline.domain.reconciliation.Subscriptions;
import io.throughline.domain.sale.Tills;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Square as the stores' system, for all configured merchants. Each port finds its merchant by the account in what it is given.
 * Thread-safe; one per process.
 */
public final class SquareConnector implements AutoCloseable {
    /** What Square calls the money, in our terms, that it gives back when it is asked: coins it can't. */
    public static final Set<String> GIVES_BACK = Set.of("square_card", "gift_card");

    private final Merchants merchants;
    private final SquareStores stores;
    private final SquareSales sales;
    private final SquareTills tills;
    private final SquareRefunds refunds;
    private final SquareFeed feed;
    private final SquareStockReports stockReports;
    private final SquareSubscriptions subscriptions;
    private final SquareWebhooks webhooks;
    private final SquareStock stock;

    public SquareConnector(List<SquareConfig> configs, Facilities facilities, Clock clock) {
        this(configs, facilities, SystemGate.open(), clock);
    }

    /** Asks nothing but what passes the gate. */
    public SquareConnector(List<SquareConfig> configs, Facilities facilities, SystemGate gate, Clock clock) {
        merchants = new Merchants(configs, gate);
        CatalogIndex catalog = new CatalogIndex(merchants);
        WorkFinder finder = new WorkFinder(merchants, clock);
        stores = new SquareStores(merchants, catalog, finder);
        sales = new SquareSales(merchants, finder, catalog, facilities);
        tills = new SquareTills(finder, catalog, facilities);
        refunds = new SquareRefunds(merchants, finder);
        feed = new SquareFeed(merchants, clock);
        stockReports = new SquareStockReports(merchants, catalog, facilities);
        subscriptions = new SquareSubscriptions(merchants, configs);
        webhooks = new SquareWebhooks(configs);
        stock = new SquareStock(merchants, catalog, facilities);
    }

    /** The stores, as the ones who do the work. */
    public FacilitySystem stores() {
        return stores;
    }

    /** What changed at the tills. */
    public OrderSource sales() {
        return sales;
    }

    /** What the tills have sold. */
    public Tills tills() {
        return tills;
    }

    /** What the tills have taken, given back. */
    public TillRefunds refunds() {
        return refunds;
    }

    /** Whose work an order at Square is; empty for a sale at the till and for an unknown order. */
    public Optional<FulfillmentOrderId> workOf(AccountId account, String squareOrder) {
        return stores.workOf(account, squareOrder);
    }

    /** Events asked for, which finds lost webhooks. */
    public EventFeed feed() {
        return feed;
    }

    /** The stock that the tills show. */
    public StockMirror stock() {
        return stock;
    }

    /** What the stores' inventory does. */
    public StockReports stockReports() {
        return stockReports;
    }

    public Subscriptions subscriptions() {
        return subscriptions;
    }

    public SquareWebhooks webhooks() {
        return webhooks;
    }

    @Override
    public void close() {
        merchants.close();
    }
}
