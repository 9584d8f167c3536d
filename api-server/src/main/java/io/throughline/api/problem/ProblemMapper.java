package io.throughline.api.problem;

import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.failure.Wordless;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.io.EofException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a problem document of whatever a request failed with. What is not the caller's fault is logged and told without detail. */
public final class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

    @Override
    public Response toResponse(Throwable failure) {
        // What a reader of the body found arrives wrapped, so the first cause that says anything counts.
        for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
            switch (cause) {
                case ProblemException known -> {
                    return response(known.problem());
                }
                case WebApplicationException jaxrs -> {
                    return ofStatus(jaxrs.getResponse());
                }
                case HttpException http -> {
                    return ofStatus(Response.status(http.getCode()).build());
                }
                case TimeoutException silent -> {
                    return response(Problem.of(ProblemType.TIMEOUT, "The body stopped coming before it was complete."));
                }
                case EofException cutShort -> {
                    return response(Problem.of(
                            ProblemType.MALFORMED_REQUEST, "The body ended before it was as long as was said."));
                }
                case SystemFailure known
                when known.code() == FailureCode.STORE_UNREACHABLE -> {
                    return unavailable(known);
                }
                default -> {}
            }
        }
        return unexpected(failure);
    }

    private static Response unavailable(SystemFailure failure) {
        LOG.warn("{}", failure.getMessage());
        return Response.fromResponse(response(
                        Problem.of(ProblemType.UNAVAILABLE, "The database does not answer. Try again shortly.")))
                .header(HttpHeaders.RETRY_AFTER, "2")
                .build();
    }

    private static Response unexpected(Throwable failure) {
        String instance = "urn:uuid:" + UUID.randomUUID();
        LOG.error("{}", instance, Wordless.of(failure));
        return response(Problem.of(ProblemType.INTERNAL_ERROR, "It is in our log under this problem's instance.")
                .withInstance(instance));
    }

    private static Response ofStatus(Response original) {
        int status = original.getStatus();
        if (status < 400) {
            return original;
        }
        Problem problem = ProblemType.ofStatus(status)
                .map(type -> Problem.of(type, type.advice()))
                .orElseGet(() -> ofOtherStatus(status));
        Response.ResponseBuilder response = Response.fromResponse(response(problem));
        Optional.ofNullable(original.getHeaderString(HttpHeaders.ALLOW))
                .ifPresent(allow -> response.header(HttpHeaders.ALLOW, allow));
        return response.build();
    }

    private static Problem ofOtherStatus(int status) {
        return Problem.of(
                status < 500 ? ProblemType.MALFORMED_REQUEST : ProblemType.INTERNAL_ERROR,
                "The request failed with status " + status + ".");
    }

    private static Response response(Problem problem) {
        Response.ResponseBuilder response =
                Response.status(problem.status()).type(Problem.MEDIA_TYPE).entity(problem);
        if (problem.status() == ProblemType.UNAUTHENTICATED.status()) {
            response.header(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
        }
        return response.build();
    }
}
