package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.ChannelItem;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderSource;
import io.throughline.domain.order.Tender;
import io.throughline.domain.payment.Dispute;
import io.throughline.domain.reconciliation.EventFeed;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is particular to reading orders of Shopify, against the sandbox. */
final class ShopifyOrderReadingTest {
    @AutoClose
    private static final TestingSandbox sandbox = TestingSandbox.start();

    @ParameterizedTest
    @CsvSource({
        "orders_paid_two_lines_tax_discount, 94.94 USD, SHIPPING",
        "orders_paid_multicurrency_giftcard, 209.00 USD, SHIPPING",
        "orders_paid_bopis, 57.92 USD, PICKUP"
    })
    void eachSampleOrderComesThroughWithItsTotal(String payload, String total, DeliveryMethod method) {
        OrderKey key = sandbox.take(payload, body -> {
            if (payload.contains("giftcard")) {
                body.set("transactions", giftCardAndCard());
            }
        });

        Order order = read(key);

        assertThat(order.total().shop()).hasToString(total);
        assertThat(order.sumOfParts()).hasToString(total);
        assertThat(order.paid()).hasToString(total);
        assertThat(order.deliveries()).singleElement().satisfies(delivery -> {
            assertThat(delivery.method()).isEqualTo(method);
            assertThat(delivery.channelWork())
                    .hasValueSatisfying(work -> assertThat(work).startsWith("gid://shopify/FulfillmentOrder/"));
        });
    }

    @Test
    void aGiftCardPaysAsATenderOfItsOwn() {
        OrderKey key =
                sandbox.take("orders_paid_multicurrency_giftcard", body -> body.set("transactions", giftCardAndCard()));

        assertThat(read(key).tenders())
                .extracting(tender -> tender.gateway() + " " + tender.amount().shop() + " "
                        + tender.amount().presentment())
                .containsExactly("gift_card 55.00 USD 50.00 EUR", "shopify_payments 154.00 USD 140.00 EUR");
    }

    /** Neither changes the order, so the feed tells of each standing of a dispute once more under another name. */
    @Test
    void aDisputeAndAHoldAreReadWithTheOrder() {
        OrderKey key = sandbox.take("orders_paid_two_lines_tax_discount", body -> {});
        OrderSource.ChannelOrder calm = sandbox.connector().orders().read(key).orElseThrow();
        assertThat(calm.disputes()).isEmpty();
        assertThat(calm.heldWork()).isEmpty();
        String item = calm.order().deliveries().getFirst().channelWork().orElseThrow();
        String shop = "/shopify/" + SampleShops.DOMAIN;

        sandbox.control(
                "POST",
                shop + "/fulfillment-orders/" + item.substring(item.lastIndexOf('/') + 1) + "/hold",
                "{\"reason\":\"INCORRECT_ADDRESS\"}",
                200);
        sandbox.control("POST", shop + "/orders/" + key.externalId() + "/dispute", "{\"type\":\"INQUIRY\"}", 201);

        OrderSource.ChannelOrder read = sandbox.connector().orders().read(key).orElseThrow();
        assertThat(read.order()).isEqualTo(calm.order());
        assertThat(read.heldWork()).containsExactly(Map.entry(item, "INCORRECT_ADDRESS"));
        Dispute open = read.disputes().getFirst();
        assertThat(open.begunAs()).isEqualTo(Dispute.Kind.INQUIRY);
        assertThat(open.status()).isEqualTo(Dispute.Status.NEEDS_RESPONSE);
        assertThat(open.amount())
                .as("the order's own summary does not tell it")
                .contains(read.order().paid());
        assertThat(read.items())
                .as("what is disputed may be moved all the same")
                .hasSameSizeAs(calm.items());
        assertThat(read.items()).isNotEmpty();
        assertThat(told(key)).containsExactly(open.standing());

        sandbox.control("POST", shop + "/disputes/" + open.id(), "{\"status\":\"LOST\"}", 200);

        Dispute lost =
                sandbox.connector().orders().read(key).orElseThrow().disputes().getFirst();
        assertThat(lost.lost()).isTrue();
        assertThat(told(key)).containsExactly(lost.standing());
    }

