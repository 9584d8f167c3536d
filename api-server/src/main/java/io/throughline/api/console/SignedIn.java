package io.throughline.api.console;

import io.throughline.api.access.Caller;
import io.throughline.api.access.Credentials;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The session of a browser: how people say who they are. Whoever has none is shown where to sign in, and comes back from there. What
 * changes something must also carry the session's form token, and come from a page of ours.
 */
public final class SignedIn implements Credentials {
    private static final Set<String> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD);

    private final Sessions sessions;
    private final Origin origin;

    public SignedIn(Sessions sessions, Origin origin) {
        this.sessions = sessions;
        this.origin = origin;
    }

    @Override
    public Caller callerOf(ContainerRequestContext request) {
        Session session =
                SessionCookie.secretOf(request).flatMap(sessions::find).orElseThrow(() -> signIn(request));
        Form sent = new Form(Map.of());
        if (!READING.contains(request.getMethod())) {
            origin.check(request);
            sent = form(request, session);
        }
        visit(request, session, sent).keepIn(request);
        return session.caller();
    }

    private static Form form(ContainerRequestContext request, Session session) {
        if (!MediaType.APPLICATION_FORM_URLENCODED_TYPE.isCompatible(request.getMediaType())) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send a form.");
        }
        try {
            Form form = Form.read(request.getEntityStream().readAllBytes());
            if (form.text(Form.TOKEN).filter(session::isOf).isEmpty()) {
                throw new ProblemException(
                        ProblemType.FORBIDDEN, "The form is not of your present session. Open its page anew.");
            }
            return form;
        } catch (IOException cutShort) {
            throw new UncheckedIOException(cutShort);
        }
    }

    private static Visit visit(ContainerRequestContext request, Session session, Form form) {
        return new Visit(
                session, address(request.getUriInfo()), Optional.ofNullable(request.getHeaderString("X-Seen")), form);
    }

    private static String address(UriInfo uri) {
        String query = uri.getRequestUri().getRawQuery();
        return uri.getRequestUri().getRawPath() + (query == null ? "" : "?" + query);
    }

    /** What was asked for by a part of a page makes the whole page go there. */
    private static WebApplicationException signIn(ContainerRequestContext request) {
        boolean page = request.getHeaderString("HX-Request") == null;
        if (!READING.contains(request.getMethod())) {
            return new WebApplicationException(
                    Response.seeOther(URI.create("/console/sign-in")).build());
        }
        String place =
                "/console/sign-in?next=" + URLEncoder.encode(address(request.getUriInfo()), StandardCharsets.UTF_8);
        return new WebApplicationException(
                page
                        ? Response.seeOther(URI.create(place)).build()
                        : Response.ok().header("HX-Redirect", place).build());
    }
}
