package io.throughline.connectors.shopify.order;

import io.throughline.connectors.shopify.client.Bag;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.ShippingLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The one way from Shopify's order to the canonical one. Amounts are what is still to be paid after edits and removals. */
final class OrderMapper {
    private final Facilities facilities;
    private final DeliveryMapper deliveries;

    OrderMapper(Facilities facilities) {
        this.facilities = facilities;
        this.deliveries = new DeliveryMapper(facilities);
    }

    OrderSource.ChannelOrder map(AccountId account, OrderDocument.Whole whole) {
        OrderDocument.Head head = whole.head();
        CurrencyCode currency = CurrencyCode.of(head.currencyCode());
        // Cash is rounded when it is paid, beside the total that Shopify gives.
        Bag cashRounding = head.totalCashRoundingAdjustment().paymentSet();
        MoneyBag total = head.currentTotalPriceSet().toMoneyBag().plus(cashRounding.toMoneyBag());
        Money rounding = LineMapper.shop(cashRounding, currency);
        Order order = order(account, whole, currency, total, rounding);
        return new OrderSource.ChannelOrder(
                order(account, whole, currency, total, rounding.plus(divisionRest(order, whole))),
                PersonMapper.person(head),
                head.disputes().stream().map(RestraintMapper::dispute).toList(),
                RestraintMapper.heldWork(whole.work()),
                ItemMapper.items(whole.work()));
    }

    private Order order(
            AccountId account, OrderDocument.Whole whole, CurrencyCode currency, MoneyBag total, Money rounding) {
        OrderDocument.Head head = whole.head();
        OrderKey key = new OrderKey(account, head.legacyResourceId());
        List<OrderLine> lines = whole.lines().stream().map(LineMapper::line).toList();
        List<Delivery> wanted = deliveries.deliveries(account, lines, whole.work());
        return new Order(
                key,
                head.name(),
                channel(head),
                head.updatedAt(),
                head.createdAt(),
                currency,
                CurrencyCode.of(head.presentmentCurrencyCode()),
                head.taxesIncluded(),
                lines,
                shipping(head),
                LineMapper.shop(head.totalTipReceivedSet(), currency),
                duties(head, currency),
                rounding,
                total,
                whole.transactions().stream()
                        .map(transaction -> TenderMapper.tender(transaction, head.createdAt()))
                        .toList(),
                wanted,
                PersonMapper.destination(head),
                CustomerRef.of(OrderId.of(key)),
                head.tags(),
                head.cancelledAt(),
                soldAt(account, head, wanted));
    }

    /** The store at whose till something was sold for others to ship; what was carried out, or is collected, is no such sale. */
    private Optional<FacilityId> soldAt(AccountId account, OrderDocument.Head head, List<Delivery> wanted) {
        boolean shipped = wanted.stream().anyMatch(delivery -> delivery.method() == DeliveryMethod.SHIPPING);
        return channel(head) == Channel.POINT_OF_SALE && shipped
                ? head.retailLocation()
                        .flatMap(location -> facilities.byLocation(account, location.number()))
                        .map(Facility::id)
                : Optional.empty();
    }

    /**
     * Where units were removed their share was divided here, which may differ from Shopify's own division by a minor unit for each
     * divided amount. That much, and no more, is rounding; anything larger stays a difference for a person to see.
     */
    private static Money divisionRest(Order order, OrderDocument.Whole whole) {
        Money rest = order.total().shop().minus(order.sumOfParts());
        long tolerated =
                whole.lines().stream().mapToLong(LineMapper::dividedAmounts).sum();
        return Math.abs(rest.minor()) <= tolerated ? rest : Money.zero(order.currency());
    }

    private static List<ShippingLine> shipping(OrderDocument.Head head) {
        List<ShippingLine> lines = new ArrayList<>();
        for (OrderDocument.Shipping line : head.shippingLines().nodes()) {
            if (!line.isRemoved()) {
                lines.add(LineMapper.shipping(line, lines.size() + 1));
            }
        }
        return lines;
    }

    private static Money duties(OrderDocument.Head head, CurrencyCode currency) {
        return head.currentTotalDutiesSet()
                .filter(duties -> !head.dutiesIncluded())
                .map(duties -> LineMapper.shop(duties, currency))
                .orElse(Money.zero(currency));
    }

    private static Channel channel(OrderDocument.Head head) {
        return head.sourceName().filter("pos"::equals).isPresent() ? Channel.POINT_OF_SALE : Channel.ONLINE;
    }
}