    @Test
    void whereItsWorkLiesIsReadWithTheOrderAndWhatIsDoneIsLeftOut() {
        OrderKey key = sandbox.take("orders_paid_two_lines_tax_discount", body -> {});
        OrderSource.ChannelOrder read = sandbox.connector().orders().read(key).orElseThrow();
        ChannelItem planned = read.items().getFirst();
        assertThat(read.items()).hasSize(1);
        assertThat(planned.location()).contains(SampleShops.EAST);
        assertThat(planned.open().values().stream().mapToInt(units -> units)).containsExactlyInAnyOrder(2, 1);

        sandbox.admin(planned.id(), "move", "{\"facility\":\"WH-WEST\"}");

        assertThat(sandbox.connector().orders().read(key).orElseThrow().items())
                .containsExactly(new ChannelItem(planned.id(), Optional.of(SampleShops.WEST), planned.open()));
        sandbox.control(
                "POST", "/shopify/" + SampleShops.DOMAIN + "/orders/" + key.externalId() + "/cancel", "{}", 200);
        assertThat(sandbox.connector().orders().read(key).orElseThrow().items()).isEmpty();
    }

    @Test
    void untilWhenMoneyIsAuthorisedIsReadWithTheOrder() {
        OrderKey key =
                sandbox.take("orders_paid_two_lines_tax_discount", body -> body.put("financial_status", "authorized"));
        Instant until = Instant.parse("2031-03-01T08:00:00Z");
        sandbox.control(
                "POST",
                "/shopify/" + SampleShops.DOMAIN + "/orders/" + key.externalId() + "/authorisation",
                "{\"until\":\"" + until + "\"}",
                200);

        assertThat(read(key).authorisations())
                .singleElement()
                .extracting(Tender::expiresAt)
                .isEqualTo(Optional.of(until));
    }

    private static List<String> told(OrderKey key) {
        List<String> told = new ArrayList<>();
        Optional<String> next = Optional.empty();
        do {
            EventFeed.Page page = sandbox.connector().feed().since(key.account(), Instant.now(), next);
            page.events().stream()
                    .filter(event -> event.topic().startsWith("disputes/"))
                    .filter(event -> event.subject().equals(key.workflowId()))
                    .forEach(event -> told.add(event.eventId()));
            next = page.next();
        } while (next.isPresent());
        return told;
    }

    @Test
    void anAuthorisedOrderHasAnAuthorisation() {
        OrderKey key =
                sandbox.take("orders_paid_two_lines_tax_discount", body -> body.put("financial_status", "authorized"));

        assertThat(read(key).authorisations())
                .singleElement()
                .satisfies(tender -> assertThat(tender.kind()).isEqualTo(Tender.Kind.AUTHORIZATION));
    }

    @ParameterizedTest
    @CsvSource({
        "northwind-jp, northwind-jp.myshopify.com, JPY, 0, 9494 JPY",
        "northwind-kw, northwind-kw.myshopify.com, KWD, 3, 9.494 KWD"
    })
    void eachCurrencyKeepsItsOwnDecimals(String account, String domain, String currency, int decimals, String total) {
        OrderKey key = sandbox.take(
                AccountId.of(account),
                domain,
                "orders_paid_two_lines_tax_discount",
                body -> inCurrency(body, currency, decimals));

        Order order = read(key);

        assertThat(order.total().shop()).hasToString(total);
        assertThat(order.sumOfParts()).hasToString(total);
        assertThat(order.paid()).hasToString(total);
    }

