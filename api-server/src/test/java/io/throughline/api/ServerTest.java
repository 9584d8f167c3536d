package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.api.TestingApi.Answer;
import io.throughline.domain.access.Role;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** What holds for the server as a whole. */
final class ServerTest {
    private final TestingApi api = TestingApi.get();

    /** What the tests of refused requests rely on. */
    @Test
    void aRowThatIsChangedIsSeenAsWellAsOneThatIsAdded() {
        Map<String, String> before = api.rows();
        String key = api.query("select min(id) from api_key").orElseThrow();

        api.query("update api_key set owner = owner || ' the second' where id = '" + key + "' returning id");
        assertThat(api.rows()).isNotEqualTo(before);
        api.query("update api_key set owner = replace(owner, ' the second', '') where id = '" + key + "' returning id");
    }

    @Test
    void isLiveAndReadyWithoutTemporal() {
        assertThat(api.send(api.to("/health/live").GET()).text("/status")).isEqualTo("UP");
        assertThat(api.send(api.to("/health/ready").GET()).text("/status")).isEqualTo("UP");
        assertThat(api.send(HttpRequest.newBuilder(api.admin("/healthcheck"))).status())
                .isEqualTo(200);
    }

    @Test
    void isLiveButNotReadyWhileTheDatabaseIsAway() {
        api.execute("create role wanderer superuser login");
        try (TestingApi.Another other = api.with(api.databaseAs("wanderer"))) {
            assertThat(api.status(other.at("/health/ready"))).isEqualTo(200);

            api.execute("alter role wanderer nologin");
            api.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'wanderer'");
            assertThat(api.status(other.at("/health/ready"))).isEqualTo(503);
            assertThat(api.status(other.at("/health/live"))).isEqualTo(200);

            api.execute("alter role wanderer login");
            // The pool tries again to connect when it likes.
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> api.status(other.at("/health/ready")) == 200);
        }
        api.execute("drop role wanderer");
    }

    @Test
    void measuresByRouteAndNeverById() {
        api.get("/v1/orders/O-0000000000", Role.VIEWER);

        String metrics = api.send(HttpRequest.newBuilder(api.admin("/metrics"))).body();
        assertThat(metrics)
                .contains("throughline_http_requests_seconds_count{method=\"GET\",process=\"api-server\","
                        + "route=\"/v1/orders/{id}\",status=\"404\"}")
                .contains("jvm_memory_used_bytes")
                .doesNotContain("O-0000000000");
    }

    @Test
    void theAdministratorsPortIsNotTheClients() {
        assertThat(api.send(api.to("/metrics").GET()).status()).isEqualTo(404);
        assertThat(api.send(api.to("/healthcheck").GET()).status()).isEqualTo(404);
        assertThat(api.send(api.to("/tasks/log-level").POST(HttpRequest.BodyPublishers.noBody()))
                        .status())
                .isIn(404, 415);
    }

    @Test
    void everyAnswerForbidsCachingSniffingAndFraming() {
        for (String path : new String[] {"/", "/openapi.json", "/health/live", "/v1/orders", "/nowhere"}) {
            Answer answer = api.get(path, Role.VIEWER);

            assertThat(answer.header("Cache-Control")).as(path).isEqualTo("no-store");
            assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(answer.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "frame-ancestors 'none'");
            assertThat(answer.header("Server")).isEmpty();
        }
    }

    @Test
    void hasAPlainPageForPeople() {
        Answer page = api.send(api.to("/").GET());

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=utf-8");
        assertThat(page.body())
                .contains("href=\"/openapi.json\"", "/namespaces/default/workflows", "/v1/cases")
                .doesNotContain("<script");
    }

    @Test
    void headIsAnsweredLikeGetWithoutABody() {
        Answer head = api.send(api.to("/v1/orders", Role.VIEWER).method("HEAD", HttpRequest.BodyPublishers.noBody()));

        assertThat(head.status()).isEqualTo(200);
        assertThat(head.body()).isEmpty();
    }
}
