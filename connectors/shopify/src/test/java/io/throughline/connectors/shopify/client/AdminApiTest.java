package io.throughline.connectors.shopify.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.throughline.domain.account.TestingGate;
import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.failure.ClosedDoor;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class AdminApiTest {
    private static final String DONE = "{\"data\":{\"job\":{\"id\":\"gid://shopify/Job/1\",\"done\":true}}}";
    private static final String VOIDED =
            "{\"data\":{\"orderCapture\":{\"transaction\":{\"id\":\"gid://shopify/OrderTransaction/2\"},\"userErrors\":[]}}}";
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");

    private final TestingShop shop = new TestingShop();
    private final Transport transport = new Transport();
    private final SettableClock clock = new SettableClock();
    private final AdminApi api = new AdminApi(shop.config(), transport, clock);

    @AfterEach
    void close() {
        transport.close();
        shop.close();
    }

    @Test
    void theDataOfAnAnswerIsGiven() {
        shop.answer(200, DONE);

        assertThat(read().job()).contains(new Job("gid://shopify/Job/1", true));
        assertThat(shop.requests())
                .singleElement()
                .satisfies(request -> assertThat(request)
                        .startsWith("token-1 ")
                        .contains("query JobRead")
                        .contains("\"id\":\"gid://shopify/Job/1\""));
    }

    @Test
    void aPausedShopIsAskedNothing() {
        AdminApi paused = new AdminApi(
                shop.config(), transport, new TestingGate().pause(shop.config().account()), clock);

        assertThatThrownBy(() -> read(paused))
                .isInstanceOfSatisfying(
                        SystemFailure.class, held -> assertThat(held.code()).isEqualTo(FailureCode.SYSTEM_PAUSED));
        assertThat(shop.requests()).isEmpty();
        assertThat(shop.tokensGiven()).isZero();
    }

    @Test
    void oneTokenServesADayAndIsRenewedBeforeItEnds() {
        shop.answer(200, DONE).answer(200, DONE).answer(200, DONE);

        read();
        clock.now = NOON.plus(Duration.ofHours(20));
        read();
        assertThat(shop.tokensGiven()).isEqualTo(1);
        clock.now = NOON.plus(Duration.ofHours(23)).plus(Duration.ofMinutes(50));
        read();

        assertThat(shop.tokensGiven()).isEqualTo(2);
    }

    @Test
    void whileNoNewTokenIsGivenTheOldOneServesUntilItEnds() {
        AtomicInteger asked = new AtomicInteger();
        shop.answer(200, DONE).answer(200, DONE).answer(200, DONE).answer(200, DONE);
        read();
        shop.answerTokensWith(exchange -> {
            asked.incrementAndGet();
            TestingShop.send(exchange, 503, "");
        });

        clock.now = NOON.plus(Duration.ofHours(23)).plus(Duration.ofMinutes(50));
        read();
        read();
        assertThat(asked).as("once a minute").hasValue(1);
        clock.now = clock.now.plus(Duration.ofMinutes(1));
        read();
        assertThat(asked).hasValue(2);
        assertThat(shop.requests())
                .hasSize(4)
                .allSatisfy(request -> assertThat(request).startsWith("token-1 "));

        clock.now = NOON.plus(Duration.ofHours(24));
        assertThat(readFails().code()).isEqualTo(FailureCode.SYSTEM_ERROR);
        assertThat(shop.requests()).hasSize(4);
    }

    @Test
    void callersThatComeTogetherShareOneTokenRequest() throws Exception {
        IntStream.range(0, 20).forEach(call -> shop.answer(200, DONE));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<Jobs>> calls = IntStream.range(0, 20)
                    .<Callable<Jobs>>mapToObj(call -> this::read)
                    .toList();
            for (Future<Jobs> call : threads.invokeAll(calls)) {
                assertThat(call.get().job()).isPresent();
            }
        }

        assertThat(shop.tokensGiven()).isEqualTo(1);
    }

    @Test
    void aRefusedTokenIsRenewedOnceAndTheCallRepeated() {
        shop.answer(401, "{\"errors\":\"[API] Invalid API key or access token\"}")
                .answer(200, VOIDED);

        change();

        assertThat(shop.requests()).hasSize(2).last().asString().startsWith("token-2 ");
    }

    @Test
    void aFreshTokenThatIsRefusedTooIsACredentialRefused() {
        shop.answer(401, "").answer(401, "");

        SystemFailure failure = changeFails();

        assertThat(failure.code()).isEqualTo(FailureCode.CREDENTIAL_REFUSED);
        assertThat(failure.effectPossible()).isFalse();
    }

    @Test
    void credentialsThatAreRefusedAreSaidWithoutTheirSecret() {
        shop.answerTokensWith(exchange -> TestingShop.send(exchange, 400, "{\"error\":\"invalid_client\"}"));

        SystemFailure failure = changeFails();

        assertThat(failure.code()).isEqualTo(FailureCode.CREDENTIAL_REFUSED);
        assertThat(failure.effectPossible()).isFalse();
        assertThat(failure.getMessage()).doesNotContain("synthetic-app-secret");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 429})
    void aThrottledCallIsToldHowLongToWait(int status) {
        shop.answer(
                status,
                "{\"errors\":[{\"message\":\"Throttled\",\"extensions\":{\"code\":\"THROTTLED\"}}],"
                        + TestingShop.COST.formatted(752, 52) + "}");

        SystemFailure failure = changeFails();

        assertThat(failure.code()).isEqualTo(FailureCode.RATE_LIMITED);
        assertThat(failure.retryAfter()).contains(Duration.ofSeconds(14));
        assertThat(failure.effectPossible()).isFalse();
    }

    @Test
    void aCallThatTheBucketCannotPayForIsNotSent() {
        shop.answer(200, VOIDED.replaceFirst("}$", "," + TestingShop.COST.formatted(10, 4) + "}"));
        change();

        SystemFailure failure = changeFails();

        assertThat(failure.retryAfter()).contains(Duration.ofMillis(120));
        assertThat(shop.requests()).hasSize(1);

        clock.now = clock.now.plusMillis(120);
        shop.answer(200, VOIDED);
        change();
        assertThat(shop.requests()).hasSize(2);
    }

    @Test
    void allCallsOfASeriesEndWithIt() {
        shop.answer(200, VOIDED).answer(shop.hang());
        long began = System.nanoTime();

        SystemFailure failure = catchThrowableOfType(
                SystemFailure.class,
                () -> CallSeries.within(Duration.ofSeconds(1), () -> {
                    change();
                    return read();
                }));

        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
        assertThat(failure.effectPossible()).as("the change was made").isTrue();
    }

    @Test
    void aPlain429WaitsAsItIsTold() {
        shop.answer(exchange -> {
            exchange.getResponseHeaders().set("Retry-After", "2.5");
            TestingShop.send(exchange, 429, "slow down");
        });

        assertThat(changeFails().retryAfter()).contains(Duration.ofMillis(2500));
    }

    @ParameterizedTest
    @ValueSource(ints = {500, 502, 503, 504})
    void aServerErrorLeavesAChangeUnknownAndAReadingNot(int status) {
        shop.answer(status, "<html>Bad Gateway</html>").answer(status, "");

        assertThat(changeFails().effectPossible()).isTrue();
        SystemFailure reading = readFails();
        assertThat(reading.code()).isEqualTo(FailureCode.SYSTEM_ERROR);
        assertThat(reading.effectPossible()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "402, SYSTEM_UNREACHABLE",
        "403, CREDENTIAL_REFUSED",
        "404, SYSTEM_UNREACHABLE",
        "423, SYSTEM_UNREACHABLE",
        "400, INTERNAL_ERROR"
    })
    void aRefusalByHttpHasNoEffect(int status, FailureCode code) {
        shop.answer(status, "{\"errors\":\"no\"}");

        SystemFailure failure = changeFails();

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.effectPossible()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>ok</html>",
                "null",
                "[]",
                "{}",
                "{\"data\":null}",
                "{\"data\":{}}",
                "{\"data\": {\"tra"
            })
    void anAnswerThatCannotBeReadLeavesAChangeUnknown(String body) {
        shop.answer(200, body).answer(200, body.isEmpty() ? body : body + " ");

        SystemFailure changing = changeFails();
        assertThat(changing.code()).isEqualTo(FailureCode.REPLY_UNREADABLE);
        assertThat(changing.effectPossible()).isTrue();
    }

    @Test
    void aReadingThatCannotBeReadHasNoEffect() {
        shop.answer(200, "<html>");

        SystemFailure failure = readFails();

        assertThat(failure.code()).isEqualTo(FailureCode.REPLY_UNREADABLE);
        assertThat(failure.effectPossible()).isFalse();
    }

    @Test
    void aBodyThatBreaksOffLeavesAChangeUnknown() {
        shop.answer(TestingShop.truncated(VOIDED)).answer(TestingShop.truncated(DONE));

        assertThat(changeFails().effectPossible()).isTrue();
        assertThat(readFails().effectPossible()).isFalse();
    }

    @Test
    void anAnswerThatNeverComesIsATimeout() {
        AdminApi hasty = new AdminApi(shop.config().withTimeout(Duration.ofMillis(400)), transport, clock);
        shop.answer(shop.hang()).answer(shop.hang());

        SystemFailure change = catchThrowableOfType(SystemFailure.class, () -> change(hasty));
        SystemFailure reading = catchThrowableOfType(SystemFailure.class, () -> read(hasty));

        assertThat(change.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
        assertThat(change.effectPossible()).isTrue();
        assertThat(reading.code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
        assertThat(reading.effectPossible()).isFalse();
    }

    @Test
    void aBodyThatNeverEndsIsATimeoutToo() {
        AdminApi hasty = new AdminApi(shop.config().withTimeout(Duration.ofMillis(400)), transport, clock);
        shop.answer(exchange -> {
            exchange.sendResponseHeaders(200, 1000);
            exchange.getResponseBody().write('{');
            exchange.getResponseBody().flush();
            shop.hang().give(exchange);
        });

        SystemFailure change = catchThrowableOfType(SystemFailure.class, () -> change(hasty));

        assertThat(change.effectPossible()).isTrue();
    }

    @Test
    void aRefusedConnectionHasNoEffect() {
        AdminApi nobody = new AdminApi(shop.config().withBaseUrl(ClosedDoor.uri()), transport, clock);

        SystemFailure failure = catchThrowableOfType(SystemFailure.class, () -> change(nobody));

        assertThat(failure.code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
        assertThat(failure.effectPossible()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_COST_EXCEEDED, INTERNAL_ERROR, false",
        "undefinedField, INTERNAL_ERROR, false",
        "BAD_REQUEST, INTERNAL_ERROR, false",
        "ACCESS_DENIED, CREDENTIAL_REFUSED, false",
        "INTERNAL_SERVER_ERROR, SYSTEM_ERROR, true",
        "SOMETHING_NEW, SYSTEM_ERROR, true"
    })
    void topLevelErrorsSayWhetherAnythingMayHaveChanged(String code, FailureCode expected, boolean effectPossible) {
        shop.answer(200, "{\"errors\":[{\"message\":\"no\",\"extensions\":{\"code\":\"" + code + "\"}}]}");

        SystemFailure failure = changeFails();

        assertThat(failure.code()).isEqualTo(expected);
        assertThat(failure.effectPossible()).isEqualTo(effectPossible);
    }

    @Test
    void dataBesideErrorsIsNotTrusted() {
        shop.answer(200, "{\"data\":{\"orderCapture\":null},\"errors\":[{\"message\":\"oops\",\"extensions\":{}}]}");

        assertThat(changeFails().effectPossible()).isTrue();
    }

    @Test
    void anotherVersionIsServedAllTheSame() {
        shop.answer(exchange -> {
            exchange.getResponseHeaders().set("X-Shopify-API-Version", "2027-01");
            TestingShop.send(exchange, 200, DONE);
        });

        assertThat(read().job()).isPresent();
    }

    private Jobs read() {
        return read(api);
    }

    private static Jobs read(AdminApi by) {
        return by.call(Operation.JOB_READ, Map.of("id", "gid://shopify/Job/1"), Jobs.class);
    }

    private void change() {
        change(api);
    }

    private static void change(AdminApi by) {
        by.call(Operation.ORDER_CAPTURE, Map.of("input", Map.of()), Captures.class);
    }

    private SystemFailure changeFails() {
        return catchThrowableOfType(SystemFailure.class, this::change);
    }

    private SystemFailure readFails() {
        return catchThrowableOfType(SystemFailure.class, this::read);
    }

    private record Jobs(Optional<Job> job) {}

    private record Job(String id, boolean done) {}

    private record Captures(Answered orderCapture) {}

    private record Answered(List<UserError> userErrors) {}

    private static final class SettableClock extends Clock {
        private volatile Instant now = NOON;

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneOffset getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(java.time.ZoneId zone) {
            return this;
        }
    }
}
