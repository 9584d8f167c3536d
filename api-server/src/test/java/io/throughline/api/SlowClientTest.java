package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.testing.DropwizardTestSupport;
import io.throughline.api.RawHttp.Reply;
import io.throughline.domain.access.Role;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Whoever begins a request and does not end it is told so, or is hung up on, and holds nothing of ours meanwhile. */
@TestInstance(Lifecycle.PER_CLASS)
final class SlowClientTest {
    private static final Duration NOT_IDLE = Duration.ofMillis(100);

    private final TestingApi api = TestingApi.get();
    private final DropwizardTestSupport<ApiConfiguration> server = api.impatient();
    private Map<String, String> before = Map.of();

    @BeforeAll
    void start() throws Exception {
        server.before();
        before = api.rows();
    }

    @AfterAll
    void stop() {
        server.after();
    }

    @AfterEach
    void nothingHasChanged() {
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void aHeadThatStopsIsHungUpOn() throws IOException {
        assertThat(http().fallSilent("POST /v1/orders HTTP/1.1\r\nHost: x\r\nX-A: ", false)
                        .status())
                .isIn(0, 408);
    }

    @Test
    void aHeadThatTricklesIsHungUpOn() throws IOException {
        assertThat(http().trickle("POST /v1/orders HTTP/1.1\r\nHost: x\r\n", "X-A: b\r\n", NOT_IDLE)
                        .status())
                .isIn(0, 408);
    }

    @Test
    void aSecondHeadThatTricklesIsHungUpOn() throws IOException {
        Reply reply = http().trickle(
                        "GET /health/live HTTP/1.1\r\nHost: x\r\n\r\nGET /health/live HTTP/1.1\r\nHost: x\r\n",
                        "X-A: b\r\n",
                        NOT_IDLE);

        assertThat(reply.status()).isEqualTo(200);
    }

    @Test
    void aBodyThatStopsIsAProblem() throws IOException {
        Reply reply = http().fallSilent(order(100, "{\"externalId\":"), false);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(408);
        BadInputTest.isProblem(reply);
    }

    @Test
    void aBodyThatTricklesIsAProblem() throws IOException {
        Reply reply = http().trickle(order(100_000, "{\"externalId\":\""), "x", NOT_IDLE);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(408);
        BadInputTest.isProblem(reply);
    }

    @Test
    void aWebhookThatTricklesIsAProblem() throws IOException {
        Reply reply = http().trickle(
                        "POST /webhooks/shopify HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 100000\r\n\r\n",
                        "x",
                        NOT_IDLE);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(408);
        BadInputTest.isProblem(reply);
    }

    @Test
    void aBodyShorterThanItSaysIsAProblem() throws IOException {
        Reply reply = http().fallSilent(order(100, "{}"), true);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        BadInputTest.isProblem(reply);
    }

    @Test
    void chunksWithoutAnEndAreAProblem() throws IOException {
        Reply reply = http().fallSilent(
                        order(0, "5\r\n{\"ext").replace("Content-Length: 0", "Transfer-Encoding: chunked"), true);

        assertThat(reply.status()).as(reply.toString()).isEqualTo(400);
        BadInputTest.isProblem(reply);
    }

    private RawHttp http() {
        return new RawHttp(server.getLocalPort());
    }

    private String order(int length, String body) {
        return "POST /v1/orders HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Authorization: Bearer " + api.key(Role.INTEGRATION) + "\r\nIdempotency-Key: " + UUID.randomUUID()
                + "\r\nContent-Length: " + length + "\r\n\r\n" + body;
    }
}
