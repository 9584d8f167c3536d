package io.throughline.domain.returns;

import io.throughline.domain.order.Order;
import io.throughline.domain.order.Tender;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells what returns bring about at a channel from what somebody else does there: they give money back and take units off. What is given back
 * while a return is about to give money back itself is looked at by its process, whoever gave it.
 */
public final class FollowedChange {
    private FollowedChange() {}

    public static boolean explains(List<Return> returns, Order before, Order after) {
        if (returns.isEmpty()
                || !before.cancelledAt().equals(after.cancelledAt())
                || !before.paid().equals(after.paid())) {
            return false;
        }
        Set<String> known = ids(before);
        List<String> more = after.tenders().stream()
                .filter(Tender::mayGiveBack)
                .map(Tender::id)
                .filter(id -> !known.contains(id))
                .toList();
        return returns.stream().anyMatch(FollowedChange::looksAtItsMoney)
                || (!more.isEmpty() && transactions(returns).containsAll(more));
    }

    /**
     * A return that waits for its goods looks at nothing, for weeks, and one that may yet be refused might never do so; one whose refund is
     * confirmed has nothing more to look for.
     */
    private static boolean looksAtItsMoney(Return returned) {
        return switch (returned.money()) {
            case UNAPPROVED -> !returned.mayBeRefused();
            case APPROVED, ISSUED -> true;
            case AWAITS_GOODS, UNCALCULATED, CONFIRMED, ENDED -> false;
        };
    }

    /**
     * Whether somebody has taken units of a return's lines off the order since {@code then}, whom none of the order's returns knows of.
     */
    public static boolean tookUnits(Return returned, Order then, Order now, List<Return> ofOrder) {
        Set<String> before = ids(then);
        Set<String> since = ids(now).stream().filter(id -> !before.contains(id)).collect(Collectors.toSet());
        Map<String, Integer> ours = new HashMap<>();
        ofOrder.stream()
                .filter(other -> transactions(List.of(other)).stream().anyMatch(since::contains))
                .forEach(other -> units(other).forEach((line, units) -> ours.merge(line, units, Integer::sum)));
        return units(returned).keySet().stream()
                .anyMatch(line -> then.quantity(line) - now.quantity(line) > ours.getOrDefault(line, 0));
    }

    /**
     * How many units of a line its returns have taken off an order as the channel tells of it, or are about to: their refunds may be known there
     * before they are known here.
     */
    public static int takenOff(List<Return> returns, Order now, String lineId) {
        Set<String> told = ids(now);
        return returns.stream()
                .filter(one -> looksAtItsMoney(one)
                        || one.repayment().filter(Return.Repayment::gaveNothing).isPresent()
                        || transactions(List.of(one)).stream().anyMatch(told::contains))
                .mapToInt(one -> units(one).getOrDefault(lineId, 0))
                .sum();
    }

    private static Map<String, Integer> units(Return returned) {
        Map<String, Integer> units = new HashMap<>();
        returned.toRefund().lines().forEach(line -> units.merge(line.lineId(), line.quantity(), Integer::sum));
        return units;
    }

    private static Set<String> ids(Order order) {
        return order.tenders().stream().map(Tender::id).collect(Collectors.toSet());
    }

    /** Of all the refunds that returns know of, those that failed among them. */
    public static Set<String> transactions(List<Return> returns) {
        return returns.stream()
                .flatMap(one -> one.repayment().stream())
                .flatMap(repayment -> repayment.everyTransaction().stream())
                .collect(Collectors.toSet());
    }
}
