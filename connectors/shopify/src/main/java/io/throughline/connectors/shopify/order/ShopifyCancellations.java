package io.throughline.connectors.shopify.order;

import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Failures;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Patience;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.client.UserError;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.order.OrderCancellation;
import io.throughline.domain.order.OrderKey;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cancels an order in Shopify, with its money given back where that is wanted, and its units restocked there. Shopify does it by a job: the reply is
 * given only once the order is cancelled, so that an unfinished job is an unknown outcome and gets probed.
 */
public final class ShopifyCancellations implements OrderCancellation {
    private static final int LONGEST_NOTE = 255;

    private final Shops shops;
    private final Patience patience;

    public ShopifyCancellations(Shops shops, Patience patience) {
        this.shops = shops;
        this.patience = patience;
    }

    @Override
    public Optional<Receipt> findCancellation(OrderKey key) {
        return state(shops.of(key.account()), key)
                .flatMap(State::cancelledAt)
                .map(at -> new Receipt(key.externalId(), Map.of("cancelledAt", at.toString())));
    }

    @Override
    public Reply cancel(OrderKey key, String reason, boolean refund, String vendorKey) {
        AdminApi shop = shops.of(key.account());
        Optional<State> before = state(shop, key);
        if (before.isEmpty()) {
            return Reply.refused(FailureCode.CHANNEL_REFUSED, "Shopify has no order " + key.externalId());
        }
        if (before.get().cancelledAt().isPresent()) {
            return Reply.done(key.externalId());
        }
        Cancelling answer = shop.call(
                        Operation.ORDER_CANCEL,
                        Map.of("orderId", ShopifyOrders.gid(key), "staffNote", note(reason), "refund", refund),
                        Cancelled.class)
                .orderCancel();
        Optional<Reply> refusal = UserError.refusal(answer.orderCancelUserErrors(), FailureCode.CHANNEL_REFUSED);
        return refusal.orElseGet(() -> Failures.afterChange(() -> awaitJob(shop, key, answer.job())));
    }

    private Reply awaitJob(AdminApi shop, OrderKey key, Optional<Job> started) {
        Optional<Job> job = started;
        if (started.isPresent() && !started.get().done()) {
            job = patience.look(
                    () -> read(shop, started.get()), seen -> seen.map(Job::done).orElse(true));
        }
        if (job.map(Job::done).orElse(true) && findCancellation(key).isPresent()) {
            return Reply.done(key.externalId());
        }
        throw SystemFailure.outcomeUnknown(
                FailureCode.OUTCOME_UNKNOWN, "Shopify has not finished cancelling order " + key.externalId(), null);
    }

    private static Optional<Job> read(AdminApi shop, Job job) {
        return shop.call(Operation.JOB_READ, Map.of("id", job.id()), JobFound.class)
                .job();
    }

    private static Optional<State> state(AdminApi shop, OrderKey key) {
        return shop.call(Operation.ORDER_CANCELLATION_STATE, Map.of("id", ShopifyOrders.gid(key)), StateFound.class)
                .order();
    }

    private static String note(String reason) {
        return reason.length() <= LONGEST_NOTE ? reason : reason.substring(0, LONGEST_NOTE);
    }

    private record StateFound(Optional<State> order) {}

    private record State(String id, Optional<Instant> cancelledAt) {}

    private record Cancelled(Cancelling orderCancel) {}

    private record Cancelling(Optional<Job> job, List<UserError> orderCancelUserErrors) {}

    private record JobFound(Optional<Job> job) {}

    private record Job(String id, boolean done) {}
}
