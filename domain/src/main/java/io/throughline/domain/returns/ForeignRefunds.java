package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.Tender;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;

/**
 * Refunds of an order that were made at its channel, and that neither a return of ours nor the order's own books know of. One that stands in for another that
 * had come through and failed after all is none of them: of the same payment and the same amount, it is in the books already.
 */
public final class ForeignRefunds {
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
