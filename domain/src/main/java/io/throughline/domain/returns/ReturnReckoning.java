package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Tender;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a return that was authorised is worth, by the version of the policy that it was authorised by. */
public final class ReturnReckoning {
    private final ReturnPolicies policies;

    public ReturnReckoning(ReturnPolicies policies) {
        this.policies = policies;
    }

    /** Whether something is taken back was decided before: only how much is paid for it is told here. */
    public Returns.Reckoned of(Return returned, Purchase purchase) {
        ReturnPolicy policy = policies.named(returned.policyVersion())
                .orElseThrow(() -> new IllegalStateException("no policy " + returned.policyVersion() + " is kept"));
        ReturnRequest request = returned.toRefund();
        Refund refund = new RefundCalculation(purchase, policy).of(request);
        return new Returns.Reckoned(
                refund, policy.needsSecondPerson(request, refund.total().shop()));
    }

    /**
     * What the channel is asked to do for it. The units are off the order with the first refund that is made there, also if that fails: another
     * one gives nothing but money, and bears a name of its own.
     */
    public static RefundGateway.Claim claim(Return returned, Return.Repayment repayment, Order order) {
        int earlier = repayment.earlier().refunds();
        if (earlier > 0) {
            return new RefundGateway.Claim(
                    returned.order(),
                    returned.id() + "/" + (earlier + 1),
                    List.of(),
                    inBoth(Money.zero(order.currency()), order.total()),
                    repayment.toGive());
        }
        return claim(returned, repayment.refund(), repayment.toGive(), order);
    }

    private static RefundGateway.Claim claim(
            Return returned, Refund refund, List<Refund.ToTender> toGive, Order order) {
        Map<String, Integer> units = new LinkedHashMap<>();
        Map<String, LineQuantity> lines = new LinkedHashMap<>();
        for (RefundEntry entry : refund.entries()) {
            if (entry instanceof RefundEntry.Goods goods) {
                units.merge(goods.lineId(), goods.quantity(), Integer::sum);
                lines.put(
                        goods.lineId(),
                        new LineQuantity(goods.lineId(), goods.sku(), units.getOrDefault(goods.lineId(), 0)));
            }
        }
        return new RefundGateway.Claim(
                returned.order(),
                returned.id().value(),
                List.copyOf(lines.values()),
                inBoth(delivery(refund), order.total()),
                toGive);
    }

    /** What somebody has given back at the channel in place of a refund; empty: that can't be told as one part for each payment. */
    public static Optional<Refund> asGiven(Refund ours, List<Tender> given) {
        List<Refund.ToTender> parts = given.stream().map(Refund.ToTender::of).toList();
        if (parts.stream().map(Refund.ToTender::payment).distinct().count() < parts.size()) {
            return Optional.empty();
        }
        List<RefundEntry> entries = new ArrayList<>(ours.entries());
        Money sum = Money.sum(
                ours.currency(),
                parts.stream().map(part -> part.amount().shop()).toList());
        RefundCalculation.addRest(entries, sum.minus(Refund.sum(ours.currency(), entries)));
        return Optional.of(new Refund(ours.currency(), ours.presentmentCurrency(), entries, parts));
    }

    /** What the channel should come to by itself, for it knows nothing of what is kept. */
    public static Money beforeFees(Refund refund) {
        return Money.sum(
                refund.currency(),
                refund.entries().stream()
                        .filter(ReturnReckoning::isKnownToChannels)
                        .map(RefundEntry::amount)
                        .toList());
    }

    private static boolean isKnownToChannels(RefundEntry entry) {
        return entry instanceof RefundEntry.Goods || isDelivery(entry);
    }

    private static boolean isDelivery(RefundEntry entry) {
        return entry instanceof RefundEntry.Charge charge && charge.kind() == RefundEntry.Charge.Kind.SHIPPING;
    }

    private static Money delivery(Refund refund) {
        return Money.sum(
                refund.currency(),
                refund.entries().stream()
                        .filter(ReturnReckoning::isDelivery)
                        .map(RefundEntry::amount)
                        .toList());
    }

    /** At the rate of the whole order. */
    private static MoneyBag inBoth(Money amount, MoneyBag total) {
        return new MoneyBag(
                amount,
                total.shop().isPositive()
                        ? total.presentment()
                                .share(
                                        0,
                                        amount.min(total.shop()).minor(),
                                        total.shop().minor())
                        : Money.zero(total.presentment().currency()));
    }
}
