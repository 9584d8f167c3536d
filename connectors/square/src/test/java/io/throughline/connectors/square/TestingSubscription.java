package io.throughline.connectors.square;

import com.squareup.square.SquareClient;
import com.squareup.square.types.WebhookSubscription;
import com.squareup.square.webhooks.types.ListSubscriptionsRequest;
import com.squareup.square.webhooks.types.UpdateWebhookSubscriptionRequest;

/** The merchant's webhook subscription, as somebody else who may use Square's API sees and changes it. */
final class TestingSubscription {
    private final TestingStores testing;
    private final SquareClient director;

    TestingSubscription(TestingStores testing) {
        this.testing = testing;
        this.director = SquareClient.builder()
                .token("sandbox-square-token")
                .url(testing.sandbox.base("square").toString())
                .maxRetries(0)
                .build();
    }

    /** A person makes one that tells of everything. */
    void make(String url) {
        testing.control("PUT", "/square/webhook-subscription", "{\"url\":\"" + url + "\"}");
    }

    WebhookSubscription get() {
        return director.webhooks()
                .subscriptions()
                .list(ListSubscriptionsRequest.builder().includeDisabled(true).build())
                .streamItems()
                .findFirst()
                .orElseThrow();
    }

    void change(WebhookSubscription change) {
        director.webhooks()
                .subscriptions()
                .update(UpdateWebhookSubscriptionRequest.builder()
                        .subscriptionId(get().getId().orElseThrow())
                        .subscription(change)
                        .build());
    }
}
