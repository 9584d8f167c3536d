package io.throughline.connectors.messaging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Passage;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.HttpAnswers;
import io.throughline.domain.failure.RetryAfter;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.tracing.HttpSpan;
import io.throughline.wire.Exchange;
import io.throughline.wire.Unanswered;
import io.throughline.wire.Unreached;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Calls to the providers. Failures come out as {@link SystemFailure}; answers of 2xx and plain refusals (4xx) come back. */
final class Wire implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration USUAL_WAIT = Duration.ofSeconds(2);

    private final Exchange exchange;
    private final AccountId account;
    private final SystemGate gate;
    private final Duration timeout;

    Wire(AccountId account, SystemGate gate, Duration timeout) {
        this.account = account;
        this.gate = gate;
        this.timeout = timeout;
        exchange = new Exchange(timeout);
    }

    /** An answer that is neither a failure nor a limit. */
    record Answer(int status, String body, HttpResponse<byte[]> response) {
        boolean refused() {
            return status >= 400;
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    /** {@code sends}: the call may have sent a message where its answer is missing. */
    Answer call(String provider, HttpRequest.Builder request, boolean sends) {
        Passage.ask(gate, account);
        HttpResponse<byte[]> response = exchange(provider, request, sends);
        int status = response.statusCode();
        String said = provider + " answered " + status;
        HttpAnswers.require(said, status, sends, retryAfter(response));
        Answer answer = new Answer(status, new String(response.body(), StandardCharsets.UTF_8), response);
        if (sends && !answer.refused()) {
            CallSeries.changed();
        }
        return answer;
    }

    private HttpResponse<byte[]> exchange(String provider, HttpRequest.Builder request, boolean sends) {
        try (HttpSpan span = HttpSpan.of(provider, request)) {
            HttpResponse<byte[]> response = exchange.send(request, CallSeries.timeFor(timeout));
            span.answered(response.statusCode());
            return response;
        } catch (Unreached unreached) {
            throw SystemFailure.withoutEffect(
                    FailureCode.SYSTEM_UNREACHABLE, provider + " cannot be reached", unreached);
        } catch (Unanswered unanswered) {
            throw SystemFailure.of(
                    sends ? FailureCode.OUTCOME_UNKNOWN : FailureCode.SYSTEM_UNREACHABLE,
                    "no whole answer from " + provider,
                    sends,
                    unanswered);
        }
    }

    /** {@code sends} as in {@link #call}. */
    static JsonNode json(String provider, Answer answer, boolean sends) {
        try {
            JsonNode root = JSON.readTree(answer.body());
            if (root != null && root.isObject()) {
                return root;
            }
            throw SystemFailure.of(FailureCode.REPLY_UNREADABLE, provider + " answered without JSON", sends, null);
        } catch (JsonProcessingException unreadable) {
            throw SystemFailure.of(
                    FailureCode.REPLY_UNREADABLE,
                    provider + " answered with something else than JSON",
                    sends,
                    unreadable);
        }
    }

    static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("maps of texts can be written as JSON", impossible);
        }
    }

    private static Duration retryAfter(HttpResponse<byte[]> response) {
        return response.headers()
                .firstValue("Retry-After")
                .flatMap(RetryAfter::parse)
                .orElse(USUAL_WAIT);
    }

    @Override
    public void close() {
        exchange.close();
    }
}
