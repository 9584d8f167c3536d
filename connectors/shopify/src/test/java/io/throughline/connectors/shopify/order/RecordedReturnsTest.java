package io.throughline.connectors.shopify.order;

import static io.throughline.domain.returns.SamplePurchases.HANDED_OVER_AT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.connectors.shopify.SampleShops;
import io.throughline.connectors.shopify.client.Json;
import io.throughline.domain.SettableClock;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.TaxLine;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.Purchases;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnPolicy;
import io.throughline.domain.returns.ReturnPolicyBuilder;
import io.throughline.domain.returns.ReturnPreviews;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.returns.SamplePurchases;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is given back of the recorded orders, beside what Shopify gives back of them. */
final class RecordedReturnsTest {
    private static final ReturnPolicy POLICY = new ReturnPolicyBuilder().build();

    @Test
    void theRecordedRefundIsOurs() throws IOException {
        JsonNode recorded = Json.mapper().readTree(SampleShops.resource("/payloads/refunds_create.json"));
        JsonNode line = recorded.at("/refund_line_items/0");
        Order order = OrderDocuments.recorded("order_shipped").mappedOrder();

        Refund refund = refund(
                order,
                line(line.path("line_item_id").asText(), line.path("quantity").asInt()));

        assertThat(refund.total().shop())
                .isEqualTo(Money.of(recorded.at("/transactions/0/amount").asText(), order.currency()));
        assertThat(Money.sum(
                        order.currency(),
                        refund.taxes().stream().map(TaxLine::amount).toList()))
                .isEqualTo(Money.of(line.at("/total_tax_set/shop_money/amount").asText(), order.currency()));
    }

    @ParameterizedTest
    @CsvSource({
        "order_shipped, 94.94, 94.94, 7.44",
        "order_two_currencies_gift_card, 209.00, 190.00, 39.08",
        "order_pickup, 57.92, 57.92, 3.92"
    })
    void allOfARecordedOrderIsAllThatWasPaid(String name, String shop, String presentment, String tax) {
        Order order = OrderDocuments.recorded(name).mappedOrder();

        Refund refund = refund(
                order,
                order.lines().stream()
                        .map(line -> line(line.id(), line.quantity()))
                        .toArray(ReturnRequest.Line[]::new));

        assertThat(refund.total().shop()).isEqualTo(Money.of(shop, order.currency()));
        assertThat(refund.total().presentment()).isEqualTo(Money.of(presentment, order.presentmentCurrency()));
        assertThat(Money.sum(
                        order.currency(),
                        refund.taxes().stream().map(TaxLine::amount).toList()))
                .isEqualTo(Money.of(tax, order.currency()));
    }

    @Test
    void eachTenderHasItsShareAtTheRateOfItsPayment() {
        Order order = OrderDocuments.recorded("order_two_currencies_gift_card").mappedOrder();

        Refund refund = refund(order, line("15100000000003", 1));

        assertThat(refund.total().toString()).contains("132.00 USD", "120.00 EUR");
        assertThat(refund.tenders())
                .extracting(
                        Refund.ToTender::gateway,
                        tender -> tender.amount().shop().toString(),
                        tender -> tender.amount().presentment().toString())
                .containsExactly(
                        tuple("gift_card", "34.74 USD", "31.58 EUR"),
                        tuple("shopify_payments", "97.26 USD", "88.42 EUR"));
    }

    private static Refund refund(Order order, ReturnRequest.Line... lines) {
        Purchase purchase = SamplePurchases.handedOver(order);
        return new ReturnPreviews(only(purchase), always(), new SettableClock(HANDED_OVER_AT))
                .of(new ReturnRequest(order.id(), new ReturnedTo.ByMail(), List.of(lines)), Optional.empty())
                .orElseThrow()
                .refund();
    }

    private static ReturnRequest.Line line(String id, int quantity) {
        return new ReturnRequest.Line(id, quantity, ReturnReason.UNWANTED, Optional.empty());
    }

    private static Purchases only(Purchase purchase) {
        return new Purchases() {
            @Override
            public Optional<Purchase> find(OrderId order) {
                return Stream.of(purchase)
                        .filter(known -> known.order().equals(order))
                        .findFirst();
            }

            @Override
            public int othersRefunded(OrderId order, Instant since) {
                return 0;
            }

            @Override
            public int granted(OrderId order, ReturnCause.Kind kind, Instant since) {
                return 0;
            }
        };
    }

    private static ReturnPolicies always() {
        return new ReturnPolicies() {
            @Override
            public ReturnPolicy at(Instant instant) {
                return POLICY;
            }

            @Override
            public Optional<ReturnPolicy> named(String version) {
                return Optional.empty();
            }
        };
    }
}
