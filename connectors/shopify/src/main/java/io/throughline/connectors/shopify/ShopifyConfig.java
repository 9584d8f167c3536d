package io.throughline.connectors.shopify;

import io.throughline.domain.account.AccountId;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One shop. {@code baseUrl} is the shop's root, to which {@code /admin/...} is added; {@code webhookUri} is where its webhooks shall
 * arrive (none: subscriptions are left alone); {@code previousSecret} still verifies webhooks after the secret was rotated.
 */
public record ShopifyConfig(
        AccountId account,
        String shopDomain,
        URI baseUrl,
        String clientId,
        String clientSecret,
        Optional<String> previousSecret,
        String apiVersion,
        Duration timeout,
        Optional<URI> webhookUri) {

    /** The version that the operations are written and checked for. */
    public static final String API_VERSION = "2026-10";

    private static final Pattern DOMAIN = Pattern.compile("[a-z0-9][a-z0-9-]*\\.myshopify\\.com");
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(20);

    public ShopifyConfig {
        if (!DOMAIN.matcher(shopDomain).matches()) {
            throw new IllegalArgumentException(
                    "a shop's domain looks like example.myshopify.com: '" + shopDomain + "'");
        }
        if (clientId.isBlank() || clientSecret.isBlank()) {
            throw new IllegalArgumentException("account " + account + " needs a client id and a client secret");
        }
        if (!timeout.isPositive()) {
            throw new IllegalArgumentException("the timeout of account " + account + " must be positive");
        }
    }

    /** A shop at its usual address, with the usual version and timeout and no webhooks. */
    public static ShopifyConfig of(AccountId account, String shopDomain, String clientId, String clientSecret) {
        return new ShopifyConfig(
                account,
                shopDomain,
                URI.create("https://" + shopDomain),
                clientId,
                clientSecret,
                Optional.empty(),
                API_VERSION,
                USUAL_TIMEOUT,
                Optional.empty());
    }

    public ShopifyConfig withBaseUrl(URI other) {
        return new ShopifyConfig(
                account, shopDomain, other, clientId, clientSecret, previousSecret, apiVersion, timeout, webhookUri);
    }

    public ShopifyConfig withTimeout(Duration other) {
        return new ShopifyConfig(
                account, shopDomain, baseUrl, clientId, clientSecret, previousSecret, apiVersion, other, webhookUri);
    }

    public ShopifyConfig withWebhookUri(URI uri) {
        return new ShopifyConfig(
                account,
                shopDomain,
                baseUrl,
                clientId,
                clientSecret,
                previousSecret,
                apiVersion,
                timeout,
                Optional.of(uri));
    }

    public ShopifyConfig withPreviousSecret(String secret) {
        return new ShopifyConfig(
                account,
                shopDomain,
                baseUrl,
                clientId,
                clientSecret,
                Optional.of(secret),
                apiVersion,
                timeout,
                webhookUri);
    }

    /** Shows no secret. */
    @Override
    public String toString() {
        return "ShopifyConfig[" + account + " " + shopDomain + " at " + baseUrl + " version " + apiVersion + "]";
    }
}
