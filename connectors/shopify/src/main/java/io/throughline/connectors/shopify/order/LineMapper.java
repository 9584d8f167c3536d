package io.throughline.connectors.shopify.order;

import io.throughline.connectors.shopify.client.Bag;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.ShippingLine;
import io.throughline.domain.order.TaxLine;
import java.math.BigDecimal;
import java.util.List;

/**
 * Lines of goods and of delivery. What Shopify tells of a line is about all units ever ordered, so units that were removed take
 * their share of price, discount and tax with them.
 */
final class LineMapper {
    private LineMapper() {}

    static OrderLine line(OrderDocument.Line line) {
        Money discount = Money.sum(
                line.originalUnitPriceSet().shop().currency(),
                line.discountAllocations().stream()
                        .map(allocation -> allocation.allocatedAmountSet().shop())
                        .toList());
        // Not discountedTotalSet: that leaves out order-level and code discounts, which the allocations have.
        Money total = line.originalUnitPriceSet().shop().times(line.quantity()).minus(discount);
        return new OrderLine(
                Gid.number(line.id()),
                sku(line),
                line.title(),
                line.currentQuantity(),
                kept(total, line),
                kept(discount, line),
                line.taxLines().stream()
                        .map(tax -> new TaxLine(
                                tax.title(), rate(tax), kept(tax.priceSet().shop(), line)))
                        .filter(tax -> !tax.amount().isZero())
                        .toList(),
                line.requiresShipping(),
                line.isGiftCard());
    }

    static ShippingLine shipping(OrderDocument.Shipping line, int position) {
        return new ShippingLine(
                line.id().map(Gid::number).orElse("shipping-" + position),
                line.title(),
                line.discountedPriceSet().shop(),
                line.taxLines().stream()
                        .map(tax -> new TaxLine(
                                tax.title(), rate(tax), tax.priceSet().shop()))
                        .filter(tax -> !tax.amount().isZero())
                        .toList());
    }

    /** How many amounts of a line were divided, each of which may be one minor unit from Shopify's own figure. */
    static long dividedAmounts(OrderDocument.Line line) {
        return line.currentQuantity() == line.quantity()
                ? 0
                : 1L + line.taxLines().size();
    }

    static Money shop(Bag bag, CurrencyCode currency) {
        Money amount = bag.shop();
        if (!amount.currency().equals(currency)) {
            throw new IllegalArgumentException("an amount in " + amount.currency() + " in an order in " + currency);
        }
        return amount;
    }

    /** A line that nobody gave a usable SKU keeps a name of its own, which no catalogue knows: it stops the order by name. */
    private static Sku sku(OrderDocument.Line line) {
        return line.sku().flatMap(Sku::read).orElseGet(() -> Sku.of("NO-SKU-" + Gid.number(line.id())));
    }

    private static BigDecimal rate(OrderDocument.Tax tax) {
        return tax.rate().orElse(BigDecimal.ZERO);
    }

    private static Money kept(Money amount, OrderDocument.Line line) {
        int kept = line.currentQuantity();
        int removed = line.quantity() - kept;
        if (removed <= 0) {
            return amount;
        }
        return amount.split(List.of((long) kept, (long) removed)).getFirst();
    }
}
