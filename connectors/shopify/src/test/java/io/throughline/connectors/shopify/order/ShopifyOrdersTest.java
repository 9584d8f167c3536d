package io.throughline.connectors.shopify.order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.connectors.shopify.SampleShops;
import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.client.TestingShop;
import io.throughline.connectors.shopify.client.Transport;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderLine;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How an order is read, with recorded answers. */
final class ShopifyOrdersTest {
    private static final OrderKey KEY = new OrderKey(SampleShops.NORTHWIND, "7100000000001");
    private static final String SAME_VERSION = "2026-11-20T19:05:07Z";

    private final TestingShop shop = new TestingShop();
    private final Transport transport = new Transport();
    private final ShopifyOrders orders = new ShopifyOrders(
            new Shops(List.of(new AdminApi(shop.config(), transport, Clock.systemUTC()))), SampleShops.facilities());

    @AfterEach
    void close() {
        transport.close();
        shop.close();
    }

    @Test
    void anOrdinaryOrderIsOneCall() {
        shop.answer(200, OrderDocuments.recorded("order_shipped").reply());

        assertThat(orders.read(KEY)).isPresent();
        assertThat(shop.requests()).hasSize(1);
    }

    @Test
    void furtherPagesAreReadFromWhereTheFirstEnded() {
        shop.answer(200, firstOfTwoPages().reply()).answer(200, secondPage(SAME_VERSION));

        List<OrderLine> lines = orders.read(KEY).orElseThrow().order().lines();

        assertThat(lines).extracting(OrderLine::id).containsExactly("15100000000001", "15100000000002");
        assertThat(shop.requests()).hasSize(2).last().asString().contains("\"after\":\"cursor-1\"");
    }

    @Test
    void pagesOfTwoVersionsNeverBecomeOneOrder() {
        shop.answer(200, firstOfTwoPages().reply())
                .answer(200, secondPage("2026-11-20T19:06:00Z"))
                .answer(200, OrderDocuments.recorded("order_shipped").reply());

        assertThat(orders.read(KEY).orElseThrow().order().lines()).hasSize(2);
        assertThat(shop.requests()).hasSize(3);
    }

    @Test
    void anOrderThatKeepsChangingIsReadLater() {
        for (int reading = 1; reading <= 3; reading++) {
            shop.answer(200, firstOfTwoPages().reply()).answer(200, secondPage("2026-11-20T19:06:00Z"));
        }

        SystemFailure failure = catchThrowableOfType(SystemFailure.class, () -> orders.read(KEY));

        assertThat(failure.code()).isEqualTo(FailureCode.SYSTEM_ERROR);
        assertThat(failure.effectPossible()).isFalse();
    }

    @Test
    void anOrderThatShopifyHasNotRoutedYetIsReadLater() {
        shop.answer(200, OrderDocuments.recorded("order_shipped").withoutWork().reply());

        SystemFailure failure = catchThrowableOfType(SystemFailure.class, () -> orders.read(KEY));

        assertThat(failure.code()).isEqualTo(FailureCode.SYSTEM_ERROR);
        assertThat(failure.effectPossible()).isFalse();
    }

    @Test
    void anOrderThatWasCancelledBeforeItWasRoutedIsRead() {
        shop.answer(
                200,
                OrderDocuments.recorded("order_shipped")
                        .withoutWork()
                        .with(order -> order.put("cancelledAt", SAME_VERSION))
                        .reply());

        assertThat(orders.read(KEY).orElseThrow().order().cancelledAt()).isPresent();
    }

    @Test
    void moreTransactionsThanTheFirstCallAsksForAreAllRead() {
        shop.answer(200, manyTransactions(OrderReader.FIRST_TRANSACTIONS).reply())
                .answer(200, transactionsOnly(OrderReader.FIRST_TRANSACTIONS + 5, SAME_VERSION));

        assertThat(orders.read(KEY).orElseThrow().order().tenders()).hasSize(OrderReader.FIRST_TRANSACTIONS + 5);
        assertThat(shop.requests()).hasSize(2).last().asString().contains("query OrderTransactions");
    }

