package io.throughline.connectors.shopify.client;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/** Sends one request and gives the whole answer, within one time limit for both; never repeats a request by itself. */
public final class Transport implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
    private static final long LARGEST_ANSWER_BYTES = 16L * 1024 * 1024;

    // HTTP/1.1: one exchange a connection, so that a connection that breaks leaves one outcome unknown and not many.
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    Answer post(URI uri, Map<String, String> headers, byte[] body, Duration timeout, boolean changes) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(timeout)
                .header("Content-Type", "application/json")
                .header("Accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers.forEach(request::header);
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(
                request.build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), LARGEST_ANSWER_BYTES));
        try {
            // The request's own timeout ends with the headers; this one also bounds a body that never comes to its end.
            HttpResponse<byte[]> response = exchange.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(response.statusCode(), response.headers().map(), response.body());
        } catch (ExecutionException failed) {
            throw failure(uri, failed.getCause(), changes);
        } catch (TimeoutException late) {
            exchange.cancel(true);
            throw lost(uri, "did not answer within " + timeout.toMillis() + " ms", late, changes);
        } catch (InterruptedException stopped) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw lost(uri, "was not waited for: interrupted", stopped, changes);
        }
    }

    private static SystemFailure failure(URI uri, @Nullable Throwable cause, boolean changes) {
        return switch (cause) {
            case HttpConnectTimeoutException unreachable -> unreachable(uri, unreachable);
            case ConnectException refused -> unreachable(uri, refused);
            case SSLHandshakeException untrusted -> unreachable(uri, untrusted);
            case HttpTimeoutException late -> lost(uri, "did not answer in time", late, changes);
            case IOException broken -> lost(uri, "broke the connection: " + broken.getMessage(), broken, changes);
            case null, default -> lost(uri, "could not be called: " + cause, cause, changes);
        };
    }

    private static SystemFailure unreachable(URI uri, Throwable cause) {
        return SystemFailure.withoutEffect(
                FailureCode.SYSTEM_UNREACHABLE, uri.getHost() + " can't be reached: " + cause, cause);
    }

    private static SystemFailure lost(URI uri, String what, @Nullable Throwable cause, boolean changes) {
        String message = uri.getHost() + " " + what;
        return changes
                ? SystemFailure.outcomeUnknown(FailureCode.OUTCOME_UNKNOWN, message, cause)
                : SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, message, cause);
    }

    @Override
    public void close() {
        client.shutdownNow();
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

        /** Retry-After in seconds, as Shopify writes it (with a fraction). */
        Optional<Duration> retryAfter() {
            return header("Retry-After").flatMap(Answer::seconds);
        }

        private static Optional<Duration> seconds(String text) {
            try {
                double seconds = Double.parseDouble(text.strip());
                return seconds >= 0 && seconds <= 86_400
                        ? Optional.of(Duration.ofMillis(Math.round(seconds * 1000)))
                        : Optional.empty();
            } catch (NumberFormatException notSeconds) {
                return Optional.empty();
            }
        }
    }
}
