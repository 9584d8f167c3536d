package io.throughline.api.access;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lets a request through to a resource method that admits its caller, and to nothing else. */
@Priority(Priorities.AUTHENTICATION)
public final class AccessFilter implements ContainerRequestFilter {
    private static final String SCHEME = "Bearer ";

    private final KeyRing keys;

    @Context
    private @Nullable ResourceInfo resource;

    public AccessFilter(KeyRing keys) {
        this.keys = keys;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource == null ? null : resource.getResourceMethod();
        if (method != null && method.isAnnotationPresent(Public.class)) {
            return;
        }
        Caller caller = authenticate(request);
        Allow allow = method == null ? null : method.getAnnotation(Allow.class);
        if (allow == null || !caller.hasAny(allow.value())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    allow == null ? "Nobody may do this." : "One of " + Arrays.toString(allow.value()) + " is needed.");
        }
        request.setSecurityContext(
                new CallerContext(caller, request.getSecurityContext().isSecure()));
    }

    private Caller authenticate(ContainerRequestContext request) {
        List<String> headers = request.getHeaders().getOrDefault(HttpHeaders.AUTHORIZATION, List.of());
        if (headers.size() != 1 || !headers.getFirst().startsWith(SCHEME)) {
            throw new ProblemException(
                    ProblemType.UNAUTHENTICATED, "Send one header 'Authorization: Bearer <API key>'.");
        }
        return keys.callerOf(headers.getFirst().substring(SCHEME.length()))
                .orElseThrow(() -> new ProblemException(
                        ProblemType.UNAUTHENTICATED, "The API key is unknown, expired or revoked."));
    }

    private record CallerContext(Caller caller, boolean secure) implements SecurityContext {
        @Override
        public Principal getUserPrincipal() {
            return caller;
        }

        @Override
        public boolean isUserInRole(String role) {
            return caller.roles().stream().anyMatch(own -> own.name().equals(role));
        }

        @Override
        public boolean isSecure() {
            return secure;
        }

        @Override
        public String getAuthenticationScheme() {
            return "Bearer";
        }
    }
}