    @Test
    void theOrderOfAWorkItemIsFound() {
        OrderKey key = sandbox.take("orders_paid_bopis");
        String work = read(key).deliveries().getFirst().channelWork().orElseThrow();

        assertThat(sandbox.connector().orderOf(SampleShops.NORTHWIND, work)).contains(key);
        assertThat(sandbox.connector().orderOf(SampleShops.NORTHWIND, "gid://shopify/FulfillmentOrder/404"))
                .isEmpty();
    }

    @Test
    void anOrderOfManyLinesIsReadPageByPage() {
        OrderKey key = sandbox.take("orders_paid_bopis", body -> {
            ArrayNode lines = (ArrayNode) body.path("line_items");
            ObjectNode first = (ObjectNode) lines.path(0);
            for (int i = 1; i < 34; i++) {
                ObjectNode line = first.deepCopy();
                line.put("id", first.path("id").asLong() + i);
                line.remove("admin_graphql_api_id");
                lines.add(line);
            }
        });

        Order order = read(key);

        assertThat(order.lines()).hasSize(34).extracting(line -> line.id()).doesNotHaveDuplicates();
        assertThat(order.deliveries().getFirst().lines()).hasSize(34);
    }

    @Test
    void everyAccountIsItsOwnShop() {
        OrderKey key = sandbox.take("orders_paid_two_lines_tax_discount");

        assertThat(sandbox.connector().orders().read(new OrderKey(SampleShops.JAPAN, key.externalId())))
                .isEmpty();
    }

    @Test
    void anEmptyBucketIsWaitedForExactlyAndNotAskedAgain() {
        try (TestingSandbox throttled = TestingSandbox.start()) {
            OrderKey key = throttled.take("orders_paid_bopis");
            throttled.allowCalls(0);

            SystemFailure told = catchThrowableOfType(
                    SystemFailure.class, () -> throttled.connector().orders().read(key));
            long attempts = throttled.attempts("order");
            SystemFailure known = catchThrowableOfType(
                    SystemFailure.class, () -> throttled.connector().orders().read(key));

            assertThat(told.code()).isEqualTo(FailureCode.RATE_LIMITED);
            assertThat(told.retryAfter())
                    .hasValueSatisfying(wait -> assertThat(wait).isGreaterThan(Duration.ofSeconds(10)));
            assertThat(known.code()).isEqualTo(FailureCode.RATE_LIMITED);
            assertThat(throttled.attempts("order")).isEqualTo(attempts).isEqualTo(1);
        }
    }

    @Test
    void aTokenThatHasEndedIsRenewedUnseen() {
        OrderKey key = sandbox.take("orders_paid_bopis");
        read(key);
        sandbox.control("POST", "/shopify/tokens/expire", "", 204);

        assertThat(read(key).key()).isEqualTo(key);
    }

    /** As many minor units as there were cents, in amounts and in currency codes wherever they stand. */
    private static void inCurrency(JsonNode node, String currency, int decimals) {
        if (node instanceof ObjectNode object) {
            object.properties().forEach(field -> {
                String text = field.getValue().asText("");
                if (field.getValue().isTextual() && text.matches("-?[0-9]+\\.[0-9]{2}")) {
                    field.setValue(new TextNode(
                            new BigDecimal(text).movePointRight(2 - decimals).toPlainString()));
                } else if (text.equals("USD")) {
                    field.setValue(new TextNode(currency));
                }
            });
        }
        node.forEach(child -> inCurrency(child, currency, decimals));
    }

    private static Order read(OrderKey key) {
        return sandbox.connector().orders().read(key).orElseThrow().order();
    }

    private static ArrayNode giftCardAndCard() {
        ArrayNode transactions =
                io.throughline.connectors.shopify.client.Json.mapper().createArrayNode();
        transactions.addObject().put("kind", "sale").put("gateway", "gift_card").put("amount", "50.00");
        transactions
                .addObject()
                .put("kind", "sale")
                .put("gateway", "shopify_payments")
                .put("amount", "140.00");
        return transactions;
    }
}
