package io.throughline.api.access;

import jakarta.ws.rs.container.ContainerRequestContext;

/** One way to tell who sends a request. */
public interface Credentials {
    /** Whoever sends it; ends the request where that is not known. */
    Caller callerOf(ContainerRequestContext request);
}
