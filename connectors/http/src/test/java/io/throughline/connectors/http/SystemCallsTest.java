package io.throughline.connectors.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.account.TestingGate;
import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.tracing.SpanKind;
import io.throughline.domain.tracing.TestingSpans;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What becomes of a call, by what is answered. */
@Timeout(30)
class SystemCallsTest {
    private static final AccountId ACCOUNT = AccountId.of("depot");
    private static final Duration PLENTY = Duration.ofSeconds(10);

    private final AtomicInteger heard = new AtomicInteger();
    private final SystemCalls calls = SystemCalls.to("depot-kind", ACCOUNT, SystemGate.open(), PLENTY);
    private HttpServer server;
    private volatile int status;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        calls.close();
        server.stop(0);
    }

    @Test
    void whatIsAnsweredComesBack() {
        answers(201, "{\"id\":\"7\"}", "X-Message-Id", "m-1");

        Answer answer = calls.call(change(), true);

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.refused()).isFalse();
        assertThat(answer.header("x-message-id")).isEqualTo("m-1");
        assertThat(answer.header("x-other")).isEmpty();
        assertThat(answer.json().path("id").asText()).isEqualTo("7");
        assertThat(calls.callForJson(question(), false).body()).isEqualTo(answer.json());
    }

    @Test
    void aPlainRefusalIsAnAnswer() {
        answers(409, "{\"code\":\"TAKEN\"}", "X-None", "-");

        JsonAnswer answer = calls.callForJson(change(), true);

        assertThat(answer.refusedWith("TAKEN")).isTrue();
        assertThat(answer.refusedWith("OTHER")).isFalse();
        assertThat(answer.words()).isEqualTo("409 TAKEN");
    }

    @ParameterizedTest
    @CsvSource({
        "500, SYSTEM_ERROR, true",
        "408, SYSTEM_ERROR, true",
        "302, REPLY_UNREADABLE, true",
        "401, CREDENTIAL_REFUSED, false",
        "403, CREDENTIAL_REFUSED, false",
        "429, RATE_LIMITED, false"
    })
    void aStatusThatIsNoAnswerIsAFailure(int answered, FailureCode code, boolean effectPossible) {
        answers(answered, "{}", "X-None", "-");

        SystemFailure change = failure(() -> calls.call(change(), true));
        SystemFailure question = failure(() -> calls.call(question(), false));

        assertThat(change.code()).isEqualTo(code);
        assertThat(change.effectPossible()).isEqualTo(effectPossible);
        assertThat(change).hasMessage("depot answered " + answered);
        assertThat(question.code()).isEqualTo(code);
        assertThat(question.effectPossible()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"'<html>', 200", "'[]', 200", "'', 200", "'<html>', 404"})
    void whatIsNoObjectIsUnreadable(String text, int answered) {
        answers(answered, text, "X-None", "-");

        SystemFailure change = failure(() -> calls.callForJson(change(), true));

        assertThat(change.code()).isEqualTo(FailureCode.REPLY_UNREADABLE);
        assertThat(change.effectPossible()).isTrue();
        assertThat(failure(() -> calls.callForJson(question(), false)).effectPossible())
                .isFalse();
    }

    @Test
    void whoeverIsLimitedStaysAwayAsLongAsHeIsTold() {
        answers(429, "{}", "Retry-After", "9");
        assertThat(failure(() -> calls.call(question(), false)).retryAfter()).contains(Duration.ofSeconds(9));
    }

    @Test
    void whoeverIsLimitedWithoutAWordStaysAwayForAMoment() {
        answers(429, "{}", "X-None", "-");
        assertThat(failure(() -> calls.call(question(), false)).retryAfter()).contains(Duration.ofSeconds(2));
    }

    @Test
    void silenceLeavesAChangeUnknown() {
        CountDownLatch over = new CountDownLatch(1);
        server.createContext("/", exchange -> awaited(over));
        try (SystemCalls hasty = SystemCalls.to("depot-kind", ACCOUNT, SystemGate.open(), Duration.ofMillis(200))) {
            SystemFailure change = failure(() -> hasty.call(change(), true));
            SystemFailure question = failure(() -> hasty.call(question(), false));

            assertThat(change.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
            assertThat(change.effectPossible()).isTrue();
            assertThat(question.code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
            assertThat(question.effectPossible()).isFalse();
        } finally {
            over.countDown();
        }
    }

    @Test
    void whereNobodyIsNothingWasDone() {
        server.stop(0);

        SystemFailure failure = failure(() -> calls.call(change(), true));

        assertThat(failure.code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
        assertThat(failure.effectPossible()).isFalse();
        assertThat(failure).hasMessage("depot cannot be reached");
    }

    @Test
    void nothingPassesAClosedGate() {
        answers(200, "{}", "X-None", "-");
        TestingGate gate = new TestingGate().pause(ACCOUNT);
        try (SystemCalls paused = SystemCalls.toOneOf(ACCOUNT, "the depot's mail", gate, PLENTY)) {
            assertThat(failure(() -> paused.call(change(), true)).code()).isEqualTo(FailureCode.SYSTEM_PAUSED);
        }
        assertThat(heard).hasValue(0);
    }

    @Test
    void whatFailsAfterAChangeLeavesTheOutcomeUnknown() {
        answers(200, "{}", "X-None", "-");

        SystemFailure failure = failure(() -> CallSeries.within(PLENTY, () -> {
            calls.call(change(), true);
            status = 401;
            return calls.call(change(), true);
        }));

        assertThat(failure.code()).isEqualTo(FailureCode.CREDENTIAL_REFUSED);
        assertThat(failure.effectPossible()).isTrue();
    }

    @Test
    void aRefusalHasChangedNothing() {
        answers(409, "{}", "X-None", "-");

        SystemFailure failure = failure(() -> CallSeries.within(PLENTY, () -> {
            calls.call(change(), true);
            status = 401;
            return calls.call(change(), true);
        }));

        assertThat(failure.effectPossible()).isFalse();
    }

    @Test
    void aCallIsASpanByTheKindOfItsSystem() {
        answers(200, "{}", "X-None", "-");
        TestingSpans spans = new TestingSpans();

        spans.tracer().begin("step", SpanKind.INTERNAL, Optional.empty(), () -> calls.call(question(), false));

        assertThat(spans.named("depot-kind").parentSpanId())
                .contains(spans.named("step").self().spanId());
    }

    private void answers(int first, String text, String header, String value) {
        status = first;
        server.createContext("/", exchange -> {
            heard.incrementAndGet();
            byte[] body = text.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set(header, value);
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest.Builder question() {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))
                .GET();
    }

    private HttpRequest.Builder change() {
        return question().POST(BodyPublishers.ofString("{}"));
    }

    private static SystemFailure failure(ThrowingCallable call) {
        SystemFailure failure = catchThrowableOfType(SystemFailure.class, call);
        assertThat(failure).isNotNull();
        return failure;
    }
}