    @Test
    void transactionsOfAnotherVersionAreReadWithTheWholeOrderAgain() {
        shop.answer(200, manyTransactions(OrderReader.FIRST_TRANSACTIONS).reply())
                .answer(200, transactionsOnly(OrderReader.FIRST_TRANSACTIONS + 5, "2026-11-20T19:06:00Z"))
                .answer(200, OrderDocuments.recorded("order_shipped").reply());

        assertThat(orders.read(KEY)).isPresent();
        assertThat(shop.requests()).hasSize(3);
    }

    @Test
    void anOrderOfWhichNotAllTransactionsCanBeReadIsUnreadable() {
        shop.answer(200, manyTransactions(OrderReader.FIRST_TRANSACTIONS).reply())
                .answer(200, transactionsOnly(OrderReader.MOST_TRANSACTIONS, SAME_VERSION));

        SystemFailure failure = catchThrowableOfType(SystemFailure.class, () -> orders.read(KEY));

        assertThat(failure.code()).isEqualTo(FailureCode.ORDER_UNREADABLE);
        assertThat(failure).hasMessageContaining("transactions of gid://shopify/Order/7100000000001");
    }

    @Test
    void asManyTransactionsAreAskedForAsTheReaderBelieves() {
        assertThat(Operation.ORDER_READ.document())
                .contains("transactions(first: " + OrderReader.FIRST_TRANSACTIONS + ")");
        assertThat(Operation.ORDER_TRANSACTIONS.document())
                .contains("transactions(first: " + OrderReader.MOST_TRANSACTIONS + ")");
    }

    @Test
    void anAmountThatNoCurrencyHasMakesTheOrderUnreadable() {
        shop.answer(
                200,
                OrderDocuments.recorded("order_shipped")
                        .with(order -> order.set("totalTipReceivedSet", OrderDocuments.bag("1.005", "USD")))
                        .reply());

        SystemFailure failure = catchThrowableOfType(SystemFailure.class, () -> orders.read(KEY));

        assertThat(failure.code()).isEqualTo(FailureCode.ORDER_UNREADABLE);
    }

    @Test
    void aFailureQuotesNothingOfTheDocument() {
        shop.answer(
                200,
                OrderDocuments.recorded("order_shipped")
                        .withLine(
                                0,
                                line -> line.put("title", "canary@example.com").put("quantity", "canary-quantity"))
                        .reply());

        SystemFailure failure = catchThrowableOfType(SystemFailure.class, () -> orders.read(KEY));

        assertThat(failure.code()).isEqualTo(FailureCode.REPLY_UNREADABLE);
        assertThat(failure).hasMessageContaining("quantity").hasNoCause();
        assertThat(failure.getMessage()).doesNotContain("canary");
    }

    private static OrderDocuments manyTransactions(int count) {
        return OrderDocuments.recorded("order_shipped").withTransactions(count);
    }

    private static String transactionsOnly(int count, String updatedAt) {
        return manyTransactions(count)
                .with(order -> {
                    order.put("updatedAt", updatedAt);
                    order.retain("updatedAt", "transactions");
                })
                .reply();
    }

    private static OrderDocuments firstOfTwoPages() {
        return OrderDocuments.recorded("order_shipped").with(order -> {
            ObjectNode lines = (ObjectNode) order.path("lineItems");
            ((ObjectNode) lines.path("pageInfo")).put("hasNextPage", true).put("endCursor", "cursor-1");
            lines.withArray("nodes").remove(1);
        });
    }

    private static String secondPage(String updatedAt) {
        return OrderDocuments.recorded("order_shipped")
                .with(order -> {
                    order.put("updatedAt", updatedAt);
                    order.retain("updatedAt", "lineItems");
                    ((ObjectNode) order.path("lineItems")).withArray("nodes").remove(0);
                })
                .reply();
    }
}
