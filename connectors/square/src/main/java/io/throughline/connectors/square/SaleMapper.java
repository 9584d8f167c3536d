package io.throughline.connectors.square;

import com.squareup.square.types.OrderLineItem;
import com.squareup.square.types.OrderLineItemAppliedTax;
import com.squareup.square.types.OrderLineItemItemType;
import com.squareup.square.types.OrderLineItemTax;
import com.squareup.square.types.OrderLineItemTaxType;
import com.squareup.square.types.OrderRoundingAdjustment;
import com.squareup.square.types.OrderServiceCharge;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Destination;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.ShippingLine;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.order.Tender;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Makes a sale at a till our canonical order. Prices count as including taxes if every tax of the sale is inclusive; otherwise
 * inclusive taxes are taken out of their lines, so that all lines are net alike.
 */
final class SaleMapper {

    private final OrderKey key;
    private final CatalogIndex catalog;
    private final Facilities facilities;

    SaleMapper(OrderKey key, CatalogIndex catalog, Facilities facilities) {
        this.key = key;
        this.catalog = catalog;
        this.facilities = facilities;
    }

    Order map(com.squareup.square.types.Order sale) {
        CurrencyCode currency = CurrencyCode.of(currency(sale));
        Taxes taxes = new Taxes(sale, currency);
        List<OrderLine> lines = sale.getLineItems().orElse(List.of()).stream()
                .map(line -> line(line, taxes, currency))
                .toList();
        Optional<Facility> facility = facilities.byLocation(key.account(), sale.getLocationId());
        return new Order(
                key,
                // Not the ticket's name: tills write their customers' there.
                "POS "
                        + key.externalId()
                                .substring(0, Math.min(8, key.externalId().length())),
                Channel.POINT_OF_SALE,
                instant(sale.getUpdatedAt()),
                instant(sale.getCreatedAt()),
                currency,
                currency,
                taxes.included(),
                lines,
                sale.getServiceCharges().orElse(List.of()).stream()
                        .map(charge -> charge(charge, taxes, currency))
                        .toList(),
                money(sale.getTotalTipMoney(), currency),
                Money.zero(currency),
                money(sale.getRoundingAdjustment().flatMap(OrderRoundingAdjustment::getAmountMoney), currency),
                MoneyBag.of(money(sale.getTotalMoney(), currency)),
                sale.getTenders().orElse(List.of()).stream()
                        .map(tender -> tender(tender, sale, currency))
                        .toList(),
                List.of(new Delivery(
                        DeliveryMethod.CARRIED_OUT,
                        facility.map(Facility::id),
                        Optional.empty(),
                        lines.stream()
                                .map(line -> new LineQuantity(line.id(), line.sku(), line.quantity()))
                                .toList())),
                facility.map(store -> new Destination(
                        store.country(),
                        Optional.empty(),
                        Optional.of(store.point().coarse()))),
                CustomerRef.of(OrderId.of(key)),
                List.of(),
                Optional.empty());
    }

    private OrderLine line(OrderLineItem line, Taxes taxes, CurrencyCode currency) {
        boolean giftCard = line.getItemType()
                .filter(OrderLineItemItemType.GIFT_CARD::equals)
                .isPresent();
        Money gross = money(line.getTotalMoney(), currency);
        Money total = taxes.included() ? gross : gross.minus(money(line.getTotalTaxMoney(), currency));
        return new OrderLine(
                line.getUid().orElseThrow(() -> unreadable("a line has no uid")),
                sku(line.getCatalogObjectId()),
                title(line.getCatalogObjectId(), line.getName()),
                quantity(line.getQuantity()),
                total,
                money(line.getTotalDiscountMoney(), currency),
                taxes.of(line.getAppliedTaxes().orElse(List.of())),
                !giftCard,
                giftCard);
    }

    /** A line that was typed in has no variation; its SKU is none of the catalogue, which stops the order, or the sale, with a case. */
    Sku sku(Optional<String> variation) {
        return variation
                .flatMap(known -> catalog.sku(key.account(), known))
                .orElseGet(() -> Sku.of(variation
                        .map(text -> text.length() > 100 ? text.substring(0, 100) : text)
                        .orElse("custom-amount")));
    }

    /** What staff type in themselves is not kept: they write their customers' names there. */
    static String title(Optional<String> variation, Optional<String> name) {
        return name.filter(ofCatalogue -> variation.isPresent()).orElse("Custom amount");
    }

