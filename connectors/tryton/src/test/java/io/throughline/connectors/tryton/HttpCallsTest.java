package io.throughline.connectors.tryton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpServer;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No call lasts longer than it may, and none fills our memory. */
@Timeout(60)
class HttpCallsTest {
    private final CountDownLatch over = new CountDownLatch(1);
    private HttpServer server;

    @BeforeEach
    void listen() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
    }

    @Test
    void aChangeWhoseAnswerStopsInTheMiddleHasAnUnknownOutcome() {
        stall();

        SystemFailure failure = failure(Duration.ofMillis(300), Intent.CHANGE);

        assertThat(failure.code()).isEqualTo(FailureCode.OUTCOME_UNKNOWN);
        assertThat(failure.effectPossible()).isTrue();
    }

    @Test
    void aReadingWhoseAnswerStopsInTheMiddleChangedNothing() {
        stall();

        SystemFailure failure = failure(Duration.ofMillis(300), Intent.READ);

        assertThat(failure.code()).isEqualTo(FailureCode.SYSTEM_UNREACHABLE);
        assertThat(failure.effectPossible()).isFalse();
    }

    @Test
    void aPackedAnswerIsUnpackedOnlySoFar() throws IOException {
        byte[] bomb = zeros(80 << 20);
        server.createContext("/northwind/rpc/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bomb.length);
            exchange.getResponseBody().write(bomb);
            exchange.close();
        });

        SystemFailure failure = failure(Duration.ofSeconds(30), Intent.CHANGE);

        assertThat(failure.code()).isEqualTo(FailureCode.REPLY_UNREADABLE);
        assertThat(failure.effectPossible()).isTrue();
    }

    private void stall() {
        server.createContext("/northwind/rpc/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, 100);
            exchange.getResponseBody().write("{\"result\":".getBytes(StandardCharsets.US_ASCII));
            exchange.getResponseBody().flush();
            try {
                over.await();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
            exchange.close();
        });
    }

    private SystemFailure failure(Duration timeout, Intent intent) {
        HttpCalls calls = new HttpCalls(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "northwind", timeout);
        return catchThrowableOfType(SystemFailure.class, () -> calls.post("rpc/", "{}", intent));
    }

    private static byte[] zeros(int size) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            byte[] block = new byte[1 << 20];
            for (int written = 0; written < size; written += block.length) {
                gzip.write(block);
            }
        }
        return packed.toByteArray();
    }
}
