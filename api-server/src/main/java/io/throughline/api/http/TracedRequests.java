package io.throughline.api.http;

import io.throughline.domain.tracing.SpanKind;
import io.throughline.domain.tracing.TraceParent;
import io.throughline.domain.tracing.Tracer;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Optional;

/** Each request is a span, of its client's trace or of a new one. Its route, which names it, is known only when it is answered. */
public final class TracedRequests implements Filter {
    private final Tracer tracer;

    public TracedRequests(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<TraceParent> client = request instanceof HttpServletRequest http
                ? TraceParent.parse(http.getHeader(TraceParent.HEADER))
                : Optional.empty();
        try {
            tracer.begin("request", SpanKind.SERVER, client, () -> {
                chain.doFilter(request, response);
                return true;
            });
        } catch (IOException | ServletException | RuntimeException failed) {
            throw failed;
        } catch (Exception impossible) {
            throw new ServletException(impossible);
        }
    }
}
