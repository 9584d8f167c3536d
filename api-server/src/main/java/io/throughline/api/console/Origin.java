package io.throughline.api.console;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;

/** That a form was sent by a page of ours: browsers name the site of the page, and no page can make them name another. */
public final class Origin {
    private final URI publicUrl;

    public Origin(URI publicUrl) {
        this.publicUrl = publicUrl;
    }

    /** Refuses what comes from elsewhere, or from nowhere. */
    public void check(ContainerRequestContext request) {
        String origin = request.getHeaderString("Origin");
        String host = request.getHeaderString(HttpHeaders.HOST);
        boolean ours = origin != null
                && (origin.equals(site(publicUrl))
                        || origin.equals("http://" + host)
                        || origin.equals("https://" + host));
        if (!ours) {
            throw new ProblemException(
                    ProblemType.FORBIDDEN, "This was not sent from a page of the console. Go there and try again.");
        }
    }

    private static String site(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }
}
