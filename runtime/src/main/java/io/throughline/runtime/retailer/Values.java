package io.throughline.runtime.retailer;

import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.time.Duration;
import java.util.function.Function;

/** What several files write in the same way, read from its text; what is not allowed there is an {@link IllegalArgumentException}. */
final class Values {
    static final String DURATION_HINT = "an ISO 8601 duration such as PT30M or P3D";

    private Values() {}

    /** None is a duration too. */
    static Duration duration(String text) {
        Duration duration = Duration.parse(text);
        if (duration.isNegative()) {
            throw new IllegalArgumentException(text);
        }
        return duration;
    }

    static Duration someDuration(String text) {
        Duration duration = duration(text);
        if (duration.isZero()) {
            throw new IllegalArgumentException(text);
        }
        return duration;
    }

    /** None is an amount too. */
    static Function<String, Money> amount(CurrencyCode currency) {
        return text -> {
            Money amount = Money.of(text, currency);
            if (amount.isNegative()) {
                throw new IllegalArgumentException(text);
            }
            return amount;
        };
    }

    static Function<String, Integer> between(int least, int most) {
        return text -> {
            int number = Integer.parseInt(text);
            if (number < least || number > most) {
                throw new IllegalArgumentException(text);
            }
            return number;
        };
    }
}
