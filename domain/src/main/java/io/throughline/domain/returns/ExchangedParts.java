package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import java.util.LinkedHashMap;
import java.util.Map;

/** Divides a refund into what pays a new order and what is given back. */
public final class ExchangedParts {
    private ExchangedParts() {}

    /**
     * So much of each part pays the order, by its payment: the parts in their order, so that the fewest are given back in two pieces. In the
     * customer's currency it has the rate of the part.
     */
    public static Map<String, MoneyBag> of(Refund refund, Money value) {
        if (value.isNegative() || value.compareTo(refund.total().shop()) > 0) {
            throw new IllegalArgumentException(
                    value + " can't be exchanged of " + refund.total().shop());
        }
        Map<String, MoneyBag> parts = new LinkedHashMap<>();
        Money rest = value;
        for (Refund.ToTender part : refund.tenders()) {
            Money taken = rest.min(part.amount().shop());
            if (taken.isPositive()) {
                parts.put(part.payment(), share(part.amount(), taken));
                rest = rest.minus(taken);
            }
        }
        return parts;
    }

    private static MoneyBag share(MoneyBag whole, Money taken) {
        return new MoneyBag(
                taken, whole.presentment().share(0, taken.minor(), whole.shop().minor()));
    }
}
