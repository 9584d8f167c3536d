package io.throughline.connectors.carrier;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.domain.account.Passage;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.HttpAnswers;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.tracing.HttpSpan;
import io.throughline.wire.Exchange;
import io.throughline.wire.Unanswered;
import io.throughline.wire.Unreached;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Calls to one account. Failures come out as {@link SystemFailure}; answers of 2xx and plain refusals (4xx) come back. */
final class CarrierWire implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration USUAL_WAIT = Duration.ofSeconds(2);

    private final CarrierConfig config;
    private final SystemGate gate;
    private final Exchange exchange;

    CarrierWire(CarrierConfig config, SystemGate gate) {
        this.config = config;
        this.gate = gate;
        this.exchange = new Exchange(config.timeout());
    }

    /** An answer that is neither a failure nor a limit. */
    record Answer(int status, JsonNode body) {
        boolean refused() {
            return status >= 400;
        }

        String words() {
            return status + " " + body.path("code").asText("");
        }
    }

    Answer get(String path) {
        return call(request(path).GET(), false);
    }

    /** {@code changes}: the call may have had its effect where its answer is missing. */
    Answer send(String method, String path, JsonNode body, boolean changes) {
        return call(
                request(path)
                        .header("Content-Type", "application/json")
                        .method(method, BodyPublishers.ofString(body.toString())),
                changes);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(config.baseUrl() + path))
                .header("Authorization", "Bearer " + config.apiKey());
    }

    private Answer call(HttpRequest.Builder request, boolean changes) {
        Passage.ask(gate, config.account());
        HttpResponse<byte[]> response = exchange(request, changes);
        int status = response.statusCode();
        String said = config.account() + " answered " + status;
        HttpAnswers.require(said, status, changes, USUAL_WAIT);
        Answer answer = new Answer(status, json(response, changes));
        if (changes && !answer.refused()) {
            CallSeries.changed();
        }
        return answer;
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request, boolean changes) {
        try (HttpSpan span = HttpSpan.of("carrier", request)) {
            HttpResponse<byte[]> response = exchange.send(request, CallSeries.timeFor(config.timeout()));
            span.answered(response.statusCode());
            return response;
        } catch (Unreached unreached) {
            throw SystemFailure.withoutEffect(
                    FailureCode.SYSTEM_UNREACHABLE, config.account() + " cannot be reached", unreached);
        } catch (Unanswered unanswered) {
            throw SystemFailure.of(
                    changes ? FailureCode.OUTCOME_UNKNOWN : FailureCode.SYSTEM_UNREACHABLE,
                    "no whole answer from " + config.account(),
                    changes,
                    unanswered);
        }
    }

    private JsonNode json(HttpResponse<byte[]> response, boolean changes) {
        try {
            JsonNode root = JSON.readTree(new String(response.body(), java.nio.charset.StandardCharsets.UTF_8));
            if (root != null && root.isObject()) {
                return root;
            }
            throw SystemFailure.of(
                    FailureCode.REPLY_UNREADABLE, config.account() + " answered without JSON", changes, null);
        } catch (JsonProcessingException unreadable) {
            throw SystemFailure.of(
                    FailureCode.REPLY_UNREADABLE,
                    config.account() + " answered with something else than JSON",
                    changes,
                    unreadable);
        }
    }

    @Override
    public void close() {
        exchange.close();
    }
}
