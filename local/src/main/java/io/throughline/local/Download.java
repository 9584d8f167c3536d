package io.throughline.local;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One file by HTTP, as a whole in memory. It ends by itself: with the file; when nothing has come for {@code silence}, wherever that
 * happens; and after {@code whole}, however steadily a slow line brings a little more.
 */
record Download(URI address, Duration silence, Duration whole) {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

    byte[] content() throws IOException {
        AtomicLong lastHeard = new AtomicLong(System.nanoTime());
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(CONNECT_TIMEOUT)
                .build()) {
            try {
                HttpResponse<byte[]> response = await(
                        client.sendAsync(
                                HttpRequest.newBuilder(address).build(),
                                answer -> new Heard(BodyHandlers.ofByteArray().apply(answer), lastHeard)),
                        lastHeard);
                if (response.statusCode() != 200) {
                    throw new IOException("HTTP status " + response.statusCode() + " from " + address);
                }
                return response.body();
            } finally {
                // Closing waits for what is still on its way.
                client.shutdownNow();
            }
        }
    }

    private HttpResponse<byte[]> await(CompletableFuture<HttpResponse<byte[]>> coming, AtomicLong lastHeard)
            throws IOException {
        long begun = System.nanoTime();
        try {
            while (true) {
                long now = System.nanoTime();
                long left = Math.min(silence.toNanos() - (now - lastHeard.get()), whole.toNanos() - (now - begun));
                if (left <= 0) {
                    throw new IOException(
                            now - begun >= whole.toNanos()
                                    ? address.getHost() + " needs longer than " + whole.toSeconds() + " s"
                                    : address.getHost() + " has sent nothing more for " + silence.toMillis() + " ms");
                }
                try {
                    return coming.get(left, TimeUnit.NANOSECONDS);
                } catch (TimeoutException _) {
                    // Perhaps more of it has come meanwhile: the next turn of the loop knows.
                }
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof ConnectException unreachable
                    ? new IOException("no connection to " + address.getHost(), unreachable)
                    : new IOException(address.getHost() + ": " + failed.getCause(), failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", stopped);
        }
    }

    /** Notes when something came. */
    private record Heard(BodySubscriber<byte[]> to, AtomicLong lastHeard) implements BodySubscriber<byte[]> {
        @Override
        public CompletionStage<byte[]> getBody() {
            return to.getBody();
        }

        @Override
        public void onSubscribe(Flow.Subscription subscription) {
            lastHeard.set(System.nanoTime());
            to.onSubscribe(subscription);
        }

        @Override
        public void onNext(List<ByteBuffer> part) {
            lastHeard.set(System.nanoTime());
            to.onNext(part);
        }

        @Override
        public void onError(Throwable failure) {
            to.onError(failure);
        }

        @Override
        public void onComplete() {
            to.onComplete();
        }
    }
}
