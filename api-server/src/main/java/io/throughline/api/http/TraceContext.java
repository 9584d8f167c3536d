package io.throughline.api.http;

import io.throughline.runtime.LogContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The trace that a request belongs to (W3C Trace Context): that of its client, or a new one. It stands in each line of the log that is
 * written for the request, and the answer names it.
 */
@PreMatching
@Priority(0)
public final class TraceContext implements ContainerRequestFilter, ContainerResponseFilter {
    static final String REQUEST = "traceparent";
    static final String ANSWER = "traceresponse";

    private static final String TRACE = TraceContext.class.getName();
    private static final Pattern PARENT =
            Pattern.compile("00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-[0-9a-f]{2}");
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    @Override
    public void filter(ContainerRequestContext request) {
        String trace = told(request.getHeaderString(REQUEST)).orElseGet(() -> fresh(TRACE_BYTES));
        request.setProperty(TRACE, trace);
        LogContext.beginTrace(trace);
    }

    /** What is no trace context is passed over, as the standard says. */
    private static Optional<String> told(@Nullable String header) {
        if (header == null) {
            return Optional.empty();
        }
        Matcher parent = PARENT.matcher(header.strip());
        return parent.matches() ? Optional.of(parent.group(1)) : Optional.empty();
    }

    private static String fresh(int length) {
        byte[] bytes = new byte[length];
        ThreadLocalRandom.current().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(TRACE) instanceof String trace) {
            response.getHeaders().putSingle(ANSWER, "00-" + trace + "-" + fresh(SPAN_BYTES) + "-00");
        }
        LogContext.endTrace();
    }
}
