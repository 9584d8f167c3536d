package io.throughline.connectors.shopify.client;

import io.throughline.domain.effect.CallSeries;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.RetryAfter;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.tracing.HttpSpan;
import io.throughline.wire.Exchange;
import io.throughline.wire.Unanswered;
import io.throughline.wire.Unreached;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Sends one request and gives the whole answer, within one time limit for both; never repeats a request by itself. */
public final class Transport implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    private final Exchange exchange = new Exchange(CONNECT_TIMEOUT);

    Answer post(URI uri, Map<String, String> headers, byte[] body, Duration timeout, boolean changes) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        return send(request, uri, timeout, changes);
    }

    /** These bytes of a file that Shopify keeps elsewhere, or as many of them as there are. No token goes there. */
    Answer range(URI file, long first, long last, Duration timeout) {
        HttpRequest.Builder request = HttpRequest.newBuilder(file)
                .header("Range", "bytes=" + first + "-" + last)
                .GET();
        return send(request, file, timeout, false);
    }

    private Answer send(HttpRequest.Builder request, URI uri, Duration timeout, boolean changes) {
        try (HttpSpan span = HttpSpan.of("shopify", request)) {
            HttpResponse<byte[]> response = exchange.send(request, CallSeries.timeFor(timeout));
            span.answered(response.statusCode());
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (Unreached unreached) {
            throw SystemFailure.withoutEffect(
                    FailureCode.SYSTEM_UNREACHABLE,
                    uri.getHost() + " can't be reached: " + unreached.getMessage(),
                    unreached);
        } catch (Unanswered unanswered) {
            String message = uri.getHost() + " gave no answer: " + unanswered.getMessage();
            throw changes
                    ? SystemFailure.outcomeUnknown(FailureCode.OUTCOME_UNKNOWN, message, unanswered)
                    : SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, message, unanswered);
        }
    }

    @Override
    public void close() {
        exchange.close();
    }

    /** A complete answer. */
    @SuppressWarnings("ArrayRecordComponent") // The bytes are read once and never compared.
    record Answer(int status, Map<String, java.util.List<String>> headers, byte[] body) {
        Optional<String> header(String name) {
            return headers.entrySet().stream()
                    .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                    .flatMap(entry -> entry.getValue().stream())
                    .findFirst();
        }

        /** What the shop asks for, which it may write with a fraction. */
        Optional<Duration> retryAfter() {
            return header("Retry-After").flatMap(RetryAfter::parse);
        }
    }
}
