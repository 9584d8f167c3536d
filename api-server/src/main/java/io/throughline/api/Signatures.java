package io.throughline.api;

import io.throughline.connectors.carrier.CarrierConfig;
import io.throughline.connectors.carrier.CarrierWebhooks;
import io.throughline.connectors.marketplace.MarketplaceConfig;
import io.throughline.connectors.marketplace.MarketplaceWebhooks;
import io.throughline.connectors.shopify.ShopifyConfig;
import io.throughline.connectors.shopify.ShopifyWebhooks;
import io.throughline.connectors.square.SquareConfig;
import io.throughline.connectors.square.SquareWebhooks;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.runtime.retailer.AccountSettings;
import io.throughline.runtime.retailer.Retailer;
import java.net.URI;
import java.time.Duration;

/** The verifiers of webhooks, with the secrets of the retailer's accounts. */
final class Signatures {
    /** Whoever only verifies calls nobody. */
    private static final Duration CALLS_NOBODY = Duration.ofSeconds(1);

    private Signatures() {}

    static ShopifyWebhooks shopify(Retailer retailer) {
        return new ShopifyWebhooks(retailer.settings(OutsideSystem.SHOPIFY).stream()
                .map(Signatures::shop)
                .toList());
    }

    private static ShopifyConfig shop(AccountSettings settings) {
        ShopifyConfig config = ShopifyConfig.of(
                settings.account(),
                settings.option("shopDomain"),
                settings.credential("clientId"),
                settings.credential("clientSecret"));
        return settings.optionalCredential("previousClientSecret")
                .map(config::withPreviousSecret)
                .orElse(config);
    }

    /** {@code publicUrl} is where Square posts to: it signs that address with the body. */
    static SquareWebhooks square(Retailer retailer, URI publicUrl) {
        return new SquareWebhooks(retailer.settings(OutsideSystem.SQUARE).stream()
                .map(settings -> SquareConfig.of(
                        settings.account(),
                        settings.baseUrl(),
                        settings.credential("accessToken"),
                        settings.option("merchantId"),
                        settings.credential("webhookSignatureKey"),
                        publicUrl.resolve("/webhooks/square")))
                .toList());
    }

    static MarketplaceWebhooks marketplace(Retailer retailer) {
        return new MarketplaceWebhooks(retailer.settings(OutsideSystem.MARKETPLACE).stream()
                .map(settings -> new MarketplaceConfig(
                        settings.account(),
                        settings.baseUrl(),
                        settings.credential("signingSecret"),
                        settings.optionalCredential("previousSigningSecret").filter(secret -> !secret.isBlank()),
                        CALLS_NOBODY))
                .toList());
    }

    static CarrierWebhooks carrier(Retailer retailer) {
        return new CarrierWebhooks(retailer.settings(OutsideSystem.CARRIER).stream()
                .map(settings -> new CarrierConfig(
                        settings.account(),
                        settings.option("carrierName"),
                        settings.optionalOption("service"),
                        settings.baseUrl(),
                        settings.credential("apiKey"),
                        settings.credential("webhookSecret"),
                        CALLS_NOBODY))
                .toList());
    }
}
