package io.throughline.domain.money;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** An amount in integer minor units of its currency. Amounts of two currencies never meet: that is an error, not a conversion. */
public record Money(long minor, CurrencyCode currency) implements Comparable<Money> {

    public static Money zero(CurrencyCode currency) {
        return new Money(0, currency);
    }

    public static Money ofMinor(long minor, CurrencyCode currency) {
        return new Money(minor, currency);
    }

    /** Exact: an amount with more decimals than its currency has is refused. */
    public static Money of(BigDecimal amount, CurrencyCode currency) {
        try {
            return new Money(amount.movePointRight(currency.decimals()).longValueExact(), currency);
        } catch (ArithmeticException inexact) {
            throw new IllegalArgumentException(
                    amount.toPlainString() + " " + currency + " does not fit " + currency.decimals() + " decimals",
                    inexact);
        }
    }

    public static Money of(String amount, CurrencyCode currency) {
        return of(new BigDecimal(amount), currency);
    }

    /** The nearest amount, half up, as the channels round. */
    public static Money rounded(BigDecimal amount, CurrencyCode currency) {
        return of(amount.setScale(currency.decimals(), RoundingMode.HALF_UP), currency);
    }

    public Money plus(Money other) {
        return new Money(Math.addExact(minor, same(other).minor), currency);
    }

    public Money minus(Money other) {
        return new Money(Math.subtractExact(minor, same(other).minor), currency);
    }

    public Money times(long factor) {
        return new Money(Math.multiplyExact(minor, factor), currency);
    }

    public Money negated() {
        return new Money(Math.negateExact(minor), currency);
    }

    public boolean isZero() {
        return minor == 0;
    }

    public boolean isNegative() {
        return minor < 0;
    }

    public boolean isPositive() {
        return minor > 0;
    }

    public Money min(Money other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public BigDecimal toDecimal() {
        return BigDecimal.valueOf(minor, currency.decimals());
    }

    /**
     * Splits in proportion to {@code weights} so that the parts sum to the whole: each part is rounded down and the rest goes, one
     * minor unit at a time, to the largest remainders (the earlier one first). Weights are not negative and not all zero.
     */
    public List<Money> split(List<Long> weights) {
        long sum = weights.stream().mapToLong(Long::longValue).sum();
        if (sum <= 0 || weights.stream().anyMatch(weight -> weight < 0)) {
            throw new IllegalArgumentException("weights must not be negative nor all zero: " + weights);
        }
        BigDecimal total = BigDecimal.valueOf(sum);
        List<BigDecimal> exact = weights.stream()
                .map(weight -> BigDecimal.valueOf(minor)
                        .multiply(BigDecimal.valueOf(weight))
                        .divide(total, 12, RoundingMode.FLOOR))
                .toList();
        List<Long> parts = new ArrayList<>(exact.stream()
                .map(part -> part.setScale(0, RoundingMode.FLOOR).longValueExact())
                .toList());
        List<Integer> byRemainder =
                new ArrayList<>(IntStream.range(0, parts.size()).boxed().toList());
        byRemainder.sort(Collections.reverseOrder(
                Comparator.comparing(i -> exact.get(i).subtract(BigDecimal.valueOf(parts.get(i))))));
        long rest = minor - parts.stream().mapToLong(Long::longValue).sum();
        for (int i = 0; i < rest; i++) {
            int index = byRemainder.get(i % byRemainder.size());
            parts.set(index, parts.get(index) + 1);
        }
        return parts.stream().map(part -> new Money(part, currency)).toList();
    }

    /**
     * What the parts from {@code from} (inclusive) to {@code to} (exclusive) are of this, were it cut into {@code parts} equal ones: what is
     * due up to the one less what is due up to the other. So shares that follow each other sum to the whole, whatever their lengths.
     */
    public Money share(long from, long to, long parts) {
        return upTo(to, parts).minus(upTo(from, parts));
    }

    private Money upTo(long count, long parts) {
        return count == 0
                ? zero(currency)
                : split(List.of(count, parts - count)).getFirst();
    }

    public static Money sum(CurrencyCode currency, List<Money> amounts) {
        return amounts.stream().reduce(zero(currency), Money::plus);
    }

    @Override
    public int compareTo(Money other) {
        return Long.compare(minor, same(other).minor);
    }

    private Money same(Money other) {
        if (!currency.equals(other.currency)) {
            throw new IllegalArgumentException("cannot combine " + this + " with " + other);
        }
        return other;
    }

    @Override
    public String toString() {
        return toDecimal().toPlainString() + " " + currency;
    }
}
