package io.throughline.wire;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLHandshakeException;
import org.jspecify.annotations.Nullable;

/**
 * Sends one request and gives the whole answer. One time limit covers connection, headers and body, and a size limit the body; nothing
 * is repeated and no redirect is followed. Safe for many threads.
 */
public final class Exchange implements AutoCloseable {
    private static final int LARGEST_ANSWER_BYTES = 16 << 20;

    private final HttpClient client;
    private final int largestAnswerBytes;

    public Exchange(Duration connectTimeout) {
        this(connectTimeout, LARGEST_ANSWER_BYTES);
    }

    Exchange(Duration connectTimeout, int largestAnswerBytes) {
        this.largestAnswerBytes = largestAnswerBytes;
        // HTTP/1.1: one exchange a connection, so that a connection that breaks leaves one outcome unknown and not
        // many.
        client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(connectTimeout)
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    public HttpResponse<byte[]> send(HttpRequest.Builder request, Duration limit) throws Unreached, Unanswered {
        CompletableFuture<HttpResponse<byte[]>> exchange = client.sendAsync(
                request.timeout(limit).build(), BodyHandlers.limiting(BodyHandlers.ofByteArray(), largestAnswerBytes));
        try {
            // The request's own timeout ends with the headers; this one also bounds a body that never comes to its end.
            return exchange.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException failed) {
            throw failure(failed.getCause());
        } catch (TimeoutException late) {
            exchange.cancel(true);
            throw new Unanswered("no whole answer within " + limit.toMillis() + " ms", late);
        } catch (InterruptedException stopped) {
            exchange.cancel(true);
            Thread.currentThread().interrupt();
            throw new Unanswered("interrupted before the answer", stopped);
        }
    }

    private static Unanswered failure(@Nullable Throwable cause) throws Unreached {
        return switch (cause) {
            case HttpConnectTimeoutException unreachable -> throw new Unreached("no connection in time", unreachable);
            case ConnectException refused -> throw new Unreached("no connection: " + refused, refused);
            case SSLHandshakeException untrusted -> throw new Unreached("no trust: " + untrusted, untrusted);
            case HttpTimeoutException late -> new Unanswered("no answer in time", late);
            case IOException broken -> new Unanswered("the connection broke: " + broken.getMessage(), broken);
            case null, default -> new Unanswered("the call failed: " + cause, cause);
        };
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
