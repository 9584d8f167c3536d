package io.throughline.api.access;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.List;

/** An API key in the header of each request: how programs say who they are. */
public final class BearerKey implements Credentials {
    private static final String SCHEME = "Bearer ";

    private final KeyRing keys;

    public BearerKey(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    public Caller callerOf(ContainerRequestContext request) {
        List<String> headers = request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
        if (headers.size() != 1 || !headers.getFirst().startsWith(SCHEME)) {
            throw new ProblemException(
                    ProblemType.UNAUTHENTICATED, "Send one header 'Authorization: Bearer <API key>'.");
        }
        return keys.callerOf(headers.getFirst().substring(SCHEME.length()))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNAUTHENTICATED, "The API key is unknown, expired or revoked."));
    }
}
