package io.throughline.api.console;

import io.swagger.v3.oas.annotations.Hidden;
import io.throughline.api.access.Allow;
import io.throughline.api.access.ForPeople;
import io.throughline.api.access.Public;
import io.throughline.domain.access.Role;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Signing in with an API key, and out. */
@Path("/console")
@ForPeople
@Hidden
public final class SignInResource {
    private static final Pattern OWN_ADDRESS =
            Pattern.compile("/console(/[A-Za-z0-9._~:%/-]*)?(\\?[A-Za-z0-9._~:%/&=+-]*)?");
    private static final String HOME = "/console";
    private static final Role[] PEOPLE = {Role.STORE, Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN};

    private final Sessions sessions;
    private final SessionCookie cookie;
    private final Origin origin;
    private final Pages pages;

    public SignInResource(Sessions sessions, SessionCookie cookie, Origin origin, Pages pages) {
        this.sessions = sessions;
        this.cookie = cookie;
        this.origin = origin;
        this.pages = pages;
    }

    /**
     * A browser that follows another site's link does not send the session along, though there may be one. So it is made to ask once more,
     * from here.
     */
    @GET
    @Path("/sign-in")
    @Public("Whoever has no session yet signs in here")
    public Response ask(@QueryParam("next") @Nullable String next, @Context ContainerRequestContext request) {
        boolean fromElsewhere = "cross-site".equals(request.getHeaderString("Sec-Fetch-Site"));
        return show(200, own(next), Optional.empty(), fromElsewhere);
    }

    @POST
    @Path("/sign-in")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Public("Whoever has no session yet signs in here")
    public Response signIn(@Context ContainerRequestContext request, byte[] body) {
        origin.check(request);
        Form form = Form.read(body);
        String next = own(form.text("next").orElse(null));
        Optional<Session> session = form.text("key").flatMap(sessions::begin);
        if (session.isEmpty()) {
            return show(401, next, Optional.of("This key is unknown, expired or revoked."), false);
        }
        if (!session.get().caller().hasAny(PEOPLE)) {
            sessions.end(session.get());
            return show(403, next, Optional.of("This key is for programs: it has none of the roles of people."), false);
        }
        return Response.seeOther(URI.create(next.equals(HOME) ? home(session.get()) : next))
                .cookie(cookie.keeping(session.get()))
                .build();
    }

    @POST
    @Path("/sign-out")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Allow({Role.STORE, Role.VIEWER, Role.SUPPORT, Role.FINANCE, Role.ADMIN, Role.INTEGRATION})
    public Response signOut(@Context ContainerRequestContext request) {
        sessions.end(Visit.of(request).session());
        return Response.seeOther(URI.create("/console/sign-in"))
                .cookie(cookie.forgetting())
                .build();
    }

    private Response show(int status, String next, Optional<String> problem, boolean passingThrough) {
        return pages.plain(status, "signIn", new SignInPage(next, problem, passingThrough));
    }

    /** The first of what its roles can open. */
    private static String home(Session session) {
        return Section.of(session.caller()).getFirst().address();
    }

    /** Nobody is led away from the console by an address that somebody else has made up. */
    private static String own(@Nullable String next) {
        return next != null && OWN_ADDRESS.matcher(next).matches() ? next : HOME;
    }
}
