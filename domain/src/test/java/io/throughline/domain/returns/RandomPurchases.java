package io.throughline.domain.returns;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.ShippingLine;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.order.Tender;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Purchases of any make, all handed over and paid, and requests that give back a random part of what is left of them. */
final class RandomPurchases {
    private static final List<String> CURRENCIES = List.of("USD", "JPY", "KWD", "EUR");
    private static final List<String> JURISDICTIONS = List.of("State", "County", "City");
    private static final List<String> GATEWAYS = List.of("shopify_payments", "gift_card", "cash", "store_credit");
    private static final List<ReturnReason> REASONS = List.of(ReturnReason.values());
    private static final Instant PLACED_AT = Instant.parse("2026-11-20T15:00:00Z");

    private final Random random;
    private CurrencyCode currency = CurrencyCode.of("USD");

    RandomPurchases(Random random) {
        this.random = random;
    }

    Purchase next() {
        currency = CurrencyCode.of(CURRENCIES.get(random.nextInt(CURRENCIES.size())));
        CurrencyCode presentment =
                random.nextBoolean() ? currency : CurrencyCode.of(CURRENCIES.get(random.nextInt(CURRENCIES.size())));
        boolean taxesIncluded = random.nextBoolean();
        List<Purchase.Line> lines = lines();
        List<ShippingLine> shipping = shipping();
        Money tip = sometimes(500);
        Money duties = sometimes(3000);
        Money rounding = Money.ofMinor(random.nextInt(5) - 2, currency);
        Money parts = Money.sum(
                currency,
                Stream.of(
                                lines.stream().map(line -> line.sold().total()),
                                shipping.stream().map(ShippingLine::total),
                                taxesIncluded
                                        ? Stream.<Money>of()
                                        : lines.stream().map(line -> line.sold().tax()),
                                taxesIncluded
                                        ? Stream.<Money>of()
                                        : shipping.stream().map(ShippingLine::tax),
                                Stream.of(tip, duties, rounding))
                        .flatMap(part -> part)
                        .toList());
        return new Purchase(
                OrderId.of(new OrderKey(SampleAccounts.SHOP, "1")),
                Channel.ONLINE,
                PLACED_AT,
                currency,
                presentment,
                taxesIncluded,
                lines,
                shipping,
                tip,
                duties,
                rounding,
                payments(parts, presentment));
    }

    /** A part of what can still come back, never nothing. Purchases of which all came back have none. */
    ReturnRequest request(Purchase purchase, List<ConditionGrade> grades) {
        return request(purchase, grades, RefundTo.ORIGINAL);
    }

    ReturnRequest request(Purchase purchase, List<ConditionGrade> grades, RefundTo refundTo) {
        List<ReturnRequest.Line> lines = new ArrayList<>();
        while (lines.isEmpty()) {
            for (Purchase.Line line : purchase.lines()) {
                int units = random.nextInt(line.returnable() + 1);
                int first = units == 0 ? 0 : 1 + random.nextInt(units);
                Stream.of(first, units - first)
                        .filter(part -> part > 0)
                        .forEach(part -> lines.add(new ReturnRequest.Line(
                                line.sold().id(),
                                part,
                                REASONS.get(random.nextInt(REASONS.size())),
                                Optional.of(grades.get(random.nextInt(grades.size()))))));
            }
        }
        return new ReturnRequest(
                purchase.order(), new ReturnCause.ByChoice(), new ReturnedTo.ByMail(), refundTo, lines);
    }

    private List<Purchase.Line> lines() {
        List<Purchase.Line> lines = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            int quantity = 1 + random.nextInt(7);
            // Goods that cost something, so that there is something to pay for.
            Money total = Money.ofMinor(i == 0 ? 50 + random.nextInt(20_000) : random.nextInt(20_000), currency);
            boolean giftCard = i > 0 && random.nextInt(6) == 0;
            lines.add(new Purchase.Line(
                    new OrderLine(
                            "L" + i,
                            Sku.of("SKU-" + i),
                            "Thing " + i,
                            quantity,
                            total,
                            sometimes(2000),
                            giftCard ? List.of() : taxes(total),
                            !giftCard,
                            giftCard),
                    quantity,
                    0,
                    Optional.of(PLACED_AT)));
        }
        return lines;
    }

    private List<ShippingLine> shipping() {
        List<ShippingLine> shipping = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            Money total = Money.ofMinor(random.nextInt(1500), currency);
            shipping.add(new ShippingLine("S" + i, "Delivery " + i, total, taxes(total)));
        }
        return shipping;
    }

    /** Of the price, whether or not it is in the price. */
    private List<TaxLine> taxes(Money price) {
        return JURISDICTIONS.stream()
                .filter(title -> random.nextBoolean())
                .map(title -> new TaxLine(title, new BigDecimal("0.05"), price.share(0, 1 + random.nextInt(9), 100)))
                .toList();
    }

    private List<Payment> payments(Money total, CurrencyCode presentment) {
        List<Long> weights = new ArrayList<>();
        for (int i = random.nextInt(4); i >= 0; i--) {
            weights.add(1L + random.nextInt(9));
        }
        long rate = 3L + random.nextInt(400);
        MoneyBag nothing = new MoneyBag(Money.zero(currency), Money.zero(presentment));
        List<Payment> payments = new ArrayList<>();
        for (Money part : total.split(weights)) {
            Money shown = presentment.equals(currency)
                    ? part
                    : Money.ofMinor(part.minor() * rate / 100 + random.nextInt(2), presentment);
            payments.add(new Payment(
                    new Tender(
                            "T" + payments.size(),
                            Tender.Kind.SALE,
                            Tender.Status.SUCCESS,
                            GATEWAYS.get(random.nextInt(GATEWAYS.size())),
                            new MoneyBag(part, shown),
                            Optional.empty(),
                            false,
                            PLACED_AT),
                    nothing));
        }
        return payments;
    }

    private Money sometimes(int most) {
        return Money.ofMinor(random.nextBoolean() ? 0 : random.nextInt(most), currency);
    }
}
