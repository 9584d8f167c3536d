package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.throughline.api.RawHttp.Reply;
import io.throughline.domain.access.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a request: a problem document with a status of 4xx, and nothing has changed. */
final class BadInputTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final TestingApi api = TestingApi.get();
    private final RawHttp http = new RawHttp(api.port());

    static List<BadInput> inputs() {
        return BadInput.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("inputs")
    void isRefusedWithAProblem(BadInput input) throws IOException {
        Map<String, String> before = api.rows();

        Reply reply = http.say(input.head(api), input.wireBody());

        assertThat(input.statuses()).as(reply.toString()).contains(reply.status());
        isProblem(input, reply);
        assertThat(reply.body()).contains(input.tells());
        api.promised()
                .check(
                        input.method(),
                        input.path().replaceAll("\\?.*", ""),
                        reply.status(),
                        reply.header("Content-Type"),
                        reply.body());
        assertThat(api.rows()).isEqualTo(before);
    }

    @Test
    void theGoodOrderThatTheyWereMadeOfIsTaken() {
        String order = SampleSubmissions.shipped("THE-GOOD-ORDER");

        assertThat(api.postOnce("/v1/orders", Role.INTEGRATION, "the-good-order", order)
                        .status())
                .isEqualTo(202);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            two lengths           | POST /v1/orders HTTP/1.1~Host: x~Content-Length: 2~Content-Length: 3~~{}x
            length and chunks     | POST /v1/orders HTTP/1.1~Host: x~Content-Length: 2~Transfer-Encoding: chunked~~0~~
            negative length       | POST /v1/orders HTTP/1.1~Host: x~Content-Length: -1~~
            length of no number   | POST /v1/orders HTTP/1.1~Host: x~Content-Length: two~~
            broken chunk          | POST /v1/orders HTTP/1.1~Host: x~Transfer-Encoding: chunked~~zz~{}~
            unknown transfer      | POST /v1/orders HTTP/1.1~Host: x~Transfer-Encoding: rot13~~{}
            no host               | GET /v1/orders HTTP/1.1~~
            two hosts             | GET /v1/orders HTTP/1.1~Host: x~Host: y~~
            blank in a name       | GET /v1/orders HTTP/1.1~Host: x~Bad Name: y~~
            folded header         | GET /v1/orders HTTP/1.1~Host: x~X-A: y~ z~~
            no protocol           | GET /v1/orders~~
            unknown protocol      | GET /v1/orders HTTP/9.9~Host: x~~
            no address            | GET HTTP/1.1~Host: x~~
            not HTTP at all       | Lorem ipsum dolor sit amet~~
            """)
    void aMessageThatIsNoHttpIsRefused(String name, String message) throws IOException {
        Map<String, String> before = api.rows();

        Reply reply = http.say(message.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1), new byte[0]);

        assertThat(reply.status()).as(reply.toString()).isBetween(400, 499);
        isProblem(reply);
        assertThat(api.rows()).isEqualTo(before);
    }

    private static void isProblem(BadInput input, Reply reply) throws IOException {
        if (input.isHead()) {
            assertThat(reply.body()).isEmpty();
            isProblemsHead(reply);
        } else {
            isProblem(reply);
        }
    }

    private static void isProblemsHead(Reply reply) {
        assertThat(reply.header("Content-Type")).as(reply.toString()).startsWith("application/problem+json");
        assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(reply.header("Cache-Control")).contains("no-store");
        assertThat(reply.header("Server")).isEmpty();
    }

    static void isProblem(Reply reply) throws IOException {
        isProblemsHead(reply);
        JsonNode problem = JSON.readTree(reply.body());
        assertThat(problem.path("status").asInt()).isEqualTo(reply.status());
        assertThat(problem.path("type").asText()).startsWith("urn:throughline:problem:");
        assertThat(problem.path("title").asText()).isNotEmpty();
        assertThat(reply.body())
                .doesNotContain("Exception")
                .doesNotContain("Jetty")
                .doesNotContain("io.throughline")
                .doesNotContain("com.fasterxml");
    }
}
