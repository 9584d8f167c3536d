package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.order.Tender;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The returns that foreign refunds make: each has one transaction for each payment, as ours do. The units that somebody has taken off the order are of the one
 * that gave most.
 */
public final class AdoptedReturns {
    private final Purchase purchase;
    private final ReturnPolicy policy;

    public AdoptedReturns(Purchase purchase, ReturnPolicy policy) {
        this.purchase = purchase;
        this.policy = policy;
    }

    /** One of them: {@code units} by line, {@code transactions} by payment. {@code through}: the channel tells that all of it has come. */
    public record Adopted(
            Map<String, Integer> units, Refund refund, Map<String, String> transactions, boolean through) {
        public Adopted {
            units = Map.copyOf(units);
            transactions = Map.copyOf(transactions);
        }
    }

    public List<Adopted> of(List<Tender> foreign, List<Return> returns) {
        List<Adopted> adopted = new ArrayList<>();
        Map<String, Integer> units = unitsOfNobody(returns);
        for (List<Tender> together : eachOncePerPayment(foreign)) {
            adopted.add(adopted(adopted.isEmpty() ? units : Map.of(), together));
        }
        return adopted;
    }

    private Adopted adopted(Map<String, Integer> units, List<Tender> refunds) {
        List<Refund.ToTender> tenders =
                refunds.stream().map(Refund.ToTender::of).toList();
        return new Adopted(
                units,
                new RefundCalculation(purchase, policy).given(units, tenders),
                refunds.stream()
                        .collect(Collectors.toMap(refund -> refund.parent().orElse(Refund.STORE_CREDIT), Tender::id)),
                refunds.stream().allMatch(Tender::isRefund));
    }

    private static List<List<Tender>> eachOncePerPayment(List<Tender> foreign) {
        List<Tender> rest = new ArrayList<>(foreign.stream()
                .sorted(Comparator.comparing((Tender refund) -> refund.amount().shop(), Money::compareTo)
                        .reversed())
                .toList());
        List<List<Tender>> groups = new ArrayList<>();
        while (!rest.isEmpty()) {
            Map<String, Tender> group = new LinkedHashMap<>();
            rest.forEach(refund -> group.putIfAbsent(refund.parent().orElse(Refund.STORE_CREDIT), refund));
            groups.add(List.copyOf(group.values()));
            rest.removeAll(group.values());
        }
        return groups;
    }

    /** What had left and counts as returned, less what returns have taken off or are to. */
    private Map<String, Integer> unitsOfNobody(List<Return> returns) {
        Map<String, Integer> units = new TreeMap<>();
        for (Purchase.Line line : purchase.lines()) {
            int free = line.returned() - unitsOf(line, returns);
            if (free > 0 && !line.withoutGoods()) {
                units.put(line.sold().id(), free);
            }
        }
        return units;
    }

    private static int unitsOf(Purchase.Line line, List<Return> returns) {
        return returns.stream()
                .filter(one -> one.refused().isEmpty())
                .mapToInt(one -> unitsOf(line, one))
                .sum();
    }

    /** Paid for, or come to stay: what goes back to its customer is theirs again. */
    private static int unitsOf(Purchase.Line line, Return one) {
        return one.lines().stream()
                .filter(part -> part.lineId().equals(line.sold().id()))
                .mapToInt(part ->
                        one.refundFirst() ? part.authorised() : part.authorised() - part.missing() - part.sentBack())
                .sum();
    }
}
