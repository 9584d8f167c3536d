package io.throughline.activities.returns;

import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.Arrival;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.ExchangeOffer;
import io.throughline.domain.returns.Finding;
import io.throughline.domain.returns.OnePolicy;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.Purchases;
import io.throughline.domain.returns.RefusedGoods;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnPreview;
import io.throughline.domain.returns.ReturnPreviews;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.SamplePurchases;
import io.throughline.domain.returns.TestingReturns;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Authorises returns of one order that was handed over, each under its key once, by a policy that may be made anew each time. */
final class TestingReturnIntake implements ReturnIntake {
    private final Map<String, ReturnId> known = new HashMap<>();
    private final TestingReturns returns;
    private final Order order;
    private final ReturnPreviews previews;

    TestingReturnIntake(TestingReturns returns, Order order, ReturnPolicyBuilder policy, Clock clock) {
        this.returns = returns;
        this.order = order;
        this.previews = new ReturnPreviews(new OneBuyer(), new OnePolicy(policy::build), clock);
    }

    BiFunction<Purchase, ReturnRequest, ReturnPreview> rule() {
        return previews::of;
    }

    @Override
    public synchronized Outcome authorise(
            Submission submission,
            OrderKey key,
            ReturnRequest request,
            boolean refundFirst,
            Function<Purchase, ReturnPreview> rule) {
        Optional<ReturnId> before = authorised(submission.by().owner(), submission.key());
        if (before.isPresent()) {
            return new Outcome.Replayed(before.get());
        }
        ReturnPreview preview = rule.apply(SamplePurchases.handedOver(order));
        if (preview.objection().isPresent()) {
            return new Outcome.Conflict(preview.objection().get());
        }
        if (!preview.allowsAll()) {
            return new Outcome.Denied(preview.verdicts());
        }
        ReturnId id = returns.authorise(
                order, request.to(), refundFirst, request.lines().toArray(ReturnRequest.Line[]::new));
        known.put(submission.by().owner() + " " + submission.key(), id);
        return new Outcome.Stored(id);
    }

    @Override
    public synchronized Optional<ReturnId> authorised(String owner, String key) {
        return Optional.ofNullable(known.get(owner + " " + key));
    }

    @Override
    public Outcome refuse(ReturnId id, Person by, String reason, RefusedGoods goods) {
        returns.refuse(id);
        return new Outcome.Stored(id);
    }

    @Override
    public Outcome exchange(
            Submission submission,
            OrderKey key,
            ReturnRequest request,
            boolean refundFirst,
            Function<Purchase, ReturnPreview> rule,
            ExchangeOffer offer) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome pay(Submission submission, ReturnId id, Exchange.Paid payment) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome receive(Submission submission, ReturnId id, Arrival arrival) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome inspect(Submission submission, ReturnId id, Finding finding) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome approve(ReturnId id, Person by) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Outcome regrade(Submission submission, ReturnId id, List<Regraded> found) {
        throw new UnsupportedOperationException();
    }

    /** Of whom nothing else is known. */
    private final class OneBuyer implements Purchases {
        @Override
        public Optional<Purchase> find(OrderId id) {
            return Optional.of(SamplePurchases.handedOver(order));
        }

        @Override
        public int othersRefunded(OrderId id, Instant since) {
            return 0;
        }

        @Override
        public int granted(OrderId id, ReturnCause.Kind kind, Instant since) {
            return 0;
        }
    }
}
