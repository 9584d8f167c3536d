package io.throughline.api.access;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.SecurityContext;
import java.lang.reflect.Method;
import java.security.Principal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Lets a request through to a resource method that admits its caller, and to nothing else. */
@Priority(Priorities.AUTHENTICATION)
public final class AccessFilter implements ContainerRequestFilter {
    private final Credentials programs;
    private final Credentials people;

    @Context
    private @Nullable ResourceInfo resource;

    /** Whose word counts for resources that are {@link ForPeople}, and for all others. */
    public AccessFilter(Credentials programs, Credentials people) {
        this.programs = programs;
        this.people = people;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        Method method = resource == null ? null : resource.getResourceMethod();
        if (method != null && method.isAnnotationPresent(Public.class)) {
            return;
        }
        Caller caller = credentials().callerOf(request);
        Allow allow = method == null ? null : method.getAnnotation(Allow.class);
        if (allow == null || !caller.hasAny(allow.value())) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN,
                    allow == null ? "Nobody may do this." : "One of " + Arrays.toString(allow.value()) + " is needed.");
        }
        request.setSecurityContext(
                new CallerContext(caller, request.getSecurityContext().isSecure()));
    }

    private Credentials credentials() {
        Class<?> answering = resource == null ? null : resource.getResourceClass();
        return answering != null && answering.isAnnotationPresent(ForPeople.class) ? people : programs;
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
