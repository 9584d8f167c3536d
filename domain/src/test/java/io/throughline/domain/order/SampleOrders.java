package io.throughline.domain.order;

import static io.throughline.domain.order.OrderBuilder.tax;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.SampleFacilities;
import java.util.Optional;

/** Orders of the sample retailer, each named after what is particular about it. */
public final class SampleOrders {
    public static final Sku TEE = Sku.of("NW-TEE-BLK-M");
    public static final Sku CAP = Sku.of("NW-CAP-NVY");
    public static final Sku JACKET = Sku.of("NW-JKT-GRN-L");
    public static final Sku SOCKS = Sku.of("NW-SOCK-2PK");
    public static final Sku MUG = Sku.of("NW-MUG-RED");
    public static final Sku BAG = Sku.of("NW-BAG-TAN");
    public static final Sku GIFT_CARD = Sku.of("NW-GIFT-50");
    public static final Sku SCARF = Sku.of("NW-SCARF-GRY");

    private SampleOrders() {}

    /** Shipped near Newark, paid by card: 98.74 USD. */
    public static Order twoLinesWithTaxAndDiscount() {
        return twoLines("6500000000001").paid().build();
    }

    /** The same order with an authorisation in place of the payment. */
    public static Order authorisedOnly() {
        return twoLines("6500000000002").authorised().build();
    }

    public static OrderBuilder twoLines(String externalId) {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, externalId), "USD")
                .discountedLine(TEE, 2, "45.00", "5.00", tax("NY State", "1.80"), tax("New York City", "2.03"))
                .line(CAP, 1, "40.00", tax("NY State", "1.60"), tax("New York City", "1.80"))
                .shipping("6.00", tax("NY State", "0.24"), tax("New York City", "0.27"))
                .destination("US", 40.7, -74.0)
                .deliver(
                        DeliveryMethod.SHIPPING,
                        Optional.empty(),
                        Optional.of("gid://shopify/FulfillmentOrder/" + externalId));
    }

    /** Two shirts for nothing, as a replacement is. */
    public static Order givenAway() {
        return free("6500000000008").build();
    }

    public static OrderBuilder free(String externalId) {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, externalId), "USD")
                .discountedLine(TEE, 2, "0.00", "50.00")
                .deliver(
                        DeliveryMethod.SHIPPING,
                        Optional.empty(),
                        Optional.of("gid://shopify/FulfillmentOrder/" + externalId));
    }

    /** Picked up in Austin, paid by card: 19.49 USD. */
    public static Order pickup() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000003"), "USD")
                .line(MUG, 1, "18.00", tax("Texas", "1.49"))
                .deliver(
                        DeliveryMethod.PICKUP,
                        Optional.of(SampleFacilities.ST_DOWNTOWN),
                        Optional.of("gid://shopify/FulfillmentOrder/6500000000003"))
                .paid()
                .build();
    }

    /** VAT is part of the prices: 209.00 EUR, of which 39.08 is tax, 5.00 the delivery. */
    public static Order taxesIncluded() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000004"), "EUR")
                .taxesIncluded()
                .line(JACKET, 1, "132.00", tax("VAT", "24.68"))
                .line(TEE, 3, "72.00", tax("VAT", "13.46"))
                .shipping("5.00", tax("VAT", "0.94"))
                .destination("IE", 53.3, -6.3)
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.of("gid://shopify/FulfillmentOrder/4"))
                .paid()
                .build();
    }

    /** No decimals: 12,100 JPY with 1,100 of consumption tax inside. */
    public static Order yen() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP_JP, "6600000000001"), "JPY")
                .taxesIncluded()
                .line(CAP, 3, "11000", tax("Consumption tax", "1000"))
                .shipping("1100", tax("Consumption tax", "100"))
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.of("gid://shopify/FulfillmentOrder/5"))
                .paid()
                .build();
    }

    /** Three decimals: 24.875 KWD. */
    public static Order dinar() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP_KW, "6700000000001"), "KWD")
                .line(SCARF, 7, "23.625")
                .shipping("1.250")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.of("gid://shopify/FulfillmentOrder/6"))
                .paid()
                .build();
    }

    /** Taken away at the till in Boston, with a tip. */
    public static Order tillSale() {
        return new OrderBuilder(new OrderKey(SampleAccounts.POS, "SQ-ORDER-1"), "USD")
                .channel(Channel.POINT_OF_SALE)
                .line(MUG, 2, "36.00", tax("Massachusetts", "2.25"))
                .tip("3.00")
                .deliver(DeliveryMethod.CARRIED_OUT, Optional.of(SampleFacilities.ST_HARBOR), Optional.empty())
                .paid()
                .build();
    }

    /** A gift card bought beside goods, and paid in part with another one. */
    public static Order giftCards() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000005"), "USD")
                .line(TEE, 1, "25.00")
                .giftCard(GIFT_CARD, "50.00")
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.of("gid://shopify/FulfillmentOrder/7"))
                .deliver(DeliveryMethod.NONE, Optional.empty(), Optional.empty())
                .tender("T1", Tender.Kind.SALE, Tender.Status.SUCCESS, "gift_card", "30.00", Optional.empty())
                .tender("T2", Tender.Kind.SALE, Tender.Status.SUCCESS, "shopify_payments", "45.00", Optional.empty())
                .build();
    }

    /** A gift card and nothing else, which is sent by mail: 50.00 USD, not taken yet. */
    public static Order onlyAGiftCard() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000007"), "USD")
                .giftCard(GIFT_CARD, "50.00")
                .deliver(DeliveryMethod.NONE, Optional.empty(), Optional.empty())
                .authorised()
                .build();
    }

    /** Two bags, of which no facility has two. */
    public static Order twoBags() {
        return new OrderBuilder(new OrderKey(SampleAccounts.SHOP, "6500000000006"), "USD")
                .line(BAG, 2, "190.00", tax("NY State", "7.61"))
                .shipping("6.00")
                .destination("US", 40.7, -74.0)
                .deliver(DeliveryMethod.SHIPPING, Optional.empty(), Optional.of("gid://shopify/FulfillmentOrder/8"))
                .paid()
                .build();
    }
}
