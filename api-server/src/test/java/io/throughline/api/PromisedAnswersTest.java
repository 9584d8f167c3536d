package io.throughline.api;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** That an answer which the document does not promise is noticed: every test of the API relies on it. */
final class PromisedAnswersTest {
    private final PromisedAnswers promised = TestingApi.get().promised();

    @Test
    void whatIsPromisedPasses() {
        assertThatCode(() -> promised.check("GET", "/health/live", 200, "application/json", "{\"status\":\"UP\"}"))
                .doesNotThrowAnyException();
        assertThatCode(() -> promised.check("HEAD", "/health/live", 200, "application/json", ""))
                .doesNotThrowAnyException();
        assertThatCode(() -> promised.check("DELETE", "/v1/keys/0a1B2c3D", 204, "", ""))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            another status      | GET /health/live     | 201 | application/json         | {"status":"UP"}
            another media type  | GET /health/live     | 200 | text/plain               | {"status":"UP"}
            another type        | GET /health/live     | 200 | application/json         | {"status":1}
            something missing   | GET /health/live     | 200 | application/json         | {}
            something more      | GET /health/live     | 200 | application/json         | {"status":"UP","since":"noon"}
            more deep inside    | GET /v1/keys         | 200 | application/json         | {"keys":[{"id":"a","owner":"b","roles":[],"revoked":false,"hash":"c"}]}
            no instant          | GET /v1/keys         | 200 | application/json         | {"keys":[{"id":"a","owner":"b","roles":[],"revoked":false,"expiresAt":"noon"}]}
            an unknown role     | GET /v1/keys         | 200 | application/json         | {"keys":[{"id":"a","owner":"b","roles":["KING"],"revoked":false}]}
            a body for none     | DELETE /v1/keys/0a1B | 204 | application/json         | {}
            half a problem      | GET /v1/keys         | 401 | application/problem+json | {"title":"No"}
            no problem          | GET /v1/keys         | 401 | application/json         | {"error":"no"}
            nowhere, all well   | GET /nowhere         | 200 | application/json         | {}
            """)
    void whatIsNotPromisedIsNoticed(String what, String asked, int status, String mediaType, String body) {
        String[] request = asked.split(" ", 2);

        assertThatThrownBy(() -> promised.check(request[0], request[1], status, mediaType, body))
                .isInstanceOf(AssertionError.class);
    }
}
