package io.throughline.domain.returns;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What speaks against a request as a whole, whatever its lines are: the limits of what is given without a look at the goods. */
final class Objections {
    private final Purchase purchase;
    private final ReturnPolicy policy;
    private final Purchases purchases;
    private final Instant now;

    Objections(Purchase purchase, ReturnPolicy policy, Purchases purchases, Instant now) {
        this.purchase = purchase;
        this.policy = policy;
        this.purchases = purchases;
        this.now = now;
    }

    /** {@code refund} is what would be given. Empty: nothing. */
    Optional<String> to(ReturnRequest request, Money refund) {
        return switch (request.cause()) {
            case ReturnCause.ByChoice choice -> Optional.empty();
            case ReturnCause.ParcelRefused refused -> Optional.empty();
            case ReturnCause.ParcelLost lost -> Optional.empty();
            case ReturnCause.GivenElsewhere elsewhere -> Optional.empty();
            case ReturnCause.Claim claim ->
                toPhotos(request, claim, refund)
                        .or(() -> tooOften(claim.kind(), policy.claims().customerLimit(), "claims.customerLimit"));
            case ReturnCause.Appeasement appeasement ->
                toWhatHasNotLeft()
                        .or(() -> toAmount(appeasement.amount()))
                        .or(() -> tooOften(
                                appeasement.kind(),
                                policy.appeasements().customerLimit(),
                                "appeasements.customerLimit"));
        };
    }

    /** Nobody has a photo of what never came. */
    private Optional<String> toPhotos(ReturnRequest request, ReturnCause.Claim claim, Money refund) {
        boolean toBeSeen = request.lines().stream().anyMatch(line -> line.reason() != ReturnReason.NEVER_ARRIVED);
        Map<CurrencyCode, Money> limits = policy.claims().photosAbove();
        return toBeSeen && claim.photos().isEmpty() && !ReturnPolicy.RefundLimits.within(limits, refund)
                ? Optional.of("a claim of " + refund + " needs a photo (claims.photosAbove)")
                : Optional.empty();
    }

    /** A cancellation gives back all that is left, and books each refund that the channel tells of: this one would be booked twice. */
    private Optional<String> toWhatHasNotLeft() {
        return purchase.lines().stream().allMatch(line -> line.handedOver() == 0)
                ? Optional.of("nothing of the order has been handed over: cancel it instead")
                : Optional.empty();
    }

    private Optional<String> toAmount(Money amount) {
        if (!amount.currency().equals(purchase.currency())) {
            return Optional.of("the order is in " + purchase.currency());
        }
        if (!ReturnPolicy.RefundLimits.within(policy.appeasements().upTo(), amount)) {
            return Optional.of("so much is not given for peace (appeasements.upTo)");
        }
        Money left = purchase.left();
        return amount.compareTo(left) > 0
                ? Optional.of("no more than " + left + " is left of what was captured")
                : Optional.empty();
    }

    private Optional<String> tooOften(ReturnCause.Kind kind, ReturnPolicy.TimesLimit limit, String rule) {
        int times = purchases.granted(purchase.order(), kind, now.minus(limit.within()));
        return times >= limit.times()
                ? Optional.of("this customer had " + times + " of them in the last "
                        + limit.within().toDays() + " days (" + rule + ")")
                : Optional.empty();
    }
}
