package io.throughline.connectors.square;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.Trouble;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.TillSale;
import io.throughline.domain.sale.TillSaleCheck;
import io.throughline.domain.sale.Tills.Told;
import java.math.BigDecimal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What tills sell and take back, to the cent. */
class SquareTillsTest {
    private static final Sku TEE = Sku.of("NW-TEE-BLK-M");
    private static final Sku MUG = Sku.of("NW-MUG-RED");

    private final TillSaleCheck check = new TillSaleCheck(sku -> sku.equals(TEE) || sku.equals(MUG));
    private TestingStores testing;

    @BeforeEach
    void start() {
        testing = new TestingStores();
    }

    @AfterEach
    void stop() {
        testing.close();
    }

    @Test
    void aSaleHasItsLinesTaxesChargesAndTenders() {
        TillSale sale = sold(testing.sell("""
                {"location": "LDOWNTOWN", "tender": "CASH", "tip": 200,
                 "items": [{"sku": "NW-TEE-BLK-M", "quantity": 2}, {"sku": "NW-MUG-RED", "quantity": 1}],
                 "discounts": [{"name": "Loyalty", "percentage": "10"}],
                 "taxes": [{"name": "TX State", "percentage": "6.25"}]}
                """));

        assertThat(check.wrongWith(sale)).isEmpty();
        assertThat(sale.store()).contains(new FacilityId("ST-DOWNTOWN"));
        StoreSale booked = sale.toStoreSale();
        assertThat(booked.lines()).extracting(StoreSale.Line::sku).containsExactly(TEE, MUG);
        assertThat(booked.lines().getFirst().discount()).hasToString("5.00 USD");
        assertThat(booked.charges()).singleElement().satisfies(tip -> {
            assertThat(tip.kind()).isEqualTo(StoreSale.Charge.Kind.TIP);
            assertThat(tip.total()).hasToString("2.00 USD");
        });
        assertThat(booked.tenders()).containsExactly(new StoreSale.Tender("square_cash", booked.total()));
        assertThat(sale.payments()).hasSize(1);
    }

    @Test
    void whatComesBackIsNegativeAndPaidAsTheSaleWas() {
        OrderKey sale = testing.sell("""
                {"location": "LHARBOR", "tender": "CASH", "items": [{"sku": "NW-TEE-BLK-M", "quantity": 2}],
                 "taxes": [{"name": "State", "percentage": "10"}]}
                """);
        TillSale back = sold(takeBack(sale, 1));

        assertThat(check.wrongWith(back)).isEmpty();
        StoreSale booked = back.toStoreSale();
        assertThat(booked.lines()).singleElement().satisfies(line -> {
            assertThat(line.sku()).isEqualTo(TEE);
            assertThat(line.quantity()).isEqualTo(-1);
            assertThat(line.total()).hasToString("-25.00 USD");
            assertThat(line.taxes()).containsExactly(new TaxLine("State", new BigDecimal("0.1"), dollars("-2.50")));
        });
        assertThat(booked.total()).hasToString("-27.50 USD");
        assertThat(booked.tenders()).containsExactly(new StoreSale.Tender("square_cash", booked.total()));
    }

    @Test
    void whatIsTypedInIsNotBookedAndItsWordsAreNotKept() {
        TillSale sale = sold(testing.sell("""
                {"location": "LHARBOR", "items": [{"name": "Gift wrapping", "price": 350}]}
                """));

        assertThat(check.wrongWith(sale))
                .hasValueSatisfying(
                        reason -> assertThat(reason).contains("custom-amount").doesNotContain("Gift wrapping"));
    }

    @Test
    void ourOwnWorkIsNoSaleAndWhatNobodyKnowsIsNothing() {
        String work = TestingStores.reference(
                testing.square.stores().release(testing.work(1, DeliveryMethod.SHIPPING), "key-1"));

        assertThat(read(new OrderKey(TestingStores.POS, work))).isInstanceOf(Told.OwnWork.class);
        assertThat(read(new OrderKey(TestingStores.POS, "nothing"))).isInstanceOf(Told.Nothing.class);
    }

    @ParameterizedTest
    @EnumSource
    void aReadingThatGoesWrongSaysHowAndWorksAgain(Trouble trouble) {
        OrderKey sale = testing.sell("""
                {"location": "LHARBOR", "items": [{"sku": "NW-TEE-BLK-M"}]}
                """);
        testing.fault("*", trouble);

        trouble.assertReadingFails(() -> read(sale));

        testing.noMoreFaults();
        assertThat(read(sale)).isInstanceOf(Told.Sold.class);
        Trouble.assertUnreached(() -> testing.unreachable.tills().read(sale));
    }

    private OrderKey takeBack(OrderKey sale, int units) {
        String back = testing.control(
                        "POST",
                        "/square/returns?webhooks=none",
                        "{\"sale\":\"" + sale.externalId() + "\",\"items\":[{\"sku\":\"NW-TEE-BLK-M\",\"quantity\":"
                                + units + "}]}")
                .path("id")
                .asText();
        return new OrderKey(TestingStores.POS, back);
    }

    private static Money dollars(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }

    private Told read(OrderKey key) {
        return testing.square.tills().read(key);
    }

    private TillSale sold(OrderKey key) {
        return switch (read(key)) {
            case Told.Sold(TillSale sale) -> sale;
            case Told other -> throw new AssertionError(other);
        };
    }
}
