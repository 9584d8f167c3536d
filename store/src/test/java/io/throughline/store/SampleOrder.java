package io.throughline.store;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.customer.CustomerRef;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Destination;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderBuilder;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.ShippingLine;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.order.Tender;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Orders for tests of the tables. */
public final class SampleOrder {
    public static final Sku TEE = Sku.of("NW-TEE-BLK-M");
    public static final Sku CAP = Sku.of("NW-CAP-NVY");

    private static final AtomicInteger NUMBERS = new AtomicInteger(1000);

    private SampleOrder() {}

    public static OrderKey freshKey() {
        return new OrderKey(SampleAccounts.SHOP, "65" + NUMBERS.incrementAndGet());
    }

    /** Two tees and a cap, never seen before. */
    public static Order fresh() {
        return of(freshKey()).build();
    }

    public static OrderBuilder of(OrderKey key) {
        return new OrderBuilder(key, "USD")
                .line(TEE, 2, "50.00")
                .line(CAP, 1, "40.00")
                .deliver(
                        DeliveryMethod.SHIPPING,
                        Optional.empty(),
                        Optional.of("gid://FulfillmentOrder/" + key.externalId()));
    }

    /** No component is empty, no amount is zero, no instant is whole seconds. */
    public static Order withEverything() {
        CurrencyCode dinar = CurrencyCode.of("KWD");
        CurrencyCode yen = CurrencyCode.of("JPY");
        Sku odd = Sku.of("näh-☃ \"1/2\"");
        TaxLine tax = new TaxLine("VAT \\ 5 %", new BigDecimal("0.06250"), Money.ofMinor(1234, dinar));
        MoneyBag bag = new MoneyBag(Money.ofMinor(98_765, dinar), Money.ofMinor(-4_711, yen));
        return new Order(
                new OrderKey(SampleAccounts.SHOP_KW, "6700000000099"),
                "#1099",
                Channel.MARKETPLACE,
                Instant.parse("2026-11-23T08:59:58.123456Z"),
                Instant.parse("2026-11-23T08:00:00.000001Z"),
                dinar,
                yen,
                true,
                List.of(new OrderLine(
                        "L1",
                        odd,
                        "A \u2028 title",
                        3,
                        Money.ofMinor(Long.MAX_VALUE, dinar),
                        Money.ofMinor(17, dinar),
                        List.of(tax),
                        true,
                        true)),
                List.of(new ShippingLine("S1", "Express", Money.ofMinor(1250, dinar), List.of(tax))),
                Money.ofMinor(500, dinar),
                Money.ofMinor(250, dinar),
                Money.ofMinor(-1, dinar),
                bag,
                List.of(new Tender(
                        "T2",
                        Tender.Kind.CAPTURE,
                        Tender.Status.SUCCESS,
                        "shopify_payments",
                        bag,
                        Optional.of("T1"),
                        true,
                        Instant.parse("2026-11-23T08:00:05.5Z"))),
                List.of(new Delivery(
                        DeliveryMethod.PICKUP,
                        Optional.of(new FacilityId("ST-DUBLIN")),
                        Optional.of("gid://shopify/FulfillmentOrder/9"),
                        List.of(new LineQuantity("L1", odd, 3)))),
                Optional.of(new Destination("IE", Optional.of("L"), Optional.of(new GeoPoint(53.3, -6.3)))),
                new CustomerRef("P-1099"),
                List.of("vip", "gift"),
                Optional.of(Instant.parse("2026-11-23T08:30:00.25Z")),
                Optional.of(new FacilityId("ST-HARBOR")));
    }

    public static PersonalData ada() {
        PersonalData.PostalAddress address = new PersonalData.PostalAddress(
                Optional.of("Ada Canary"),
                Optional.of("1 Analytical Way"),
                Optional.of("Newark"),
                Optional.of("NJ"),
                Optional.of("07102"),
                Optional.of("US"),
                Optional.of("+1 201 555 0123"));
        return new PersonalData(
                Optional.of("Ada Canary"),
                Optional.of("ada.canary@example.com"),
                Optional.of("+1 201 555 0123"),
                Optional.of(address),
                Optional.of(address));
    }
}
