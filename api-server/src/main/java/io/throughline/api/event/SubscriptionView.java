package io.throughline.api.event;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.event.EventType;
import io.throughline.domain.event.Subscription;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A subscription without its secret. {@code previousSecretUntil}: until then deliveries are signed with the secret before, too. */
@Schema(name = "Subscription")
public record SubscriptionView(
        String id,
        String url,
        List<String> types,
        Optional<String> account,
        Subscription.State state,
        Optional<String> stateReason,
        String createdBy,
        Instant createdAt,
        Optional<Instant> previousSecretUntil) {
    static SubscriptionView of(Subscription subscription) {
        return new SubscriptionView(
                subscription.id().value(),
                subscription.url(),
                subscription.types().stream().map(EventType::fullName).sorted().toList(),
                subscription.account().map(AccountId::value),
                subscription.state(),
                subscription.stateReason(),
                subscription.createdBy(),
                subscription.createdAt(),
                subscription.previousSecretUntil());
    }

    /** What a new subscription shall be. */
    public record SubscriptionRequest(
            @Schema(description = "Where to POST: https, on the public internet")
            String url,

            @Schema(description = "Names of event types, for example order.paid.v1")
            List<String> types,

            @Schema(description = "Only events of this account, and nothing of stock, which belongs to none")
            Optional<String> account) {}

    /** A subscription with its secret. */
    public record NewSubscription(
            SubscriptionView subscription,

            @Schema(description = "What deliveries are signed with; it can't be shown again")
            String secret) {}

    public record Secret(
            @Schema(description = "What deliveries are signed with; it can't be shown again")
            String secret) {}

    public record SubscriptionList(List<SubscriptionView> subscriptions) {}
}
