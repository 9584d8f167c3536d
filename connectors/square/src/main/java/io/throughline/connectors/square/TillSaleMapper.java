package io.throughline.connectors.square;

import com.squareup.square.types.Order;
import com.squareup.square.types.OrderLineItem;
import com.squareup.square.types.OrderLineItemAppliedTax;
import com.squareup.square.types.OrderLineItemItemType;
import com.squareup.square.types.OrderMoneyAmounts;
import com.squareup.square.types.OrderReturn;
import com.squareup.square.types.OrderReturnLineItem;
import com.squareup.square.types.OrderReturnTax;
import com.squareup.square.types.Refund;
import com.squareup.square.types.RefundStatus;
import com.squareup.square.types.Tender;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.TillSale;
import io.throughline.domain.sale.TillSaleId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Makes an order of a till a sale in our terms: what was sold is read as {@link SaleMapper} does, what came back becomes lines of
 * negative quantity, and refunds become money of the kind by which it was paid once.
 */
final class TillSaleMapper {
    private final OrderKey key;
    private final Facilities facilities;
    private final SaleMapper sales;

    TillSaleMapper(OrderKey key, CatalogIndex catalog, Facilities facilities) {
        this.key = key;
        this.facilities = facilities;
        this.sales = new SaleMapper(key, catalog, facilities);
    }

    static Stream<OrderReturnLineItem> returned(Order order) {
        return returns(order)
                .map(OrderReturn::getReturnLineItems)
                .flatMap(Optional::stream)
                .flatMap(List::stream);
    }

    static Stream<OrderReturn> returns(Order order) {
        return order.getReturns().stream().flatMap(List::stream);
    }

    /** {@code sources} are the sales whose goods come back. */
    TillSale map(Order told, List<Order> sources) {
        io.throughline.domain.order.Order sold = sales.map(told);
        CurrencyCode currency = sold.currency();
        requireOneCurrency(told, currency);
        List<StoreSale.Line> lines = new ArrayList<>();
        sold.lines().stream()
                .filter(line -> line.quantity() > 0)
                .map(TillSaleMapper::line)
                .forEach(lines::add);
        returns(told).forEach(back -> lines.addAll(lines(back, sold.taxesIncluded(), currency)));
        return new TillSale(
                new TillSaleId(key),
                sold.version(),
                told.getLocationId(),
                facilities
                        .byLocation(key.account(), told.getLocationId())
                        .filter(facility -> facility.kind() == Facility.Kind.STORE)
                        .map(Facility::id),
                sold.placedAt(),
                currency,
                sold.taxesIncluded(),
                lines,
                charges(sold),
                tenders(told, sold, sources),
                sold.total().shop().minus(backInAll(told, currency)),
                Stream.concat(
                                sold.tenders().stream().map(io.throughline.domain.order.Tender::id),
                                refunds(told).map(Refund::getId))
                        .toList(),
                returns(told)
                        .map(OrderReturn::getSourceOrderId)
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList());
    }

    private void requireOneCurrency(Order told, CurrencyCode currency) {
        Stream.of(
                        told.getLineItems().stream().flatMap(List::stream).map(OrderLineItem::getTotalMoney),
                        returned(told).map(OrderReturnLineItem::getTotalMoney),
                        told.getTenders().stream().flatMap(List::stream).map(Tender::getAmountMoney),
                        refunds(told).map(Refund::getAmountMoney).map(Optional::of))
                .flatMap(amounts -> amounts)
                .flatMap(Optional::stream)
                .flatMap(amount -> amount.getCurrency().stream())
                .map(Object::toString)
                .filter(other -> !other.equals(currency.code()))
                .findFirst()
                .ifPresent(other -> {
                    throw sales.unreadable("it is of " + currency + ", and a part of it of " + other);
                });
    }

    private static StoreSale.Line line(OrderLine line) {
        return new StoreSale.Line(
                line.sku(),
                line.title(),
                line.giftCard(),
                line.quantity(),
                each(line.total().plus(line.discount()), line.quantity()),
                line.discount(),
                line.total(),
                line.taxes());
    }

    private static Money each(Money all, int units) {
        return Money.ofMinor(all.minor() / units, all.currency());
    }

