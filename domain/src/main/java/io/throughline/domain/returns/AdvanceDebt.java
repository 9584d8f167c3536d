package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What of money that was given before the goods came is not covered by what has come: all that was paid for units which never did, and for those that
 * are in a worse condition than was said, the part by which that lowers their worth. What was given of the charges of the order stays given, and so does
 * what somebody has given at the channel without a return: nobody promised anything for it.
 */
public final class AdvanceDebt {
    private static final int WHOLE = 100;

    private final Return returned;
    private final ReturnPolicy policy;
    private final List<String> words = new ArrayList<>();

    public AdvanceDebt(Return returned, ReturnPolicy policy) {
        this.returned = returned;
        this.policy = policy;
    }

    /** How much, and why. */
    public record Owed(Money amount, String why) {}

    /** Empty: nothing was given first, or it is covered. */
    public Optional<Owed> owed() {
        return returned.repayment()
                .filter(repayment -> returned.refundFirst()
                        && !(returned.cause() instanceof ReturnCause.GivenElsewhere)
                        && !(returned.to() instanceof ReturnedTo.Never)
                        && repayment.issued().isPresent())
                .map(Return.Repayment::refund)
                .flatMap(this::owedOf);
    }

    private Optional<Owed> owedOf(Refund refund) {
        words.clear();
        Money uncovered = Money.zero(refund.currency());
        for (Return.Line line : returned.lines()) {
            uncovered = uncovered.plus(owedOf(line, paidFor(line, refund)));
        }
        Money given = refund.total().shop();
        Money owed = uncovered.compareTo(given) > 0 ? given : uncovered;
        return owed.isPositive() ? Optional.of(new Owed(owed, String.join(", ", words))) : Optional.empty();
    }

    /** Less what was kept of it: by its share of all units of the order's line, for steps are of that. */
    private Money paidFor(Return.Line line, Refund refund) {
        int before = unitsOf(line.lineId(), line.number());
        return Money.sum(
                        refund.currency(),
                        refund.entries().stream()
                                .filter(entry -> isOf(line.lineId(), entry))
                                .map(RefundEntry::amount)
                                .toList())
                .share(before, before + line.authorised(), unitsOf(line.lineId(), Integer.MAX_VALUE));
    }

    private int unitsOf(String lineId, int beforeNumber) {
        return returned.lines().stream()
                .filter(line -> line.lineId().equals(lineId) && line.number() < beforeNumber)
                .mapToInt(Return.Line::authorised)
                .sum();
    }

    private static boolean isOf(String lineId, RefundEntry entry) {
        return switch (entry) {
            case RefundEntry.Goods goods -> goods.lineId().equals(lineId);
            case RefundEntry.Deduction kept ->
                kept.lineId().filter(lineId::equals).isPresent();
            case RefundEntry.Charge charge -> false;
            case RefundEntry.Goodwill given -> false;
        };
    }

    private Money owedOf(Return.Line line, Money paid) {
        int from = line.missing();
        Money owed = paid.share(0, from, line.authorised());
        if (from > 0) {
            words.add(from + " × " + line.sku() + " never came");
        }
        int said = percentOf(line, line.claimed());
        for (Return.Inspection found : line.inspections()) {
            Money worthAsSaid = paid.share(from, from + found.quantity(), line.authorised());
            from += found.quantity();
            int is = percentOf(line, Optional.of(found.grade()));
            if (is < said) {
                owed = owed.plus(worthAsSaid.share(is, said, said));
                words.add(found.quantity() + " × " + line.sku() + " is " + found.grade() + ", and was said to be "
                        + line.claimed().orElse(policy.grades().assumed()));
            }
        }
        return owed;
    }

    /** Of what is our fault nothing is kept, whatever it looks like. */
    private int percentOf(Return.Line line, Optional<ConditionGrade> grade) {
        return policy.ourFault().contains(line.reason())
                ? WHOLE
                : policy.grades().percent(grade).orElse(WHOLE);
    }
}
