package io.throughline.domain.money;

/** One amount in the shop's currency and in the one that the customer was shown. The books are kept in the shop's. */
public record MoneyBag(Money shop, Money presentment) {
    public static MoneyBag of(Money amount) {
        return new MoneyBag(amount, amount);
    }

    public MoneyBag plus(MoneyBag other) {
        return new MoneyBag(shop.plus(other.shop), presentment.plus(other.presentment));
    }

    public MoneyBag minus(MoneyBag other) {
        return new MoneyBag(shop.minus(other.shop), presentment.minus(other.presentment));
    }
}
