package io.throughline.api.http;

import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.HttpHeaders;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Refuses what no resource shall see: bodies beyond 1 MiB (2 MiB for webhooks, 64 MiB for stock feeds, which may also take ten times as
 * long to arrive) whatever their length header says, compressed bodies (whose size nobody knows), bodies of no stated type, bodies that trickle in, and control characters in the address.
 */
@PreMatching
public final class RequestGuard implements ContainerRequestFilter {
    static final int LARGEST_BODY_BYTES = 1 << 20;
    static final int LARGEST_WEBHOOK_BYTES = 2 << 20;
    static final int LARGEST_FEED_BYTES = 64 << 20;
    private static final int PATIENCE_WITH_FEEDS = 10;

    private static final Pattern ESCAPED_CONTROL =
            Pattern.compile("%(0[0-9a-f]|1[0-9a-f]|7f)", Pattern.CASE_INSENSITIVE);

    private final Duration patience;

    /** {@code patience} is how long a body may take to arrive. */
    public RequestGuard(Duration patience) {
        this.patience = patience;
    }

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String address = request.getUriInfo().getRequestUri().toString();
        if (ESCAPED_CONTROL.matcher(address).find()) {
            throw new ProblemException(
                    ProblemType.MALFORMED_REQUEST, "The address must not contain control characters.");
        }
        String encoding = request.getHeaderString(HttpHeaders.CONTENT_ENCODING);
        if (encoding != null && !encoding.toLowerCase(Locale.ROOT).equals("identity")) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Send the body without a Content-Encoding.");
        }
        boolean webhook = request.getUriInfo().getPath().startsWith("webhooks/");
        if (request.hasEntity() && request.getMediaType() == null && !webhook) {
            throw new ProblemException(ProblemType.UNSUPPORTED_MEDIA_TYPE, "Say what the body is: application/json.");
        }
        boolean feed = request.getUriInfo().getPath().endsWith("/stock-feed");
        int largest = webhook ? LARGEST_WEBHOOK_BYTES : feed ? LARGEST_FEED_BYTES : LARGEST_BODY_BYTES;
        if (request.hasEntity()) {
            LimitedStream body = new LimitedStream(
                    request.getEntityStream(), largest, feed ? patience.multipliedBy(PATIENCE_WITH_FEEDS) : patience);
            if (request.getLength() > largest) {
                throw body.tooLarge();
            }
            request.setEntityStream(body);
        }
    }
}
