package io.throughline.domain.returns;

import io.throughline.domain.order.OrderLine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What of a request may be taken back: units that left and have not come back, in time, and of goods that are returnable where the customer
 * chooses to return them. A line is answered as a whole, and the lines before it count. A window begins when the last unit of its order line
 * left; what a carrier has to say of a parcel has none.
 */
final class Eligibility {
    private static final String FACTS = "order";

    private final Purchase purchase;
    private final ReturnPolicy policy;
    private final int othersRefunded;

    Eligibility(Purchase purchase, ReturnPolicy policy, int othersRefunded) {
        this.purchase = purchase;
        this.policy = policy;
        this.othersRefunded = othersRefunded;
    }

    List<Verdict> of(ReturnRequest request, Instant askedAt) {
        List<Verdict> verdicts = new ArrayList<>();
        Map<String, Integer> taken = new HashMap<>();
        for (ReturnRequest.Line line : request.lines()) {
            Verdict verdict = verdict(request.cause(), line, taken.getOrDefault(line.lineId(), 0), askedAt);
            if (verdict instanceof Verdict.Allowed) {
                taken.merge(line.lineId(), line.quantity(), Integer::sum);
            }
            verdicts.add(verdict);
        }
        return List.copyOf(verdicts);
    }

    private Verdict verdict(ReturnCause cause, ReturnRequest.Line line, int taken, Instant askedAt) {
        Optional<Purchase.Line> bought = purchase.line(line.lineId());
        return bought.isEmpty()
                ? refused(line, FACTS, Refusal.NOT_OF_THIS_ORDER, "the order has no line " + line.lineId())
                : verdict(cause, line, bought.get(), taken, askedAt);
    }

    private Verdict verdict(
            ReturnCause cause, ReturnRequest.Line line, Purchase.Line bought, int taken, Instant askedAt) {
        OrderLine sold = bought.sold();
        Optional<ReturnPolicy.Exclusion> exclusion =
                cause instanceof ReturnCause.ByChoice ? policy.exclusion(purchase.channel(), sold) : Optional.empty();
        if (exclusion.isPresent()) {
            return refused(
                    line,
                    "notReturnable." + exclusion.get().name(),
                    Refusal.NOT_RETURNABLE,
                    sold.title() + " is not taken back");
        }
        if (bought.handedOver() == 0) {
            return refused(line, FACTS, Refusal.NOT_HANDED_OVER, "none of it has been handed over: cancel it instead");
        }
        if (bought.withoutGoods()) {
            return refused(line, FACTS, Refusal.WITHOUT_GOODS, "there is nothing of " + sold.title() + " to send back");
        }
        int left = bought.returnable() - taken;
        if (line.quantity() > left) {
            return refused(
                    line,
                    FACTS,
                    Refusal.MORE_THAN_IS_LEFT,
                    "of the " + bought.handedOver() + " that were handed over, " + left + " can still come back");
        }
        if (policy.grades().percent(line.grade()).isEmpty()) {
            return refused(
                    line,
                    "grades",
                    Refusal.UNKNOWN_GRADE,
                    "use one of " + policy.grades().names());
        }
        return switch (cause) {
            case ReturnCause.ParcelRefused refused ->
                new Verdict.Allowed(
                        line,
                        "parcels.backWithin",
                        askedAt.plus(policy.parcels().backWithin()));
            case ReturnCause.ParcelLost lost -> new Verdict.Allowed(line, "parcels", askedAt);
            case ReturnCause.Claim claim ->
                until(line, bought, "claims", policy.claims().within(), askedAt);
            case ReturnCause.ByChoice choice -> inTime(line, bought, askedAt);
            case ReturnCause.Appeasement appeasement ->
                refused(line, "appeasements", Refusal.NOT_RETURNABLE, "nothing comes back for an appeasement");
            case ReturnCause.GivenElsewhere elsewhere ->
                refused(line, FACTS, Refusal.MORE_THAN_IS_LEFT, "its money was given back already");
        };
    }

    private Verdict inTime(ReturnRequest.Line line, Purchase.Line bought, Instant askedAt) {
        Optional<ReturnPolicy.Window> window =
                policy.window(purchase.channel(), bought.sold().sku());
        if (window.isEmpty()) {
            return refused(line, "windows", Refusal.WINDOW_CLOSED, "no rule says until when it is taken back");
        }
        Verdict verdict = until(
                line, bought, "windows." + window.get().name(), window.get().within(), askedAt);
        return policy.customerLimit()
                .filter(limit -> verdict instanceof Verdict.Allowed && othersRefunded >= limit.orders())
                .<Verdict>map(limit -> refused(
                        line,
                        "customerLimit",
                        Refusal.CUSTOMER_LIMIT,
                        othersRefunded + " other orders of this customer were refunded, or are to be, in the last "
                                + limit.within().toDays() + " days"))
                .orElse(verdict);
    }

    private Verdict until(
            ReturnRequest.Line line, Purchase.Line bought, String rule, Duration within, Instant askedAt) {
        Instant until = bought.handedOverAt().orElse(purchase.placedAt()).plus(within);
        return askedAt.isAfter(until)
                ? refused(line, rule, Refusal.WINDOW_CLOSED, "it was taken back until " + until)
                : new Verdict.Allowed(line, rule, until);
    }

    private static Verdict refused(ReturnRequest.Line line, String rule, Refusal reason, String why) {
        return new Verdict.Refused(line, rule, reason, why);
    }
}
