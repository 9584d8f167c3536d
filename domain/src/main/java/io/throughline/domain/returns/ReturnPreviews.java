package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Answers what a return would be worth, from our own facts. */
public final class ReturnPreviews {
    private final Purchases purchases;
    private final ReturnPolicies policies;
    private final Clock clock;

    public ReturnPreviews(Purchases purchases, ReturnPolicies policies, Clock clock) {
        this.purchases = purchases;
        this.policies = policies;
        this.clock = clock;
    }

    /** By {@code tried} in place of the policy of the order's day, if there is one. Empty: nothing is known of the order. */
    public Optional<ReturnPreview> of(ReturnRequest request, Optional<ReturnPolicy> tried) {
        return purchases
                .find(request.order())
                .map(purchase -> preview(
                        purchase, tried.orElseGet(() -> policies.at(purchase.placedAt())), request, clock.instant()));
    }

    /** Of what was bought as it stands, by the policy of the order's day. */
    public ReturnPreview of(Purchase purchase, ReturnRequest request) {
        return preview(purchase, policies.at(purchase.placedAt()), request, clock.instant());
    }

    private ReturnPreview preview(Purchase purchase, ReturnPolicy policy, ReturnRequest request, Instant now) {
        List<Verdict> verdicts =
                new Eligibility(purchase, policy, othersRefunded(purchase, policy, now)).of(request, now);
        List<ReturnRequest.Line> allowed = verdicts.stream()
                .filter(Verdict.Allowed.class::isInstance)
                .map(Verdict::line)
                .toList();
        TenderChoice choice = TenderChoice.of(purchase, policy, request, allowed, now);
        Refund refund = new RefundCalculation(purchase, policy)
                .of(request.withLines(allowed).refundedTo(choice.to()));
        Money amount = refund.total().shop();
        return new ReturnPreview(
                purchase.order(),
                policy.version(),
                verdicts,
                purchases
                        .objection(purchase.order())
                        .or(() -> new Objections(purchase, policy, purchases, now).to(request, amount))
                        .or(choice::objection),
                choice.to(),
                choice.rule(),
                refund,
                policy.needsSecondPerson(request, amount),
                policy.limits().mayComeBeforeGoods(amount),
                policy.limits().mayComeWithoutGoods(amount),
                policy.labels(purchase.channel(), request.to())
                        .map(rule -> new ReturnParcel.Wanted(rule.to(), rule.terms())));
    }

    private int othersRefunded(Purchase purchase, ReturnPolicy policy, Instant now) {
        return policy.customerLimit()
                .map(limit -> purchases.othersRefunded(purchase.order(), now.minus(limit.within())))
                .orElse(0);
    }
}
