package io.throughline.domain.returns;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How much is taken back without a receipt at most: at once, of one customer within a time, and in one store on one day. All amounts are of one currency. */
public record BlindLimits(
        int units,
        Money upTo,
        Money secondPersonAbove,
        Allowance perCustomer,
        Duration customerWithin,
        Allowance perStoreDay) {
    public BlindLimits {
        CurrencyCode currency = upTo.currency();
        if (!List.of(
                        secondPersonAbove.currency(),
                        perCustomer.upTo().currency(),
                        perStoreDay.upTo().currency())
                .stream()
                .allMatch(currency::equals)) {
            throw new IllegalArgumentException("the limits are of one currency, " + currency);
        }
    }

    /** So many of them, and so much altogether. */
    public record Allowance(int times, Money upTo) {
        /** {@code one} more after others, which were {@code before} and came to {@code spent}; empty: it is within both. */
        Optional<String> exceededBy(Money one, int before, Money spent) {
            if (before + 1 > times) {
                return Optional.of(before + " were taken already, and " + times + " is the most");
            }
            Money all = spent.plus(one);
            return all.compareTo(upTo) > 0
                    ? Optional.of("with those before it would come to " + all + ", and " + upTo + " is the most")
                    : Optional.empty();
        }
    }

    /** A limit that something would exceed, by its place in the policy. */
    public record Exceeded(String rule, String why) {}

    /** What counts beside the return itself: the values of the customer's earlier ones within the time, and of the store's of the day. */
    public List<Exceeded> exceededBy(int unitsNow, Money value, List<Money> ofCustomer, List<Money> ofStoreDay) {
        List<Exceeded> exceeded = new ArrayList<>();
        if (unitsNow > units) {
            exceeded.add(new Exceeded("blind.limits.units", unitsNow + " units are more than " + units));
        }
        if (value.compareTo(upTo) > 0) {
            exceeded.add(new Exceeded("blind.limits.upTo", value + " is more than " + upTo));
        }
        perCustomer
                .exceededBy(value, ofCustomer.size(), sum(ofCustomer))
                .map(why -> new Exceeded(
                        "blind.limits.perCustomer", "of this customer in " + customerWithin.toDays() + " days " + why))
                .ifPresent(exceeded::add);
        perStoreDay
                .exceededBy(value, ofStoreDay.size(), sum(ofStoreDay))
                .map(why -> new Exceeded("blind.limits.perStoreDay", "in this store today " + why))
                .ifPresent(exceeded::add);
        return exceeded;
    }

    private Money sum(List<Money> amounts) {
        return Money.sum(upTo.currency(), amounts);
    }
}
