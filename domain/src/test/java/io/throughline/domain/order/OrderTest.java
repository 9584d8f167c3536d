package io.throughline.domain.order;

import static io.throughline.domain.order.OrderBuilder.tax;
import static io.throughline.domain.order.SampleOrders.CAP;
import static io.throughline.domain.order.SampleOrders.TEE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.throughline.domain.account.SampleAccounts;
import io.throughline.domain.catalog.Catalog;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.money.Money;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrderTest {
    private static final OrderKey KEY = new OrderKey(SampleAccounts.SHOP, "6500000000009");

    @Test
    void anOrderIdIsShortAndDerivedFromItsKey() {
        OrderId id = OrderId.of(KEY);

        assertThat(id.value()).matches("O-[0-9A-HJKMNP-TV-Z]{10}");
        assertThat(OrderId.of(new OrderKey(SampleAccounts.SHOP, "6500000000009")))
                .isEqualTo(id);
        assertThat(OrderId.of(new OrderKey(SampleAccounts.SHOP_JP, "6500000000009")))
                .isNotEqualTo(id);
    }

    @Test
    void aHundredThousandOrdersHaveAsManyIds() {
        Set<OrderId> ids = new HashSet<>();
        for (int i = 0; i < 100_000; i++) {
            ids.add(OrderId.of(new OrderKey(SampleAccounts.SHOP, "65000" + i)));
        }
        assertThat(ids).hasSize(100_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../1", "a b", "-1", "1/2", "é"})
    void anExternalIdThatCouldNotNameAProcessIsRefused(String externalId) {
        assertThatIllegalArgumentException().isThrownBy(() -> new OrderKey(SampleAccounts.SHOP, externalId));
    }

    @Test
    void theProcessIsNamedByTheChannelsKeyAlone() {
        assertThat(KEY.workflowId()).isEqualTo("order/northwind/6500000000009");
    }

    @Test
    void taxesAreAddedWhenThePricesLeaveThemOut() {
        Order order = SampleOrders.twoLinesWithTaxAndDiscount();

        assertThat(order.sumOfParts()).isEqualTo(Money.of("98.74", order.currency()));
        assertThat(order.tax()).isEqualTo(Money.of("7.74", order.currency()));
        assertThat(order.paid()).isEqualTo(order.total().shop());
    }

    @Test
    void taxesAreNotAddedTwiceWhenThePricesIncludeThem() {
        Order order = SampleOrders.taxesIncluded();

        assertThat(order.sumOfParts()).isEqualTo(Money.of("209.00", order.currency()));
        assertThat(order.tax()).isEqualTo(Money.of("39.08", order.currency()));
    }

    @Test
    void tipDutiesAndRoundingBelongToTheTotal() {
        Order order = new OrderBuilder(KEY, "USD")
                .line(TEE, 1, "25.00")
                .tip("3.00")
                .duties("4.10")
                .rounding("-0.02")
                .build();

        assertThat(order.sumOfParts()).isEqualTo(Money.of("32.08", order.currency()));
    }

    @Test
    void whatIsOwedIsWhatNobodyHasPaidYet() {
        Order authorised = SampleOrders.authorisedOnly();

        assertThat(authorised.owed()).isEqualTo(authorised.total());
        assertThat(SampleOrders.twoLines("1").captured().build().owed().shop().isPositive())
                .isFalse();
    }

    @Test
    void onlyWhatWasNeitherCapturedNorVoidedMayStillBeCaptured() {
        assertThat(SampleOrders.authorisedOnly().authorisations())
                .extracting(Tender::id)
                .containsExactly("A1");
        assertThat(SampleOrders.twoLines("1").captured().build().authorisations())
                .isEmpty();
        assertThat(SampleOrders.twoLines("1")
                        .authorised()
                        .tender(
                                "V1",
                                Tender.Kind.VOID,
                                Tender.Status.SUCCESS,
                                "shopify_payments",
                                "98.74",
                                Optional.of("A1"))
                        .build()
                        .authorisations())
                .isEmpty();
        assertThat(SampleOrders.twoLines("1")
                        .authorised()
                        .tender(
                                "C1",
                                Tender.Kind.CAPTURE,
                                Tender.Status.FAILURE,
                                "shopify_payments",
                                "98.74",
                                Optional.of("A1"))
                        .build()
                        .authorisations())
                .as("a failed capture leaves the authorisation open")
                .hasSize(1);
    }

    @Test
    void whatAddsUpAndIsKnownPasses() {
        assertThat(check(sku -> true, SampleOrders.twoLinesWithTaxAndDiscount()))
                .isEmpty();
        assertThat(check(sku -> true, SampleOrders.yen())).isEmpty();
        assertThat(check(sku -> true, SampleOrders.dinar())).isEmpty();
    }

    @Test
    void aCentOfDifferenceStopsAnOrder() {
        Order order = new OrderBuilder(KEY, "USD")
                .line(TEE, 1, "25.00", tax("VAT", "1.00"))
                .total("25.99")
                .build();

        assertThat(check(sku -> true, order)).hasValueSatisfying(finding -> {
            assertThat(finding.code()).isEqualTo(FailureCode.ORDER_TOTALS_DISAGREE);
            assertThat(finding.detail()).contains("26.00 USD").contains("25.99 USD");
        });
    }

    @Test
    void aDiscountBeyondItsLineStopsAnOrder() {
        Order order = new OrderBuilder(KEY, "USD")
                .discountedLine(TEE, 1, "-7.00", "32.00")
                .line(CAP, 1, "40.00")
                .build();

        assertThat(check(sku -> true, order)).hasValueSatisfying(finding -> {
            assertThat(finding.code()).isEqualTo(FailureCode.ORDER_TOTALS_DISAGREE);
            assertThat(finding.detail()).isEqualTo("line L1 comes to less than nothing: -7.00 USD");
        });
    }

    @Test
    void unknownProductsAreNamed() {
        Order order = new OrderBuilder(KEY, "USD")
                .line(TEE, 1, "25.00")
                .line(CAP, 1, "40.00")
                .build();

        assertThat(check(TEE::equals, order)).hasValueSatisfying(finding -> {
            assertThat(finding.code()).isEqualTo(FailureCode.UNKNOWN_SKU);
            assertThat(finding.detail()).contains("NW-CAP-NVY").doesNotContain("NW-TEE");
        });
    }

    @Test
    void anOrderOfWhichNothingIsWantedIsUnreadable() {
        Order order = new OrderBuilder(KEY, "USD").line(TEE, 0, "0").build();

        assertThat(check(sku -> true, order)).map(OrderCheck.Finding::code).contains(FailureCode.ORDER_UNREADABLE);
    }

    @Test
    void anEndedOrderNeverOpensAgain() {
        for (OrderStatus status : OrderStatus.values()) {
            assertThat(status.next().isEmpty()).as(status.name()).isEqualTo(status.ended());
            assertThat(status.next()).doesNotContain(status);
        }
    }

    private static Optional<OrderCheck.Finding> check(Catalog catalog, Order order) {
        return new OrderCheck(catalog).check(order);
    }
}
