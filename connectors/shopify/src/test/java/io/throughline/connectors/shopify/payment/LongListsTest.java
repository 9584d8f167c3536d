package io.throughline.connectors.shopify.payment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.connectors.shopify.SampleShops;
import io.throughline.connectors.shopify.client.AdminApi;
import io.throughline.connectors.shopify.client.Operation;
import io.throughline.connectors.shopify.client.Shops;
import io.throughline.connectors.shopify.client.TestingShop;
import io.throughline.connectors.shopify.client.Transport;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.payment.PaymentGateway;
import io.throughline.domain.returns.RefundGateway;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is not among the first of an order's transactions or refunds may be behind them: it is not made again. */
final class LongListsTest {
    private static final OrderKey ORDER = new OrderKey(SampleShops.NORTHWIND, "7100000000001");
    private static final Money AMOUNT = Money.of("94.94", CurrencyCode.of("USD"));
    private static final PaymentGateway.Capture CAPTURE = new PaymentGateway.Capture(ORDER, "1", AMOUNT);
    private static final RefundGateway.Claim CLAIM =
            new RefundGateway.Claim(ORDER, "O-1-R1", List.of(), MoneyBag.of(Money.zero(AMOUNT.currency())), List.of());

    private final TestingShop shop = new TestingShop();
    private final Transport transport = new Transport();
    private final Shops shops = new Shops(List.of(new AdminApi(shop.config(), transport, Clock.systemUTC())));
    private final ShopifyPayments payments = new ShopifyPayments(shops);
    private final ShopifyRefunds refunds = new ShopifyRefunds(shops);

    @AfterEach
    void close() {
        transport.close();
        shop.close();
    }

    @Test
    void aCaptureThatMayHaveBeenCutOffIsAQuestionAndNotSent() {
        shop.answer(200, transactions(ShopifyPayments.MOST_TRANSACTIONS, "FAILURE"));

        SystemFailure failure =
                catchThrowableOfType(SystemFailure.class, () -> payments.capture(CAPTURE, "a vendor key"));

        assertThat(failure.code()).isEqualTo(FailureCode.CAPTURE_DECLINED);
        assertThat(failure.effectPossible()).isFalse();
        assertThat(shop.requests()).singleElement().asString().contains("query OrderPaymentState");
    }

    @Test
    void aCaptureIsFoundAmongMany() {
        shop.answer(200, transactions(ShopifyPayments.MOST_TRANSACTIONS, "SUCCESS"));

        assertThat(payments.findCapture(CAPTURE)).map(Receipt::reference).contains("2");
    }

    @Test
    void whereAllAreSeenACaptureThatIsNotThereWasNotMade() {
        shop.answer(200, transactions(ShopifyPayments.MOST_TRANSACTIONS - 1, "FAILURE"));

        assertThat(payments.findCapture(CAPTURE)).isEmpty();
    }

    @Test
    void aRefundThatMayHaveBeenCutOffIsAQuestion() {
        shop.answer(200, refunds(ShopifyRefunds.MOST_REFUNDS));

        SystemFailure failure = catchThrowableOfType(SystemFailure.class, () -> refunds.findRefund(CLAIM));

        assertThat(failure.code()).isEqualTo(FailureCode.REFUND_REFUSED);
    }

    @Test
    void whereAllAreSeenARefundThatIsNotThereWasNotMade() {
        shop.answer(200, refunds(ShopifyRefunds.MOST_REFUNDS - 1));

        assertThat(refunds.findRefund(CLAIM)).isEmpty();
    }

    @Test
    void asManyAreAskedForAsIsBelieved() {
        assertThat(Operation.ORDER_PAYMENT_STATE.document())
                .contains("transactions(first: " + ShopifyPayments.MOST_TRANSACTIONS + ")");
        assertThat(Operation.ORDER_REFUNDS.document()).contains("refunds(first: " + ShopifyRefunds.MOST_REFUNDS + ")");
    }

    /** An authorisation, and captures of it that came to this. */
    private static String transactions(int count, String status) {
        String captures = numbers(2, count, """
            {"id":"gid://shopify/OrderTransaction/%d","kind":"CAPTURE","status":"STATUS",
            "parentTransaction":{"id":"gid://shopify/OrderTransaction/1"}}\
            """);
        return """
            {"data":{"order":{"transactions":[{"id":"gid://shopify/OrderTransaction/1","kind":"AUTHORIZATION",
            "status":"SUCCESS","parentTransaction":null},%s]}}}\
            """.formatted(captures).replace("STATUS", status);
    }

    private static String refunds(int count) {
        return "{\"data\":{\"order\":{\"refunds\":["
                + numbers(
                        1,
                        count,
                        "{\"id\":\"gid://shopify/Refund/%d\",\"note\":\"by hand\",\"transactions\":{\"nodes\":[]}}")
                + "]}}}";
    }

    private static String numbers(int first, int last, String template) {
        return IntStream.rangeClosed(first, last).mapToObj(template::formatted).collect(Collectors.joining(","));
    }
}
