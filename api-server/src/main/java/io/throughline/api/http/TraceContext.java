package io.throughline.api.http;

import io.throughline.domain.tracing.Span;
import io.throughline.domain.tracing.TraceParent;
import io.throughline.runtime.LogContext;
import jakarta.annotation.Priority;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The trace that a request belongs to (W3C Trace Context): that of its client, or a new one. It stands in each line of the log that is
 * written for the request, and the answer names it.
 */
@PreMatching
@Priority(0)
public final class TraceContext implements ContainerRequestFilter, ContainerResponseFilter {
    static final String ANSWER = "traceresponse";

    private static final String TRACE = TraceContext.class.getName();
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    @Override
    public void filter(ContainerRequestContext request) {
        String trace = Span.current()
                .or(() -> TraceParent.parse(request.getHeaderString(TraceParent.HEADER)))
                .map(TraceParent::traceId)
                .orElseGet(() -> fresh(TRACE_BYTES));
        request.setProperty(TRACE, trace);
        LogContext.beginTrace(trace);
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
