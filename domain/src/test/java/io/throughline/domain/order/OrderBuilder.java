package io.throughline.domain.order;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes variations of sample orders. Lines are numbered L1, L2, …; the total is what the parts come to unless it is set. */
public final class OrderBuilder {
    private static final Instant PLACED_AT = Instant.parse("2026-11-20T15:00:00Z");

    private final OrderKey key;
    private final CurrencyCode currency;
    private final List<OrderLine> lines = new ArrayList<>();
    private final List<ShippingLine> shipping = new ArrayList<>();
    private final List<Tender> tenders = new ArrayList<>();
    private final List<Delivery> deliveries = new ArrayList<>();
    private final List<String> tags = new ArrayList<>();
    private Channel channel = Channel.ONLINE;
    private Instant version = PLACED_AT;
    private boolean taxesIncluded;
    private Money tip;
    private Money duties;
    private Money rounding;
    private Optional<Money> total = Optional.empty();
    private Optional<Destination> destination = Optional.empty();
    private Optional<Instant> cancelledAt = Optional.empty();

    public OrderBuilder(OrderKey key, String currency) {
        this.key = key;
        this.currency = CurrencyCode.of(currency);
        this.tip = Money.zero(this.currency);
        this.duties = Money.zero(this.currency);
        this.rounding = Money.zero(this.currency);
    }

    /** The title and the amount of a tax, its rate being of no matter. */
    public record TaxOf(String title, String amount) {}

    public static TaxOf tax(String title, String amount) {
        return new TaxOf(title, amount);
    }

    public OrderBuilder line(Sku sku, int quantity, String total, TaxOf... taxes) {
        return add(sku, quantity, total, "0", false, taxes);
    }

    public OrderBuilder discountedLine(Sku sku, int quantity, String total, String discount, TaxOf... taxes) {
        return add(sku, quantity, total, discount, false, taxes);
    }

    public OrderBuilder giftCard(Sku sku, String total) {
        return add(sku, 1, total, "0", true);
    }

    private OrderBuilder add(
            Sku sku, int quantity, String lineTotal, String discount, boolean giftCard, TaxOf... taxes) {
        lines.add(new OrderLine(
                "L" + (lines.size() + 1),
                sku,
                sku.value(),
                quantity,
                money(lineTotal),
                money(discount),
                taxLines(taxes),
                !giftCard,
                giftCard));
        return this;
    }

    public OrderBuilder shipping(String amount, TaxOf... taxes) {
        shipping.add(new ShippingLine("S" + (shipping.size() + 1), "Standard", money(amount), taxLines(taxes)));
        return this;
    }

    public OrderBuilder tip(String amount) {
        tip = money(amount);
        return this;
    }

    public OrderBuilder duties(String amount) {
        duties = money(amount);
        return this;
    }

    public OrderBuilder rounding(String amount) {
        rounding = money(amount);
        return this;
    }

    public OrderBuilder taxesIncluded() {
        taxesIncluded = true;
        return this;
    }

    public OrderBuilder channel(Channel began) {
        channel = began;
        return this;
    }

    public OrderBuilder total(String amount) {
        total = Optional.of(money(amount));
        return this;
    }

    public OrderBuilder tags(String... added) {
        tags.addAll(Arrays.asList(added));
        return this;
    }

    public OrderBuilder version(Instant changedAt) {
        version = changedAt;
        return this;
    }

    public OrderBuilder cancelledAt(Instant at) {
        cancelledAt = Optional.of(at);
        version = at;
        return this;
    }

    public OrderBuilder destination(String country, double latitude, double longitude) {
        destination = Optional.of(
                new Destination(country, Optional.empty(), Optional.of(new GeoPoint(latitude, longitude).coarse())));
        return this;
    }

    /** All lines that need shipping leave by this method. */
    public OrderBuilder deliver(DeliveryMethod method, Optional<FacilityId> facility, Optional<String> channelWork) {
        deliveries.add(new Delivery(
                method,
                facility,
                channelWork,
                lines.stream()
                        .filter(line -> line.requiresShipping() == (method != DeliveryMethod.NONE))
                        .filter(line -> line.quantity() > 0)
                        .map(line -> new LineQuantity(line.id(), line.sku(), line.quantity()))
                        .toList()));
        return this;
    }

    public OrderBuilder delivery(Delivery delivery) {
        deliveries.add(delivery);
        return this;
    }

    public OrderBuilder tender(
            String id, Tender.Kind kind, Tender.Status status, String gateway, String amount, Optional<String> parent) {
        return tender(id, kind, status, gateway, money(amount), parent, PLACED_AT.plusSeconds(5));
    }

    private OrderBuilder tender(
            String id,
            Tender.Kind kind,
            Tender.Status status,
            String gateway,
            Money amount,
            Optional<String> parent,
            Instant at) {
        tenders.add(new Tender(id, kind, status, gateway, MoneyBag.of(amount), parent, false, at));
        return this;
    }

    public OrderBuilder tender(Tender tender) {
        tenders.add(tender);
        return this;
    }

    /** The whole order is being paid since then, and the bank has not said so yet. */
    public OrderBuilder pending(Instant since) {
        return tender("T1", Tender.Kind.SALE, Tender.Status.PENDING, "bank", whole(), Optional.empty(), since);
    }

    /** The whole order was paid when it was placed. */
    public OrderBuilder paid() {
        return tender(
                "T1",
                Tender.Kind.SALE,
                Tender.Status.SUCCESS,
                "shopify_payments",
                whole().toDecimal().toPlainString(),
                Optional.empty());
    }

    /** The whole order was authorised when it was placed, and nothing taken. */
    public OrderBuilder authorised() {
        return tender(
                "A1",
                Tender.Kind.AUTHORIZATION,
                Tender.Status.SUCCESS,
                "shopify_payments",
                whole().toDecimal().toPlainString(),
                Optional.empty());
    }

    public OrderBuilder captured() {
        return authorised()
                .tender(
                        "C1",
                        Tender.Kind.CAPTURE,
                        Tender.Status.SUCCESS,
                        "shopify_payments",
                        whole().toDecimal().toPlainString(),
                        Optional.of("A1"));
    }

    /** What {@link #paid} took was given back. */
    public OrderBuilder refunded() {
        return tender(
                "R1",
                Tender.Kind.REFUND,
                Tender.Status.SUCCESS,
                "shopify_payments",
                whole().toDecimal().toPlainString(),
                Optional.of("T1"));
    }

    public Order build() {
        return with(whole());
    }

    private Money whole() {
        return total.orElseGet(() -> with(Money.zero(currency)).sumOfParts());
    }

    private Order with(Money sum) {
        return new Order(
                key,
                "#" + key.externalId(),
                channel,
                version,
                PLACED_AT,
                currency,
                currency,
                taxesIncluded,
                lines,
                shipping,
                tip,
                duties,
                rounding,
                MoneyBag.of(sum),
                tenders,
                deliveries,
                destination,
                CustomerRef.of(OrderId.of(key)),
                tags,
                cancelledAt);
    }

    private Money money(String amount) {
        return Money.of(amount, currency);
    }

    private List<TaxLine> taxLines(TaxOf... taxes) {
        return Arrays.stream(taxes)
                .map(tax -> new TaxLine(tax.title(), new BigDecimal("0.05"), money(tax.amount())))
                .toList();
    }
}
