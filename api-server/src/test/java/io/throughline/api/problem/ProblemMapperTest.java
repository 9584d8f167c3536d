package io.throughline.api.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

final class ProblemMapperTest {
    private final ProblemMapper mapper = new ProblemMapper();

    @Test
    void aDatabaseThatIsAwayIsNobodysFault() {
        Response response = mapper.toResponse(new IllegalStateException(SystemFailure.outcomeUnknown(
                FailureCode.STORE_UNREACHABLE, "PostgreSQL does not answer (SQLSTATE 08006)", null)));

        assertThat(response.getStatus()).isEqualTo(503);
        assertThat(response.getHeaderString("Retry-After")).isEqualTo("2");
        assertThat(((Problem) response.getEntity()).detail()).doesNotContain("SQLSTATE");
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
