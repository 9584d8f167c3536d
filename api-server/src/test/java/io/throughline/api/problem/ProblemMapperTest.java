package io.throughline.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ProblemMapperTest {
    private final ProblemMapper mapper = new ProblemMapper();

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08001", "53300", "57P01"})
    void aDatabaseThatIsAwayIsNobodysFault(String state) {
        Response response = mapper.toResponse(
                new IllegalStateException("query", new SQLException("gone", state, new SocketTimeoutException())));

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeaderString("Retry-After")).isEqualTo("2");
        assertThat(((Problem) response.getEntity()).detail()).doesNotContain("gone");
    }

    @Test
    void aPoolThatIsExhaustedIsToo() {
        assertThat(mapper.toResponse(new IllegalStateException(new SQLTransientConnectionException("timed out")))
                        .getStatus())
                .isEqualTo(503);
    }

    @Test
    void whatIsUnexpectedIsToldWithoutDetail() {
        Response response = mapper.toResponse(new IllegalStateException("secret", new SQLException("x", "42P01")));

        assertThat(response.getStatus()).isEqualTo(500);
        Problem problem = (Problem) response.getEntity();
        assertThat(problem.instance()).get().asString().startsWith("urn:uuid:");
        assertThat(problem.toString()).doesNotContain("secret");
    }

    @Test
    void aProblemThatAReaderFoundCountsHoweverItIsWrapped() {
        assertThat(mapper.toResponse(new ProcessingException(new ProblemException(ProblemType.TOO_LARGE, "large")))
                        .getStatus())
                .isEqualTo(413);
    }
}
