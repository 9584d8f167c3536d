package io.throughline.connectors.shopify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.throughline.connectors.shopify.client.Json;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.Tender;
import io.throughline.domain.payment.PaymentGateway;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class PaymentGatewayContractTest {
    private static final String KEY = "0123456789012345678901234567890123456789";

    @AutoClose
    private static final TestingSandbox sandbox = TestingSandbox.start();

    @AfterEach
    void clear() {
        sandbox.noMoreFaults();
    }

    @Test
    void aCaptureIsMadeOnceHoweverOftenItIsAskedFor() {
        PaymentGateway.Capture capture = authorised("94.94");
        assertThat(gateway().findCapture(capture)).isEmpty();

        Reply first = gateway().capture(capture, KEY);
        Reply second = gateway().capture(capture, KEY);

        assertThat(first).isInstanceOf(Reply.Done.class).isEqualTo(second);
        assertThat(gateway().findCapture(capture)).contains(((Reply.Done) first).receipt());
        assertThat(sandbox.effects(capture.order(), "orderCapture")).isEqualTo(1);
    }

    @Test
    void anAuthorisationIsCapturedOnceThoughTheOrderHasBecomeAnother() {
        PaymentGateway.Capture whole = authorised("94.94");
        PaymentGateway.Capture less = new PaymentGateway.Capture(whole.order(), whole.authorisation(), usd("50.00"));

        Reply first = gateway().capture(less, KEY);

        assertThat(gateway().capture(whole, "another-key")).isEqualTo(first).isInstanceOf(Reply.Done.class);
        assertThat(sandbox.effects(whole.order(), "orderCapture")).isEqualTo(1);
    }

    @Test
    void aCaptureIsNotRepeatedWhenShopifyHasForgottenEveryKey() {
        PaymentGateway.Capture capture = authorised("94.94");
        gateway().capture(capture, KEY);
        sandbox.control("POST", "/shopify/idempotency/forget", "", 204);

        assertThat(gateway().capture(capture, "another-key-altogether")).isInstanceOf(Reply.Done.class);
        assertThat(sandbox.effects(capture.order(), "orderCapture")).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"lose_reply", "truncate"})
    void afterALostReplyTheCaptureIsFoundAndNotRepeated(String kind) {
        PaymentGateway.Capture capture = authorised("94.94");
        sandbox.fault("orderCapture", kind);

        SystemFailure failure = fails(capture);
        assertThat(failure.effectPossible()).isTrue();
        assertThat(gateway().findCapture(capture)).isPresent();

        assertThat(gateway().capture(capture, KEY)).isInstanceOf(Reply.Done.class);
        assertThat(sandbox.effects(capture.order(), "orderCapture")).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"html, 502", "status, 500", "status, 503"})
    void afterAServerErrorTheOutcomeIsUnknownUntilItIsProbed(String kind, int status) {
        PaymentGateway.Capture capture = authorised("94.94");
        sandbox.fault("orderCapture", kind, Map.of("status", status));

        SystemFailure failure = fails(capture);

        assertThat(failure.effectPossible()).isTrue();
        assertThat(gateway().findCapture(capture)).isEmpty();
        assertThat(gateway().capture(capture, KEY)).isInstanceOf(Reply.Done.class);
    }

    @Test
    void whatIsNotAuthorisedAnyMoreIsDeclinedInShopifysWords() {
        PaymentGateway.Capture capture = authorised("94.94");
        sandbox.control(
                "POST",
                "/shopify/" + SampleShops.DOMAIN + "/orders/" + capture.order().externalId() + "/authorisation",
                "{\"until\":\"2020-01-01T00:00:00Z\"}",
                200);

        assertThat(gateway().capture(capture, KEY)).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(FailureCode.CAPTURE_DECLINED);
            assertThat(refused.detail()).contains("expired");
        });
        assertThat(sandbox.effects(capture.order(), "orderCapture")).isZero();
    }

    @Test
    void aCallThatHangsIsATimeoutWithUnknownOutcome() {
        PaymentGateway.Capture capture = authorised("94.94");
        sandbox.fault("orderCapture", "hang", Map.of("delayMillis", 3000));

        SystemFailure failure = fails(capture);

        assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
        assertThat(failure.effectPossible()).isTrue();
    }

    @Test
    void aThrottledCaptureHadNoEffect() {
        PaymentGateway.Capture capture = authorised("94.94");
        sandbox.fault("orderCapture", "status", Map.of("status", 429, "retryAfterSeconds", 1));

        SystemFailure failure = fails(capture);

        assertThat(failure.code()).isEqualTo(FailureCode.RATE_LIMITED);
        assertThat(failure.effectPossible()).isFalse();
        assertThat(failure.retryAfter()).isPresent();
    }

    @Test
    void aCaptureOfTooMuchIsDeclinedInShopifysWords() {
        PaymentGateway.Capture capture = authorised("94.95");

        assertThat(gateway().capture(capture, KEY)).isInstanceOfSatisfying(Reply.Refused.class, refused -> {
            assertThat(refused.code()).isEqualTo(FailureCode.CAPTURE_DECLINED);
            assertThat(refused.detail()).contains("94.94");
        });
    }

    @Test
    void partialCapturesOfDifferentAmountsAreTwo() {
        OrderKey key = sandbox.take("orders_paid_two_lines_tax_discount", body -> {
            body.put("financial_status", "authorized");
            body.set("transactions", authorization("94.94"));
        });
        String authorisation = authorisation(key);
        PaymentGateway.Capture half = new PaymentGateway.Capture(key, authorisation, usd("40.00"));
        PaymentGateway.Capture rest = new PaymentGateway.Capture(key, authorisation, usd("54.94"));

        assertThat(gateway().capture(half, KEY)).isInstanceOf(Reply.Done.class);
        assertThat(gateway().capture(rest, KEY)).isInstanceOf(Reply.Done.class);
        assertThat(sandbox.effects(key, "orderCapture")).isEqualTo(2);
    }

    /** The reply to a capture was lost, and the order was edited before anybody looked for it. */
    @Test
    void whetherACaptureOfAnotherAmountIsOursIsForAPersonToSay() {
        OrderKey key = sandbox.take("orders_paid_two_lines_tax_discount", body -> {
            body.put("financial_status", "authorized");
            body.set("transactions", authorization("94.94"));
        });
        String authorisation = authorisation(key);
        sandbox.fault("orderCapture", "lose_reply");
        fails(new PaymentGateway.Capture(key, authorisation, usd("40.00")));
        PaymentGateway.Capture edited = new PaymentGateway.Capture(key, authorisation, usd("54.94"));

        SystemFailure doubt =
                catchThrowableOfType(SystemFailure.class, () -> gateway().findCapture(edited));

        assertThat(doubt.code()).isEqualTo(FailureCode.CAPTURE_DECLINED);
        assertThat(doubt).hasMessageContaining("54.94 USD");
        assertThat(doubt.effectPossible()).isFalse();
        assertThat(gateway().findCapture(new PaymentGateway.Capture(key, authorisation, usd("40.00"))))
                .isPresent();
        assertThat(sandbox.effects(key, "orderCapture")).isEqualTo(1);
    }

    @Test
    void moneyIsTakenInTheCurrencyThatTheCustomerWasShown() {
        OrderKey key = sandbox.take("orders_paid_multicurrency_giftcard", body -> {
            body.put("financial_status", "authorized");
            body.set("transactions", authorization("190.00"));
        });
        PaymentGateway.Capture capture =
                new PaymentGateway.Capture(key, authorisation(key), Money.of("190.00", CurrencyCode.of("EUR")));

        assertThat(gateway().capture(capture, KEY)).isInstanceOf(Reply.Done.class);
        assertThat(gateway().findCapture(capture)).isPresent();
    }

    @Test
    void anUnknownOrderOrAuthorisationIsRefused() {
        OrderKey key = order();

        assertThat(gateway().capture(new PaymentGateway.Capture(key, "123", usd("1.00")), KEY))
                .isInstanceOf(Reply.Refused.class);
        assertThat(gateway()
                        .capture(
                                new PaymentGateway.Capture(
                                        new OrderKey(SampleShops.NORTHWIND, "404"), "123", usd("1.00")),
                                KEY))
                .isInstanceOf(Reply.Refused.class);
    }

    @Test
    void whatTheCancellationOfItsOrderHasVoidedIsNotCaptured() {
        PaymentGateway.Capture capture = authorised("94.94");
        assertThat(sandbox.connector().cancellations().cancel(capture.order(), "CUSTOMER", true, KEY))
                .isInstanceOf(Reply.Done.class);

        assertThat(gateway().capture(capture, KEY))
                .isInstanceOfSatisfying(
                        Reply.Refused.class,
                        refused -> assertThat(refused.code()).isEqualTo(FailureCode.CAPTURE_DECLINED));
        assertThat(sandbox.effects(capture.order(), "orderCapture")).isZero();
    }

    /** One of which more than one part may be taken. */
    private static JsonNode authorization(String amount) {
        ArrayNode transactions = Json.mapper().createArrayNode();
        transactions
                .addObject()
                .put("kind", "authorization")
                .put("gateway", "shopify_payments")
                .put("amount", amount)
                .put("multi_capturable", true);
        return transactions;
    }

    private static SystemFailure fails(PaymentGateway.Capture capture) {
        return catchThrowableOfType(SystemFailure.class, () -> gateway().capture(capture, KEY));
    }

    private static PaymentGateway gateway() {
        return sandbox.connector().payments();
    }

    private static OrderKey order() {
        return sandbox.take("orders_paid_two_lines_tax_discount", body -> body.put("financial_status", "authorized"));
    }

    private static PaymentGateway.Capture authorised(String amount) {
        OrderKey key = order();
        return new PaymentGateway.Capture(key, authorisation(key), usd(amount));
    }

    private static String authorisation(OrderKey key) {
        return sandbox.connector().orders().read(key).orElseThrow().order().authorisations().stream()
                .map(Tender::id)
                .findFirst()
                .orElseThrow();
    }

    private static Money usd(String amount) {
        return Money.of(amount, CurrencyCode.of("USD"));
    }
}