    private List<StoreSale.Line> lines(OrderReturn back, boolean taxesIncluded, CurrencyCode currency) {
        return back.getReturnLineItems().orElse(List.of()).stream()
                .map(item -> line(item, back, taxesIncluded, currency))
                .toList();
    }

    private StoreSale.Line line(
            OrderReturnLineItem item, OrderReturn back, boolean taxesIncluded, CurrencyCode currency) {
        int units = sales.quantity(item.getQuantity());
        if (units < 1) {
            throw sales.unreadable("a return of " + units + " units");
        }
        Money gross = SaleMapper.money(item.getTotalMoney(), currency);
        Money discount = SaleMapper.money(item.getTotalDiscountMoney(), currency);
        Money total = taxesIncluded ? gross : gross.minus(SaleMapper.money(item.getTotalTaxMoney(), currency));
        return new StoreSale.Line(
                sales.sku(item.getCatalogObjectId()),
                SaleMapper.title(item.getCatalogObjectId(), item.getName()),
                item.getItemType()
                        .filter(OrderLineItemItemType.GIFT_CARD::equals)
                        .isPresent(),
                -units,
                each(total.plus(discount), units),
                discount,
                total.negated(),
                item.getAppliedTaxes().orElse(List.of()).stream()
                        .map(applied -> tax(applied, back, currency))
                        .toList());
    }

    private static TaxLine tax(OrderLineItemAppliedTax applied, OrderReturn back, CurrencyCode currency) {
        Optional<OrderReturnTax> tax = back.getReturnTaxes().orElse(List.of()).stream()
                .filter(one -> one.getUid().filter(applied.getTaxUid()::equals).isPresent())
                .findFirst();
        return SaleMapper.tax(
                tax.flatMap(OrderReturnTax::getName),
                tax.flatMap(OrderReturnTax::getPercentage),
                SaleMapper.money(applied.getAppliedMoney(), currency).negated());
    }

    private static List<StoreSale.Charge> charges(io.throughline.domain.order.Order sold) {
        List<StoreSale.Charge> charges = new ArrayList<>();
        sold.shipping()
                .forEach(charge -> charges.add(new StoreSale.Charge(
                        StoreSale.Charge.Kind.SERVICE, charge.title(), charge.total(), charge.taxes())));
        charges.add(new StoreSale.Charge(StoreSale.Charge.Kind.TIP, "Tip", sold.tip(), List.of()));
        charges.add(new StoreSale.Charge(StoreSale.Charge.Kind.ROUNDING, "Rounding", sold.rounding(), List.of()));
        charges.removeIf(charge -> charge.total().isZero() && charge.taxes().isEmpty());
        return charges;
    }

    private static List<StoreSale.Tender> tenders(
            Order told, io.throughline.domain.order.Order sold, List<Order> sources) {
        return Stream.concat(
                        sold.tenders().stream()
                                .map(paid -> new StoreSale.Tender(
                                        paid.gateway(), paid.amount().shop())),
                        refunds(told)
                                .map(refund -> new StoreSale.Tender(
                                        kindOf(refund, sources),
                                        SaleMapper.money(Optional.of(refund.getAmountMoney()), sold.currency())
                                                .negated())))
                .filter(tender -> !tender.amount().isZero())
                .toList();
    }

    private static Stream<Refund> refunds(Order told) {
        return told.getRefunds().stream()
                .flatMap(List::stream)
                .filter(refund -> !refund.getStatus().equals(RefundStatus.REJECTED))
                .filter(refund -> !refund.getStatus().equals(RefundStatus.FAILED));
    }

    private static String kindOf(Refund refund, List<Order> sources) {
        return sources.stream()
                .flatMap(source -> source.getTenders().stream().flatMap(List::stream))
                .filter(tender -> tender.getId().equals(refund.getTenderId())
                        || tender.getPaymentId().equals(refund.getTenderId()))
                .findFirst()
                .map(tender -> SaleMapper.gateway(tender.getType().toString()))
                .orElse("square_other");
    }

    private static Money backInAll(Order told, CurrencyCode currency) {
        return SaleMapper.money(told.getReturnAmounts().flatMap(OrderMoneyAmounts::getTotalMoney), currency);
    }
}
