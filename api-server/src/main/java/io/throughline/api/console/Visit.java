package io.throughline.api.console;

import io.throughline.api.access.Caller;
import io.throughline.domain.access.Role;
import jakarta.ws.rs.container.ContainerRequestContext;
import java.util.Optional;

/**
 * One request of somebody who is signed in. {@code address} is what they asked for, with its query; {@code seen} names the content
 * that their page shows already; {@code form} is what they sent along.
 */
public record Visit(Session session, String address, Optional<String> seen, Form form) {
    private static final String PROPERTY = Visit.class.getName();

    /** The visit that a request was let in as. */
    public static Visit of(ContainerRequestContext request) {
        if (request.getProperty(PROPERTY) instanceof Visit visit) {
            return visit;
        }
        throw new IllegalStateException("only a page for people has a visit");
    }

    void keepIn(ContainerRequestContext request) {
        request.setProperty(PROPERTY, this);
    }

    public Caller caller() {
        return session.caller();
    }

    /** Personal data is for those who speak with customers. */
    public boolean seesPersons() {
        return caller().hasAny(Role.SUPPORT);
    }
}
