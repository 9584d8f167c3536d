package io.throughline.connectors.shopify.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.connectors.shopify.SampleShops;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.GeoPoint;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.Tender;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OrderMapperTest {
    private static final CurrencyCode USD = CurrencyCode.of("USD");

    @ParameterizedTest
    @CsvSource({
        "order_shipped, 94.94, 94.94, USD, 7.44",
        "order_two_currencies_gift_card, 209.00, 190.00, EUR, 39.08",
        "order_pickup, 57.92, 57.92, USD, 3.92"
    })
    void thePartsOfEachRecordedOrderComeToItsTotal(
            String name, String shop, String presentment, String presentmentCurrency, String tax) {
        Order order = OrderDocuments.recorded(name).mappedOrder();

        assertThat(order.total().shop()).isEqualTo(usd(shop));
        assertThat(order.total().presentment()).isEqualTo(Money.of(presentment, CurrencyCode.of(presentmentCurrency)));
        assertThat(order.sumOfParts()).isEqualTo(usd(shop));
        assertThat(order.tax()).isEqualTo(usd(tax));
        assertThat(order.paid()).isEqualTo(usd(shop));
        assertThat(order.rounding().isZero()).isTrue();
    }

    /** What is carried out of it, or collected, is no store's sale for others to ship. */
    @Test
    void whatATillHasSoldToBeShippedNamesItsStore() {
        assertThat(soldAtATill("order_shipped", "SHIPPING")).contains(new FacilityId("ST-DOWNTOWN"));
        assertThat(soldAtATill("order_shipped", "RETAIL")).isEmpty();
        assertThat(soldAtATill("order_pickup", "PICK_UP")).isEmpty();
        assertThat(OrderDocuments.recorded("order_shipped").mappedOrder().soldAt())
                .as("not at a till")
                .isEmpty();
    }

    private static Optional<FacilityId> soldAtATill(String recorded, String method) {
        return OrderDocuments.recorded(recorded)
                .with(order -> order.put("sourceName", "pos")
                        .putObject("retailLocation")
                        .put("id", "gid://shopify/Location/70000000003"))
                .withWork(0, work -> work.putObject("deliveryMethod").put("methodType", method))
                .mappedOrder()
                .soldAt();
    }

    @Test
    void aShippedOrderIsItsLinesItsDeliveryAndItsTaxes() {
        Order order = OrderDocuments.recorded("order_shipped").mappedOrder();

        assertThat(order.key()).isEqualTo(new OrderKey(SampleShops.NORTHWIND, "7100000000001"));
        assertThat(order.name()).isEqualTo("#1501");
        assertThat(order.channel()).isEqualTo(Channel.ONLINE);
        assertThat(order.version()).isEqualTo(Instant.parse("2026-11-20T19:05:07Z"));
        assertThat(order.placedAt()).isEqualTo(Instant.parse("2026-11-20T19:05:00Z"));
        assertThat(order.lines())
                .extracting(
                        OrderLine::id,
                        line -> line.sku().value(),
                        OrderLine::quantity,
                        OrderLine::total,
                        OrderLine::discount)
                .containsExactly(
                        tuple("15100000000001", "NW-TEE-BLK-M", 2, usd("45.00"), usd("5.00")),
                        tuple("15100000000002", "NW-CAP-NVY", 1, usd("36.00"), usd("4.00")));
        assertThat(order.lines().getFirst().taxes())
                .extracting(tax -> tax.title() + " " + tax.rate().toPlainString() + " " + tax.amount())
                .containsExactly("NY State Tax 0.04 1.80 USD", "NYC Tax 0.045 2.03 USD");
        assertThat(order.shipping())
                .singleElement()
                .satisfies(line -> assertThat(line.total()).isEqualTo(usd("6.50")));
        assertThat(order.deliveries())
                .containsExactly(new Delivery(
                        DeliveryMethod.SHIPPING,
                        Optional.empty(),
                        Optional.of("gid://shopify/FulfillmentOrder/9001"),
                        List.of(quantity(order, 0, 2), quantity(order, 1, 1))));
    }

    @Test
    void aGiftCardIsATenderInBothCurrencies() {
        Order order = OrderDocuments.recorded("order_two_currencies_gift_card").mappedOrder();

        assertThat(order.taxesIncluded()).isTrue();
        assertThat(order.presentmentCurrency()).isEqualTo(CurrencyCode.of("EUR"));
        assertThat(order.tenders())
                .extracting(
                        Tender::gateway,
                        tender -> tender.amount().shop().toString(),
                        tender -> tender.amount().presentment().toString())
                .containsExactly(
                        tuple("gift_card", "55.00 USD", "50.00 EUR"),
                        tuple("shopify_payments", "154.00 USD", "140.00 EUR"));
    }

    @Test
    void aPickupKeepsTheStoreThatTheCustomerChose() {
        Order order = OrderDocuments.recorded("order_pickup").mappedOrder();

        assertThat(order.destination()).isEmpty();
        assertThat(order.deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.method()).isEqualTo(DeliveryMethod.PICKUP);
            assertThat(delivery.facility()).contains(new FacilityId("ST-DOWNTOWN"));
        });
    }

    @Test
    void aPickupAtAStoreThatNobodyConfiguredIsNotGivenToAnother() {
        Order order = OrderDocuments.recorded("order_pickup")
                .withWork(
                        0,
                        work -> ((ObjectNode) work.path("assignedLocation").path("location"))
                                .put("id", "gid://shopify/Location/70000000099"))
                .mappedOrder();

        assertThat(order.deliveries().getFirst().facility()).contains(new FacilityId("LOCATION-70000000099"));
    }

    @Test
    void thePersonIsKeptApartAndTheDestinationIsCoarse() {
        OrderSource.ChannelOrder both = OrderDocuments.recorded("order_shipped")
                .with(order -> ((ObjectNode) order.path("shippingAddress"))
                        .put("latitude", 40.7484)
                        .put("longitude", -73.9857))
                .mapped();

        PersonalData person = both.person();
        assertThat(person.name()).contains("Ana Example");
        assertThat(person.email()).contains("ana@example.com");
        assertThat(person.phone()).contains("+12125550100");
        assertThat(person.shipTo().flatMap(PersonalData.PostalAddress::street)).contains("1 Test Plaza");
        assertThat(both.order().destination()).hasValueSatisfying(destination -> {
            assertThat(destination.country()).isEqualTo("US");
            assertThat(destination.province()).contains("NY");
            assertThat(destination.point()).contains(new GeoPoint(40.7, -74.0));
        });
        assertThat(both.order().customer().value()).matches("P-[0-9A-Z]{10}");
        assertThat(both.order().toString()).doesNotContain("Ana", "ana@", "Plaza", "10001", "+1212", "40.74");
    }

    @Test
    void removedUnitsTakeTheirShareWithThem() {
        Order order = OrderDocuments.recorded("order_shipped")
                .withLine(0, line -> line.put("currentQuantity", 1))
                .with(head -> head.set("currentTotalPriceSet", OrderDocuments.bag("70.53", "USD")))
                .mappedOrder();

        OrderLine tee = order.lines().getFirst();
        assertThat(tee.quantity()).isEqualTo(1);
        assertThat(tee.total()).isEqualTo(usd("22.50"));
        assertThat(tee.discount()).isEqualTo(usd("2.50"));
        assertThat(tee.tax()).isEqualTo(usd("1.92"));
        assertThat(order.sumOfParts()).isEqualTo(order.total().shop());
        assertThat(order.deliveries().getFirst().lines().getFirst().quantity()).isEqualTo(1);
    }

    @Test
    void aDividedMinorUnitIsRoundingAndMoreIsADifference() {
        assertThat(withOneTeeRemoved("70.52").rounding()).isEqualTo(usd("-0.01"));
        assertThat(withOneTeeRemoved("70.52").sumOfParts()).isEqualTo(usd("70.52"));

        Order wrong = withOneTeeRemoved("70.40");
        assertThat(wrong.rounding().isZero()).isTrue();
        assertThat(wrong.sumOfParts()).isNotEqualTo(wrong.total().shop());
    }

    @Test
    void withoutRemovedUnitsNoDifferenceIsRoundedAway() {
        Order order = OrderDocuments.recorded("order_shipped")
                .with(head -> head.set("currentTotalPriceSet", OrderDocuments.bag("94.95", "USD")))
                .mappedOrder();

        assertThat(order.sumOfParts()).isEqualTo(usd("94.94"));
        assertThat(order.total().shop()).isEqualTo(usd("94.95"));
    }

    @Test
    void aLineThatIsGoneCostsNothing() {
        Order order = OrderDocuments.recorded("order_shipped")
                .withLine(1, line -> line.put("currentQuantity", 0))
                .mappedOrder();

        assertThat(order.lines().get(1)).satisfies(line -> {
            assertThat(line.quantity()).isZero();
            assertThat(line.total().isZero()).isTrue();
            assertThat(line.taxes()).isEmpty();
        });
        assertThat(order.deliveries().getFirst().lines())
                .extracting(LineQuantity::lineId)
                .containsExactly("15100000000001");
    }

    @Test
    void tipDutiesAndCashRoundingArePartsOfTheirOwn() {
        Order order = OrderDocuments.recorded("order_shipped")
                .with(head -> {
                    head.set("totalTipReceivedSet", OrderDocuments.bag("3.00", "USD"));
                    head.set("currentTotalDutiesSet", OrderDocuments.bag("7.25", "USD"));
                    ((ObjectNode) head.path("totalCashRoundingAdjustment"))
                            .set("paymentSet", OrderDocuments.bag("0.01", "USD"));
                    head.set("currentTotalPriceSet", OrderDocuments.bag("105.19", "USD"));
                })
                .mappedOrder();

        assertThat(order.tip()).isEqualTo(usd("3.00"));
        assertThat(order.duties()).isEqualTo(usd("7.25"));
        assertThat(order.rounding()).isEqualTo(usd("0.01"));
        assertThat(order.total().shop()).isEqualTo(usd("105.20"));
        assertThat(order.sumOfParts()).isEqualTo(usd("105.20"));
    }

    @Test
    void dutiesThatThePricesIncludeAreNotAddedAgain() {
        Order order = OrderDocuments.recorded("order_shipped")
                .with(head -> head.put("dutiesIncluded", true)
                        .set("currentTotalDutiesSet", OrderDocuments.bag("7.25", "USD")))
                .mappedOrder();

        assertThat(order.duties().isZero()).isTrue();
        assertThat(order.sumOfParts()).isEqualTo(usd("94.94"));
    }

    @ParameterizedTest
    @CsvSource({"JPY, 0, 9494 JPY", "KWD, 3, 9.494 KWD"})
    void currenciesHaveTheirOwnDecimals(String currency, int decimals, String total) {
        Order order = OrderDocuments.recorded("order_shipped")
                .inCurrency(currency, decimals)
                .mappedOrder();

        assertThat(order.total().shop()).hasToString(total);
        assertThat(order.sumOfParts()).hasToString(total);
    }

    @Test
    void aGiftCardThatIsSoldIsHandedOverByNobody() {
        Order order = OrderDocuments.recorded("order_shipped")
                .withLine(1, line -> line.put("isGiftCard", true).put("requiresShipping", false))
                .mappedOrder();

        assertThat(order.deliveries())
                .extracting(
                        Delivery::method,
                        delivery -> delivery.lines().getFirst().lineId())
                .containsExactly(
                        tuple(DeliveryMethod.SHIPPING, "15100000000001"), tuple(DeliveryMethod.NONE, "15100000000002"));
    }

    @Test
    void endedWorkHoldsOnlyWhatItHandedOver() {
        Order order = OrderDocuments.recorded("order_shipped")
                .withWork(0, work -> {
                    work.put("status", "CLOSED");
                    ((ObjectNode) work.path("lineItems").path("nodes").path(0)).put("remainingQuantity", 0);
                })
                .mappedOrder();

        assertThat(order.deliveries())
                .extracting(Delivery::channelWork, Delivery::lines)
                .containsExactly(
                        tuple(Optional.of("gid://shopify/FulfillmentOrder/9001"), List.of(quantity(order, 0, 2))),
                        tuple(Optional.empty(), List.of(quantity(order, 1, 1))));
    }

    @Test
    void twoFulfillmentOrdersAreTwoDeliveries() {
        Order order = OrderDocuments.recorded("order_shipped")
                .with(head -> {
                    ArrayNode work = (ArrayNode) head.path("fulfillmentOrders").path("nodes");
                    ObjectNode second = work.path(0).deepCopy();
                    second.put("id", "gid://shopify/FulfillmentOrder/9100");
                    ((ArrayNode) work.path(0).path("lineItems").path("nodes")).remove(1);
                    ((ArrayNode) second.path("lineItems").path("nodes")).remove(0);
                    work.add(second);
                })
                .mappedOrder();

        assertThat(order.deliveries())
                .hasSize(2)
                .allSatisfy(delivery -> assertThat(delivery.lines()).hasSize(1));
    }

    @Test
    void wordsThatShopifyMayAddAreUnknownAndNoError() {
        Order order = OrderDocuments.recorded("order_shipped")
                .withTransaction(
                        transaction -> transaction.put("kind", "TELEPATHY").put("status", "MAYBE"))
                .withWork(
                        0,
                        work -> work.put("status", "LEVITATING")
                                .set("deliveryMethod", work.objectNode().put("methodType", "DRONE")))
                .with(head -> head.put("sourceName", "an_app_of_tomorrow").put("aFieldOfTomorrow", 1))
                .mappedOrder();

        assertThat(order.tenders().getFirst().kind()).isEqualTo(Tender.Kind.UNKNOWN);
        assertThat(order.tenders().getFirst().status()).isEqualTo(Tender.Status.UNKNOWN);
        assertThat(order.deliveries().getFirst().method()).isEqualTo(DeliveryMethod.SHIPPING);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "   "})
    void aLineWithoutASkuKeepsANameThatNoCatalogueKnows(String sku) {
        Order order = OrderDocuments.recorded("order_shipped")
                .withLine(0, line -> line.put("sku", sku))
                .mappedOrder();

        assertThat(order.lines().getFirst().sku().value()).isEqualTo("NO-SKU-15100000000001");
    }

    @Test
    void anAuthorisationIsOpenUntilItIsCaptured() {
        Order order = OrderDocuments.recorded("order_shipped")
                .withTransaction(transaction -> transaction.put("kind", "AUTHORIZATION"))
                .mappedOrder();

        assertThat(order.paid().isZero()).isTrue();
        assertThat(order.authorisations()).extracting(Tender::id).containsExactly("8100000000009");
    }

    private static Order withOneTeeRemoved(String total) {
        return OrderDocuments.recorded("order_shipped")
                .withLine(0, line -> line.put("currentQuantity", 1))
                .with(head -> head.set("currentTotalPriceSet", OrderDocuments.bag(total, "USD")))
                .mappedOrder();
    }

    private static LineQuantity quantity(Order order, int line, int units) {
        OrderLine of = order.lines().get(line);
        return new LineQuantity(of.id(), of.sku(), units);
    }

    private static Money usd(String amount) {
        return Money.of(amount, USD);
    }
}
