package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Tender;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Refunds of an order that were made at its channel, and that neither a return of ours nor the order's own books know of. One that stands in for another that
 * had come through and failed after all is none of them: of the same payment and the same amount, it is in the books already.
 */
public final class ForeignRefunds {
    /** By how much the channel's clock may be behind ours. */
    private static final Duration SKEW = Duration.ofMinutes(1);

    private ForeignRefunds() {}

    /** The oldest first. {@code inBooks}: the refunds that the order's own books have. */
    public static List<Tender> of(Order now, List<Return> returns, Set<String> inBooks) {
        Set<String> known = FollowedChange.transactions(returns);
        List<Tender> failed = new ArrayList<>(now.tenders().stream()
                .filter(tender -> hasFailed(tender) && (inBooks.contains(tender.id()) || isBooked(tender, returns)))
                .toList());
        return now.tenders().stream()
                .filter(Tender::mayGiveBack)
                .filter(tender -> !known.contains(tender.id()) && !inBooks.contains(tender.id()))
                .sorted(Comparator.comparing(Tender::at))
                .filter(tender -> !standsInForOneOf(failed, tender))
                .toList();
    }

    /** Those that have come up, or have come through, between two versions of the order. */
    public static List<Tender> between(Order before, Order after, List<Return> returns) {
        Set<String> known = FollowedChange.transactions(returns);
        return FollowedChange.refundNews(before, after).stream()
                .filter(Tender::mayGiveBack)
                .filter(tender -> !known.contains(tender.id()))
                .toList();
    }

    /**
     * Whether a refund that no return knows of is what this one is about to give: of the same payment and amount, and made since. Until its reply is stored, it may
     * be the return's own.
     */
    public static boolean isAsGivenBy(Return returned, Tender refund, Order now) {
        return givesItself(returned, refund, now) || isPassedOnOf(returned, refund);
    }

    /** Another return gives it back of what the credit of this one has paid. */
    private static boolean isPassedOnOf(Return credit, Tender refund) {
        return credit.repayment().stream()
                .flatMap(repayment -> repayment.passedOn().stream())
                .anyMatch(part -> part.isUnderWay()
                        && part.part().goesWhere(refund)
                        && part.part().amount().shop().equals(amount(refund)));
    }

    private static boolean givesItself(Return returned, Tender refund, Order now) {
        return returned.money() == MoneyStatus.APPROVED
                && !wasMadeBefore(returned, refund, now)
                && returned.repayment().stream()
                        .flatMap(repayment -> repayment.toGive().stream())
                        .anyMatch(part ->
                                part.goesWhere(refund) && part.amount().shop().equals(amount(refund)));
    }

    /**
     * What was given back earlier, and told of only later, is for something else. What the channel gives no time for, because it is still
     * under way, has the order's own.
     */
    public static boolean wasMadeBefore(Return returned, Tender refund, Order now) {
        return !refund.at().equals(now.placedAt())
                && refund.at().isBefore(returned.authorisedAt().minus(SKEW));
    }

    private static boolean hasFailed(Tender tender) {
        return tender.kind() == Tender.Kind.REFUND && tender.status() == Tender.Status.FAILURE;
    }

    /** What it was to give is the return's, and no other transaction has given it. */
    private static boolean isBooked(Tender failed, List<Return> returns) {
        return returns.stream()
                .flatMap(one -> one.repayment().stream())
                .filter(Return.Repayment::confirmed)
                .filter(repayment -> repayment.everyTransaction().contains(failed.id()))
                .anyMatch(repayment -> repayment
                        .transactions()
                        .getOrDefault(failed.parent().orElse(Refund.STORE_CREDIT), failed.id())
                        .equals(failed.id()));
    }

    /** Each stands in for one. */
    private static boolean standsInForOneOf(List<Tender> failed, Tender refund) {
        return failed.stream()
                .filter(other ->
                        other.parent().equals(refund.parent()) && amount(other).equals(amount(refund)))
                .findFirst()
                .map(failed::remove)
                .orElse(false);
    }

    private static Money amount(Tender tender) {
        return tender.amount().shop();
    }
}
