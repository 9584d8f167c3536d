package io.throughline.connectors.shopify;

import io.throughline.connectors.shopify.catalog.ShopifyCatalog;
import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.BulkFile;
import io.throughline.connectors.shopify.client.Patience;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.client.Transport;
import io.throughline.connectors.shopify.customer.CustomerFeed;
import io.throughline.connectors.shopify.customer.ShopifyCustomers;
import io.throughline.connectors.shopify.fulfillment.ChannelWorkOwners;
import io.throughline.connectors.shopify.fulfillment.ShopifyMirror;
import io.throughline.connectors.shopify.fulfillment.ShopifyWarehouses;
import io.throughline.connectors.shopify.fulfillment.WarehouseAnswers;
import io.throughline.connectors.shopify.inventory.ShopifyStock;
import io.throughline.connectors.shopify.inventory.ShopifyStockReports;
import io.throughline.connectors.shopify.order.ShopifyCancellations;
import io.throughline.connectors.shopify.order.ShopifyOrders;
import io.throughline.connectors.shopify.payment.DisputeFeed;
import io.throughline.connectors.shopify.payment.ShopifyGiftCards;
import io.throughline.connectors.shopify.payment.ShopifyPayments;
import io.throughline.connectors.shopify.payment.ShopifyRefunds;
import io.throughline.connectors.shopify.reconciliation.ShopFeed;
import io.throughline.connectors.shopify.reconciliation.ShopifySubscriptions;
import io.throughline.connectors.shopify.returns.ReturnFeed;
import io.throughline.connectors.shopify.returns.ShopifyReturns;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.CallBudget;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.catalog.CatalogSource;
import io.throughline.domain.counter.CardCodes;
import io.throughline.domain.counter.GiftCards;
import io.throughline.domain.customer.CustomerSource;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FulfillmentMirror;
import io.throughline.domain.inventory.StockMirror;
import io.throughline.domain.inventory.StockReports;
import io.throughline.domain.order.OrderCancellation;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.payment.PaymentGateway;
import io.throughline.domain.reconciliation.EventFeed;
import io.throughline.domain.reconciliation.Subscriptions;
import io.throughline.domain.returns.ChannelReturns;
import io.throughline.domain.returns.RefundGateway;
import java.net.URI;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Shopify as a sales channel and as the way to third-party warehouses, for all configured shops. Each port finds its shop by the
 * account in what it is given. Thread-safe; one per process, since a shop's call budget is counted here.
 */
public final class ShopifyConnector implements AutoCloseable {
    private final Transport transport = new Transport();
    private final Shops shops;
    private final OrderSource orders;
    private final OrderCancellation cancellations;
    private final PaymentGateway payments;
    private final RefundGateway refunds;
    private final ChannelReturns returns;
    private final FacilitySystem warehouses;
    private final FulfillmentMirror mirror;
    private final StockMirror stock;
    private final CatalogSource catalog;
    private final CustomerSource customers;
    private final EventFeed feed;
    private final Subscriptions subscriptions;
    private final StockReports stockReports;
    private final ShopifyWebhooks webhooks;
    private final ChannelWorkOwners owners;

    /** Asks nothing but what passes the gate. */
    public ShopifyConnector(List<ShopifyConfig> configs, Facilities facilities, SystemGate gate, Clock clock) {
        this(configs, facilities, gate, clock, Patience.USUAL);
    }

    ShopifyConnector(List<ShopifyConfig> configs, Facilities facilities, Clock clock, Patience patience) {
        this(configs, facilities, SystemGate.open(), clock, patience);
    }

    private ShopifyConnector(
            List<ShopifyConfig> configs, Facilities facilities, SystemGate gate, Clock clock, Patience patience) {
        this.shops = new Shops(configs.stream()
                .map(config -> new AdminApi(config, transport, gate, clock))
                .toList());
        this.orders = new ShopifyOrders(shops, facilities);
        this.cancellations = new ShopifyCancellations(shops, patience);
        this.payments = new ShopifyPayments(shops);
        this.refunds = new ShopifyRefunds(shops);
        this.returns = new ShopifyReturns(shops);
        this.warehouses = new ShopifyWarehouses(shops, patience);
        this.mirror = new ShopifyMirror(shops);
        this.stock = new ShopifyStock(shops, facilities);
        this.catalog = new ShopifyCatalog(shops, new BulkFile(transport));
        this.customers = new ShopifyCustomers(shops);
        this.feed = new ShopFeed(
                new CustomerFeed(shops),
                new ShopFeed(new WarehouseAnswers(shops), new ShopFeed(new DisputeFeed(shops), new ReturnFeed(shops))));
        this.subscriptions = new ShopifySubscriptions(shops, addresses(configs));
        this.stockReports = new ShopifyStockReports(shops, facilities);
        this.webhooks = new ShopifyWebhooks(configs);
        this.owners = new ChannelWorkOwners(shops);
    }

    private static Map<AccountId, URI> addresses(List<ShopifyConfig> configs) {
        return configs.stream()
                .filter(config -> config.webhookUri().isPresent())
                .collect(Collectors.toUnmodifiableMap(
                        ShopifyConfig::account, config -> config.webhookUri().orElseThrow()));
    }

    /** What an account's shop lets us spend on calls, as it has told this process last. */
    public Optional<CallBudget> budget(AccountId account) {
        return shops.budget(account);
    }

    public OrderSource orders() {
        return orders;
    }

    public OrderCancellation cancellations() {
        return cancellations;
    }

    public PaymentGateway payments() {
        return payments;
    }

    public RefundGateway refunds() {
        return refunds;
    }

    public ChannelReturns returns() {
        return returns;
    }

    /** Of the accounts whose secrets {@code codes} has. */
    public GiftCards giftCards(CardCodes codes) {
        return new ShopifyGiftCards(shops, codes);
    }

    public FacilitySystem warehouses() {
        return warehouses;
    }

    public FulfillmentMirror mirror() {
        return mirror;
    }

    public StockMirror stock() {
        return stock;
    }

    public CatalogSource catalog() {
        return catalog;
    }

    public CustomerSource customers() {
        return customers;
    }

    public EventFeed feed() {
        return feed;
    }

    public Subscriptions subscriptions() {
        return subscriptions;
    }

    public StockReports stockReports() {
        return stockReports;
    }

    public ShopifyWebhooks webhooks() {
        return webhooks;
    }

    /** The order of a fulfillment order, for webhooks that name only the latter. Empty: Shopify has no such fulfillment order. */
    public Optional<OrderKey> orderOf(AccountId account, String channelWork) {
        return owners.orderOf(account, channelWork);
    }

    @Override
    public void close() {
        transport.close();
    }
}
