package io.throughline.domain.returns;

import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.Tender;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Tells what returns bring about at a channel from what somebody else does there: they give money back and take units off. What is given back
 * while a return is about to give money back itself is looked at by its process, whoever gave it; once its own transactions are known, it is those alone
 * that it explains.
 */
public final class FollowedChange {
    private FollowedChange() {}

    /** {@code awaited}: whether the process of a return still looks at what it has given. */
    public static boolean explains(List<Return> returns, Order before, Order after, Predicate<ReturnId> awaited) {
        if (returns.isEmpty()
                || !before.cancelledAt().equals(after.cancelledAt())
                || !before.paid().equals(after.paid())) {
            return false;
        }
        List<Tender> news = refundNews(before, after);
        // A refund of nothing has no transaction, and takes its units off all the same.
        return returns.stream().anyMatch(FollowedChange::isAboutToGive)
                || (news.isEmpty()
                        ? returns.stream().anyMatch(FollowedChange::looksAtItsMoney)
                        : news.stream().allMatch(refund -> isOfOneOf(returns, refund, awaited)));
    }

    /** Refunds that were not known before, or stand otherwise now. */
    static List<Tender> refundNews(Order before, Order after) {
        Map<String, Tender.Status> known =
                before.tenders().stream().collect(Collectors.toMap(Tender::id, Tender::status, (one, other) -> other));
        return after.tenders().stream()
                .filter(tender -> tender.kind() == Tender.Kind.REFUND)
                .filter(tender -> known.get(tender.id()) != tender.status())
                .toList();
    }

    /** That it fails is looked at for as long as it is waited for. */
    private static boolean isOfOneOf(List<Return> returns, Tender refund, Predicate<ReturnId> awaited) {
        return returns.stream()
                .filter(one -> transactions(List.of(one)).contains(refund.id()))
                .anyMatch(one -> refund.status() != Tender.Status.FAILURE || knowsOfFailure(one, refund, awaited));
    }

    private static boolean knowsOfFailure(Return returned, Tender refund, Predicate<ReturnId> awaited) {
        return returned.money() == MoneyStatus.ISSUED
                || returned.repayment()
                        .filter(repayment -> repayment.earlier().failed().contains(refund.id())
                                || repayment.passedOn().stream()
                                        .anyMatch(part ->
                                                part.isBy(refund) && (part.failed() || awaited.test(part.by()))))
                        .isPresent();
    }

    /**
     * A return that waits for its goods looks at nothing, for weeks, and one that may yet be refused might never do so; one whose refund is
     * confirmed has nothing more to look for.
     */
    private static boolean isAboutToGive(Return returned) {
        return isPassingOn(returned) || givesItself(returned);
    }

    /** Whether another return is giving back what the credit of this one had paid, which may show itself before it is known. */
    public static boolean isPassingOn(Return returned) {
        return returned.repayment().filter(Return.Repayment::isPassingOn).isPresent();
    }

    private static boolean givesItself(Return returned) {
        return switch (returned.money()) {
            case UNAPPROVED -> !returned.mayBeRefused();
            case APPROVED -> true;
            case AWAITS_GOODS, UNCALCULATED, ISSUED, CONFIRMED, ENDED -> false;
        };
    }

    private static boolean looksAtItsMoney(Return returned) {
        return isAboutToGive(returned) || returned.money() == MoneyStatus.ISSUED;
    }

    /**
     * Whether somebody has taken units of a return's lines off the order since {@code then}, whom none of the order's returns knows of.
     */
    public static boolean tookUnits(Return returned, Order then, Order now, List<Return> ofOrder) {
        return units(returned).keySet().stream().anyMatch(takenByOthers(then, now, ofOrder)::containsKey);
    }

    /** The same of just its units, and of no others. */
    public static boolean tookItsUnits(Return returned, Order then, Order now, List<Return> ofOrder) {
        Map<String, Integer> units = units(returned);
        return !units.isEmpty() && takenByOthers(then, now, ofOrder).equals(units);
    }

    /** The units that were taken off since then, by line, whom none of the returns knows of. */
    private static Map<String, Integer> takenByOthers(Order then, Order now, List<Return> ofOrder) {
        Set<String> before = ids(then);
        Set<String> since = ids(now).stream().filter(id -> !before.contains(id)).collect(Collectors.toSet());
        Map<String, Integer> ours = new HashMap<>();
        ofOrder.stream()
                .filter(other -> ownTransactions(other).anyMatch(since::contains))
                .forEach(other -> units(other).forEach((line, units) -> ours.merge(line, units, Integer::sum)));
        Map<String, Integer> others = new HashMap<>();
        for (OrderLine line : then.lines()) {
            int taken = line.quantity() - now.quantity(line.id()) - ours.getOrDefault(line.id(), 0);
            if (taken > 0) {
                others.put(line.id(), taken);
            }
        }
        return others;
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
                        || ownTransactions(one).anyMatch(told::contains))
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

    /** Of all the refunds that returns know of, those that failed among them, and those by which goods that were exchanged for them are given back for. */
    public static Set<String> transactions(List<Return> returns) {
        return returns.stream()
                .flatMap(one -> one.repayment().stream())
                .flatMap(repayment -> Stream.concat(repayment.everyTransaction().stream(), passedOn(repayment)))
                .collect(Collectors.toSet());
    }

    /** Those by which it takes its units off. */
    private static Stream<String> ownTransactions(Return returned) {
        return returned.repayment().stream().flatMap(repayment -> repayment.everyTransaction().stream());
    }

    private static Stream<String> passedOn(Return.Repayment repayment) {
        return repayment.passedOn().stream().flatMap(part -> part.transaction().stream());
    }
}
