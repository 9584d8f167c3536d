package io.throughline.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A call ends, whatever the other side does. */
@Timeout(30)
class ExchangeTest {
    private static final Duration LIMIT = Duration.ofMillis(400);
    private static final Duration PLENTY = Duration.ofSeconds(20);
    private static final String HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: ";

    private final Exchange exchange = new Exchange(Duration.ofSeconds(5), 1_000);
    private final CountDownLatch over = new CountDownLatch(1);
    private ServerSocket server;

    /** What the other side says once it has heard something. */
    private interface Speech {
        void to(OutputStream out) throws IOException, InterruptedException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        over.countDown();
        server.close();
        exchange.close();
    }

    @Test
    void aWholeAnswerComesBack() throws Exception {
        answer(out -> out.write((HEAD + "2\r\n\r\n{}").getBytes(StandardCharsets.US_ASCII)));

        HttpResponse<byte[]> response = exchange.send(request(), PLENTY);

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).asString().isEqualTo("{}");
    }

    @Test
    void silenceEndsAtTheLimit() {
        answer(out -> over.await());

        assertThatExceptionOfType(Unanswered.class).isThrownBy(() -> exchange.send(request(), LIMIT));
    }

    @Test
    void aBodyThatStopsInTheMiddleEndsAtTheLimit() {
        answer(out -> {
            out.write((HEAD + "100\r\n\r\n{\"half\":").getBytes(StandardCharsets.US_ASCII));
            out.flush();
            over.await();
        });

        assertThatExceptionOfType(Unanswered.class)
                .isThrownBy(() -> exchange.send(request(), LIMIT))
                .withMessageContaining("within 400 ms");
    }

    @Test
    void aBodyThatIsCutOffIsUnanswered() {
        answer(out -> out.write((HEAD + "100\r\n\r\n{").getBytes(StandardCharsets.US_ASCII)));

        assertThatExceptionOfType(Unanswered.class).isThrownBy(() -> exchange.send(request(), PLENTY));
    }

    @Test
    void aBodyThatIsTooLargeIsNotReadToItsEnd() {
        answer(out -> {
            out.write((HEAD + "1000000000\r\n\r\n" + "x".repeat(2_000)).getBytes(StandardCharsets.US_ASCII));
            out.flush();
            over.await();
        });

        assertThatExceptionOfType(Unanswered.class).isThrownBy(() -> exchange.send(request(), PLENTY));
    }

    @Test
    void nobodyIsUnreached() throws IOException {
        server.close();

        assertThatExceptionOfType(Unreached.class).isThrownBy(() -> exchange.send(request(), PLENTY));
    }

    @Test
    void aRedirectIsAnAnswer() throws Exception {
        answer(out -> out.write("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"
                .getBytes(StandardCharsets.US_ASCII)));

        assertThat(exchange.send(request(), PLENTY).statusCode()).isEqualTo(302);
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.getLocalPort() + "/"))
                .POST(HttpRequest.BodyPublishers.ofString("{}"));
    }

    private void answer(Speech speech) {
        Thread.startVirtualThread(() -> {
            try (Socket socket = server.accept()) {
                int heard = socket.getInputStream().read(new byte[1024]);
                if (heard > 0) {
                    speech.to(socket.getOutputStream());
                }
            } catch (IOException | InterruptedException gone) {
                // The caller has hung up.
            }
        });
    }
}
