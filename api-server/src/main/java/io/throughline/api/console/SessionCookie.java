package io.throughline.api.console;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Cookie;
import jakarta.ws.rs.core.NewCookie;
import java.net.URI;
import java.util.Optional;

/** How a browser keeps a session: for the console only, out of the reach of scripts, and not sent along by other sites' pages. */
public final class SessionCookie {
    static final String NAME = "throughline-session";

    private final boolean secure;

    /** Where people reach the console by https, the cookie is never sent otherwise. */
    public SessionCookie(URI publicUrl) {
        this.secure = "https".equalsIgnoreCase(publicUrl.getScheme());
    }

    public NewCookie keeping(Session session) {
        return cookie(session.secret(), Math.toIntExact(Sessions.LASTS.toSeconds()));
    }

    public NewCookie forgetting() {
        return cookie("", 0);
    }

    private NewCookie cookie(String value, int seconds) {
        return new NewCookie.Builder(NAME)
                .value(value)
                .path("/console")
                .maxAge(seconds)
                .httpOnly(true)
                .secure(secure)
                .sameSite(NewCookie.SameSite.STRICT)
                .build();
    }

    public static Optional<String> secretOf(ContainerRequestContext request) {
        return Optional.ofNullable(request.getCookies().get(NAME))
                .map(Cookie::getValue)
                .filter(secret -> !secret.isBlank());
    }
}
