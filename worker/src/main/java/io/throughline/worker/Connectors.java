package io.throughline.worker;

import io.throughline.activities.call.OutsideWorld;
import io.throughline.activities.catalog.CatalogSources;
import io.throughline.activities.inventory.StockMirrors;
import io.throughline.connectors.carrier.CarrierConfig;
import io.throughline.connectors.carrier.ParcelCarrier;
import io.throughline.connectors.marketplace.MarketplaceConfig;
import io.throughline.connectors.marketplace.RestMarketplace;
import io.throughline.connectors.messaging.MessagingConfig;
import io.throughline.connectors.messaging.MessagingNotifier;
import io.throughline.connectors.shopify.ShopifyConfig;
import io.throughline.connectors.shopify.ShopifyConnector;
import io.throughline.connectors.square.SquareConfig;
import io.throughline.connectors.square.SquareConnector;
import io.throughline.connectors.tryton.LedgerMapping;
import io.throughline.connectors.tryton.TrytonErp;
import io.throughline.connectors.tryton.TrytonSettings;
import io.throughline.connectors.tryton.TrytonStock;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.inventory.ErpStock;
import io.throughline.domain.notification.CustomerNotifier;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.returns.RefundGateway;
import io.throughline.runtime.retailer.AccountSettings;
import io.throughline.runtime.retailer.FinanceMapping;
import io.throughline.runtime.retailer.Retailer;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes the connectors that the retailer's accounts need. */
final class Connectors {
    private static final Duration SHOPIFY_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration SQUARE_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration CARRIER_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration MARKETPLACE_TIMEOUT = Duration.ofSeconds(8);
    private static final Duration LONGEST_ERP_CALL = Duration.ofSeconds(60);

    private final Retailer retailer;
    private final URI publicUrl;
    private final Duration longestErpChange;
    private final SystemGate gate;
    private final Clock clock;

    Connectors(Retailer retailer, URI publicUrl, Duration longestErpChange, SystemGate gate, Clock clock) {
        this.gate = gate;
        this.retailer = retailer;
        this.publicUrl = publicUrl;
        this.longestErpChange = longestErpChange;
        this.clock = clock;
    }

    ShopifyConnector shopify() {
        return new ShopifyConnector(
                retailer.settings(OutsideSystem.SHOPIFY).stream()
                        .map(this::shopify)
                        .toList(),
                retailer.facilities(),
                gate,
                clock);
    }

    private ShopifyConfig shopify(AccountSettings settings) {
        return new ShopifyConfig(
                settings.account(),
                settings.option("shopDomain"),
                settings.baseUrl(),
                settings.credential("clientId"),
                settings.credential("clientSecret"),
                settings.optionalCredential("previousClientSecret").filter(secret -> !secret.isBlank()),
                settings.option("apiVersion"),
                SHOPIFY_TIMEOUT,
                Optional.of(publicUrl.resolve("/webhooks/shopify")));
    }

    SquareConnector square() {
        return new SquareConnector(
                retailer.settings(OutsideSystem.SQUARE).stream()
                        .map(this::square)
                        .toList(),
                retailer.facilities(),
                gate,
                clock);
    }

    private SquareConfig square(AccountSettings settings) {
        return SquareConfig.of(
                        settings.account(),
                        settings.baseUrl(),
                        settings.credential("accessToken"),
                        settings.option("merchantId"),
                        settings.credential("webhookSignatureKey"),
                        publicUrl.resolve("/webhooks/square"))
                .withTimeout(SQUARE_TIMEOUT);
    }

    TrytonErp tryton() {
        return new TrytonErp(trytons(), gate);
    }

    ErpStock erpStock() {
        return new TrytonStock(trytons(), retailer.facilities(), gate);
    }

    private List<TrytonSettings> trytons() {
        return retailer.settings(OutsideSystem.TRYTON).stream()
                .map(this::tryton)
                .toList();
    }

    private TrytonSettings tryton(AccountSettings settings) {
        return new TrytonSettings(
                settings.account(),
                settings.baseUrl(),
                settings.option("database"),
                settings.option("user"),
                settings.credential("password"),
                settings.credential("applicationKey"),
                settings.option("companyName"),
                longestErpChange.compareTo(LONGEST_ERP_CALL) < 0 ? longestErpChange : LONGEST_ERP_CALL,
                longestErpChange,
                mapping(retailer.finance(settings.account())));
    }