    int quantity(String text) {
        try {
            return new BigDecimal(text).intValueExact();
        } catch (ArithmeticException | NumberFormatException fraction) {
            throw unreadable("a quantity of " + text + " units cannot be sold here");
        }
    }

    private static ShippingLine charge(OrderServiceCharge charge, Taxes taxes, CurrencyCode currency) {
        Money gross = money(charge.getTotalMoney().or(charge::getAppliedMoney), currency);
        return new ShippingLine(
                charge.getUid().orElse("charge"),
                charge.getCatalogObjectId().flatMap(known -> charge.getName()).orElse("Service charge"),
                taxes.included() ? gross : gross.minus(money(charge.getTotalTaxMoney(), currency)),
                taxes.of(charge.getAppliedTaxes().orElse(List.of())));
    }

    private static Tender tender(
            com.squareup.square.types.Tender tender, com.squareup.square.types.Order sale, CurrencyCode currency) {
        return new Tender(
                tender.getPaymentId().or(tender::getId).orElse("tender"),
                Tender.Kind.SALE,
                Tender.Status.SUCCESS,
                gateway(tender.getType().toString()),
                MoneyBag.of(money(tender.getAmountMoney(), currency)),
                Optional.empty(),
                false,
                instant(tender.getCreatedAt().or(sale::getCreatedAt)));
    }

    /** Square settles all cards and wallets together; a gift card is the retailer's own liability whoever sold it. */
    static String gateway(String type) {
        return switch (type) {
            case "CASH" -> "square_cash";
            case "SQUARE_GIFT_CARD" -> "gift_card";
            case "CARD", "WALLET", "THIRD_PARTY_CARD" -> "square_card";
            default -> "square_other";
        };
    }

    private String currency(com.squareup.square.types.Order sale) {
        return sale.getTotalMoney()
                .flatMap(com.squareup.square.types.Money::getCurrency)
                .map(Object::toString)
                .orElseThrow(() -> unreadable("the total has no currency"));
    }

    static Money money(Optional<com.squareup.square.types.Money> money, CurrencyCode currency) {
        return Money.ofMinor(
                money.flatMap(com.squareup.square.types.Money::getAmount).orElse(0L), currency);
    }

    static Instant instant(Optional<String> text) {
        try {
            return OffsetDateTime.parse(text.orElse("")).toInstant();
        } catch (DateTimeException notATime) {
            throw SystemFailure.withoutEffect(
                    FailureCode.REPLY_UNREADABLE, "Square gives no time where one is due: " + text, notATime);
        }
    }

    SystemFailure unreadable(String why) {
        return SystemFailure.withoutEffect(FailureCode.ORDER_UNREADABLE, "Square order " + key + ": " + why, null);
    }

    /** The taxes of a sale by their uid. */
    private static final class Taxes {
        private final Map<String, OrderLineItemTax> byUid;
        private final CurrencyCode currency;

        Taxes(com.squareup.square.types.Order sale, CurrencyCode currency) {
            this.byUid = sale.getTaxes().orElse(List.of()).stream()
                    .filter(tax -> tax.getUid().isPresent())
                    .collect(Collectors.toMap(tax -> tax.getUid().orElseThrow(), Function.identity(), (a, b) -> a));
            this.currency = currency;
        }

        boolean included() {
            return !byUid.isEmpty()
                    && byUid.values().stream()
                            .allMatch(tax -> tax.getType()
                                    .filter(OrderLineItemTaxType.INCLUSIVE::equals)
                                    .isPresent());
        }

        List<TaxLine> of(List<OrderLineItemAppliedTax> applied) {
            return applied.stream().map(this::line).toList();
        }

        private TaxLine line(OrderLineItemAppliedTax applied) {
            Optional<OrderLineItemTax> tax = Optional.ofNullable(byUid.get(applied.getTaxUid()));
            return tax(
                    tax.flatMap(OrderLineItemTax::getName),
                    tax.flatMap(OrderLineItemTax::getPercentage),
                    money(applied.getAppliedMoney(), currency));
        }
    }

    static TaxLine tax(Optional<String> name, Optional<String> percentage, Money amount) {
        return new TaxLine(
                name.orElse("Tax"),
                percentage
                        .map(rate -> new BigDecimal(rate).movePointLeft(2).stripTrailingZeros())
                        .orElse(BigDecimal.ZERO),
                amount);
    }
}
