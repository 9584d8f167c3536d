package io.throughline.connectors.square;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Channel;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.order.Tender;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sales at the till as orders: every cent of Square's has its place. */
class SquareSalesTest {

    private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

    private TestingStores testing;
    private OrderSource sales;

    @BeforeEach
    void start() {
        testing = new TestingStores();
        sales = testing.square.sales();
    }

    @AfterEach
    void stop() {
        testing.close();
    }

    @Test
    void cashSaleWithTwoTaxesAndADiscountAddsUp() {
        Order order = sell("""
                {"location": "LDOWNTOWN", "tender": "CASH",
                 "items": [{"sku": "NW-TEE-BLK-M", "quantity": 2}, {"sku": "NW-MUG-RED", "quantity": 1}],
                 "discounts": [{"name": "Loyalty", "percentage": "10"}],
                 "taxes": [{"name": "TX State", "percentage": "6.25"}, {"name": "Austin", "percentage": "2"}]}
                """);

        assertThat(order.channel()).isEqualTo(Channel.POINT_OF_SALE);
        assertThat(order.taxesIncluded()).isFalse();
        assertThat(order.lines())
                .extracting(OrderLine::sku)
                .containsExactly(Sku.of("NW-TEE-BLK-M"), Sku.of("NW-MUG-RED"));
        OrderLine tees = order.lines().getFirst();
        assertThat(tees.total()).isEqualTo(dollars("45.00"));
        assertThat(tees.discount()).isEqualTo(dollars("5.00"));
        assertThat(tees.taxes())
                .containsExactly(
                        new TaxLine("TX State", new BigDecimal("0.0625"), dollars("2.81")),
                        new TaxLine("Austin", new BigDecimal("0.02"), dollars("0.90")));
        assertThat(order.sumOfParts()).isEqualTo(order.total().shop());
        assertThat(order.tenders()).singleElement().satisfies(tender -> {
            assertThat(tender.gateway()).isEqualTo("square_cash");
            assertThat(tender.kind()).isEqualTo(Tender.Kind.SALE);
            assertThat(tender.amount().shop()).isEqualTo(order.total().shop());
        });
        assertThat(order.deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.method()).isEqualTo(DeliveryMethod.CARRIED_OUT);
            assertThat(delivery.facility()).contains(new FacilityId("ST-DOWNTOWN"));
            assertThat(delivery.lines()).hasSize(2);
        });
    }

    @Test
    void inclusiveTaxStaysInsideAndATipIsAPartOfItsOwn() {
        Order order = sell("""
                {"location": "LDUBLIN", "tender": "CARD", "tip": 300, "items": [{"sku": "NW-CAP-NVY"}],
                 "taxes": [{"name": "VAT", "percentage": "23", "type": "INCLUSIVE"}]}
                """);

        assertThat(order.currency()).isEqualTo(CurrencyCode.of("EUR"));
        assertThat(order.taxesIncluded()).isTrue();
        assertThat(order.lines().getFirst().total()).isEqualTo(euros("40.00"));
        assertThat(order.tax()).isEqualTo(euros("7.48"));
        assertThat(order.tip()).isEqualTo(euros("3.00"));
        assertThat(order.total().shop()).isEqualTo(euros("43.00"));
        assertThat(order.sumOfParts()).isEqualTo(order.total().shop());
        assertThat(order.paid()).isEqualTo(euros("43.00"));
    }

    @Test
    void mixedTaxesMakeEveryLineNet() {
        Order order = sell("""
                {"location": "LHARBOR", "items": [{"sku": "NW-CAP-NVY", "quantity": 3}],
                 "taxes": [{"name": "Levy", "percentage": "5", "type": "INCLUSIVE"}, {"name": "State", "percentage": "6.25"}]}
                """);

        assertThat(order.taxesIncluded()).isFalse();
        assertThat(order.sumOfParts()).isEqualTo(order.total().shop());
        assertThat(order.lines().getFirst().taxes()).hasSize(2);
    }

    @Test
    void itemThatWasTypedInHasNoSkuOfTheCatalogueAndWhatWasTypedStaysAtTheTill() {
        Order order = sell("""
                {"location": "LHARBOR", "items": [{"name": "Ottoline Quillfeather's repair", "price": 350}]}
                """);

        assertThat(order.lines()).singleElement().satisfies(line -> {
            assertThat(line.sku()).isEqualTo(Sku.of("custom-amount"));
            assertThat(line.title()).isEqualTo("Custom amount");
            assertThat(line.total()).isEqualTo(dollars("3.50"));
        });
        assertThat(order.toString()).doesNotContain("Quillfeather");
    }

    @Test
    void ourOwnWorkIsNoSale() {
        String work = TestingStores.reference(
                testing.square.stores().release(testing.work(1, DeliveryMethod.SHIPPING), "key-1"));

        assertThat(sales.read(new OrderKey(TestingStores.POS, work))).isEmpty();
        assertThat(sales.changedSince(TestingStores.POS, LONG_AGO, Optional.empty())
                        .changed())
                .isEmpty();
    }

    @Test
    void whoTheTicketIsForStaysAtTheTill() {
        Order order = sell("""
                {"location": "LDOWNTOWN", "tender": "CASH", "ticketName": "Ottoline Quillfeather",
                 "items": [{"sku": "NW-MUG-RED", "quantity": 1}]}
                """);

        assertThat(order.name()).startsWith("POS ");
        assertThat(order.toString()).doesNotContain("Quillfeather");
    }

    @Test
    void forgedCursorIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sales.changedSince(TestingStores.POS, LONG_AGO, Optional.of("nonsense")));
    }

    private Order sell(String sale) {
        return sales.read(testing.sell(sale)).orElseThrow().order();
    }

    private static Money dollars(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }

    private static Money euros(String amount) {
        return Money.of(amount, CurrencyCode.of("EUR"));
    }
}