    private static LedgerMapping mapping(FinanceMapping finance) {
        return new LedgerMapping(
                finance.accounts(), finance.paymentJournals(), finance.taxes(), finance.exchangeAccounts(), Map.of());
    }

    MessagingNotifier messaging() {
        AccountSettings settings = retailer.settings(OutsideSystem.MESSAGING).getFirst();
        return new MessagingNotifier(
                MessagingConfig.of(
                        settings.account(),
                        new MessagingConfig.Mail(
                                settings.baseUrl(), settings.credential("mailApiKey"), settings.option("mailFrom")),
                        new MessagingConfig.Texts(
                                settings.baseUrl(),
                                settings.credential("smsAccountSid"),
                                settings.credential("smsAuthToken"),
                                settings.option("smsFrom"))),
                gate);
    }

    ParcelCarrier carrier() {
        return new ParcelCarrier(
                retailer.settings(OutsideSystem.CARRIER).stream()
                        .map(settings -> new CarrierConfig(
                                settings.account(),
                                settings.option("carrierName"),
                                settings.optionalOption("service"),
                                settings.baseUrl(),
                                settings.credential("apiKey"),
                                settings.credential("webhookSecret"),
                                CARRIER_TIMEOUT))
                        .toList(),
                gate);
    }

    RestMarketplace marketplace() {
        return new RestMarketplace(
                retailer.settings(OutsideSystem.MARKETPLACE).stream()
                        .map(settings -> new MarketplaceConfig(
                                settings.account(),
                                settings.baseUrl(),
                                settings.credential("signingSecret"),
                                settings.optionalCredential("previousSigningSecret")
                                        .filter(secret -> !secret.isBlank()),
                                MARKETPLACE_TIMEOUT))
                        .toList(),
                gate);
    }

    StockMirrors stockMirrors(ShopifyConnector shopify, SquareConnector square) {
        return new StockMirrors(
                retailer.accounts(),
                retailer.facilities(),
                retailer.stockRules(clock).authorities(),
                retailer.stockPolicies(),
                Map.of(OutsideSystem.SHOPIFY, shopify.stock(), OutsideSystem.SQUARE, square.stock()));
    }

    CatalogSources catalogs(ShopifyConnector shopify, TrytonErp tryton) {
        return new CatalogSources(
                retailer.accounts(),
                Map.of(OutsideSystem.SHOPIFY, shopify.catalog(), OutsideSystem.TRYTON, tryton.catalog()),
                Map.of(OutsideSystem.SHOPIFY, shopify.customers()));
    }

    OutsideWorld world(
            ShopifyConnector shopify,
            SquareConnector square,
            TrytonErp tryton,
            CustomerNotifier notifier,
            OrderSource submitted,
            RefundGateway marketplaces,
            RefundGateway clients) {
        return new OutsideWorld(
                retailer.accounts(),
                Map.of(
                        OutsideSystem.SHOPIFY,
                        shopify.orders(),
                        OutsideSystem.SQUARE,
                        square.sales(),
                        OutsideSystem.MARKETPLACE,
                        submitted,
                        OutsideSystem.REST,
                        submitted),
                Map.of(OutsideSystem.SHOPIFY, shopify.warehouses(), OutsideSystem.SQUARE, square.stores()),
                Map.of(OutsideSystem.SHOPIFY, shopify.mirror()),
                Map.of(OutsideSystem.SHOPIFY, shopify.payments()),
                Map.of(OutsideSystem.SHOPIFY, shopify.cancellations()),
                Map.of(
                        OutsideSystem.SHOPIFY,
                        shopify.refunds(),
                        OutsideSystem.MARKETPLACE,
                        marketplaces,
                        OutsideSystem.REST,
                        clients),
                Map.of(OutsideSystem.SHOPIFY, shopify.subscriptions(), OutsideSystem.SQUARE, square.subscriptions()),
                Map.of(OutsideSystem.SHOPIFY, shopify.feed(), OutsideSystem.SQUARE, square.feed()),
                tryton,
                notifier);
    }
}
