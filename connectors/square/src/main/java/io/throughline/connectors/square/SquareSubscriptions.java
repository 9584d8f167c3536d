package io.throughline.connectors.square;

import com.squareup.square.SquareClient;
import com.squareup.square.types.WebhookSubscription;
import com.squareup.square.webhooks.types.ListSubscriptionsRequest;
import com.squareup.square.webhooks.types.UpdateWebhookSubscriptionRequest;
import io.throughline.connectors.square.Merchant.Refusal;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.reconciliation.Subscriptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The webhook subscription of each merchant. One at our address that was switched off or hears too little is mended. One that is not
 * there is for a person to make: Square signs each with a key that it chooses, which has to come into our configuration. Events must
 * be searchable too, which they are only from the moment that it is asked for.
 */
final class SquareSubscriptions implements Subscriptions {

    /** News of sales and of the stores' work. */
    static final List<String> OF_ORDERS = List.of(
            "order.updated", "order.fulfillment.updated", "payment.created", "payment.updated", "refund.created");

    /** All that we hear. */
    static final List<String> TOPICS =
            Stream.concat(OF_ORDERS.stream(), Stream.of(SquareEvent.OF_STOCK)).toList();

    private final Merchants merchants;
    private final Map<AccountId, SquareConfig> configs;

    SquareSubscriptions(Merchants merchants, List<SquareConfig> configs) {
        this.merchants = merchants;
        this.configs =
                configs.stream().collect(Collectors.toUnmodifiableMap(SquareConfig::account, Function.identity()));
    }

    @Override
    public List<String> ensure(AccountId account) {
        SquareConfig config = configs.get(account);
        if (config == null) {
            return List.of();
        }
        Merchant merchant = merchants.of(account);
        merchant.mustRead(client -> client.events().enableEvents());
        WebhookSubscription ours = find(merchant, config);
        List<String> heard = ours.getEventTypes().orElse(List.of());
        List<String> missing =
                TOPICS.stream().filter(topic -> !heard.contains(topic)).toList();
        boolean enabled = ours.getEnabled().orElse(true);
        if (!enabled || !missing.isEmpty()) {
            List<String> wanted = new ArrayList<>(heard);
            wanted.addAll(missing);
            mend(merchant, ours, wanted);
        }
        return enabled ? missing : TOPICS;
    }

    private static WebhookSubscription find(Merchant merchant, SquareConfig config) {
        String address = config.webhookUrl().toString();
        WebhookSubscription ours = merchant.mustRead(SquareSubscriptions::all).stream()
                .filter(subscription -> subscription.getNotificationUrl().equals(Optional.of(address)))
                .findFirst()
                .orElseThrow(() -> missing(config, "has no webhook subscription to " + address));
        if (ours.getSignatureKey()
                .filter(key -> !config.signatureKeys().contains(key))
                .isPresent()) {
            throw missing(config, "signs the webhooks to " + address + " with a key that is not configured");
        }
        return ours;
    }

    private static List<WebhookSubscription> all(SquareClient client) {
        return client.webhooks()
                .subscriptions()
                .list(ListSubscriptionsRequest.builder().includeDisabled(true).build())
                .streamItems()
                .toList();
    }

    private static void mend(Merchant merchant, WebhookSubscription ours, List<String> wanted) {
        UpdateWebhookSubscriptionRequest request = UpdateWebhookSubscriptionRequest.builder()
                .subscriptionId(ours.getId().orElseThrow())
                .subscription(WebhookSubscription.builder()
                        .enabled(true)
                        .eventTypes(wanted)
                        .build())
                .build();
        try {
            merchant.change(client -> client.webhooks().subscriptions().update(request));
        } catch (Refusal refusal) {
            throw SystemFailure.withoutEffect(
                    FailureCode.SUBSCRIPTION_MISSING,
                    "Square refuses to mend the webhook subscription: " + refusal.detail(),
                    refusal);
        }
    }

    private static SystemFailure missing(SquareConfig config, String what) {
        return SystemFailure.withoutEffect(
                FailureCode.SUBSCRIPTION_MISSING, "Square merchant " + config.merchantId() + " " + what, null);
    }
}
