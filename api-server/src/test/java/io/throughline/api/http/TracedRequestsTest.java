package io.throughline.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.throughline.domain.tracing.Span;
import io.throughline.domain.tracing.TestingSpans;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** A request is a span of its client's trace, called by its route; what fails comes out as it is. */
class TracedRequestsTest {
    private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

    private final TestingSpans spans = new TestingSpans();
    private final TracedRequests filter = new TracedRequests(spans.tracer());

    @Test
    void aRequestGoesOnWithItsClientsTrace() throws Exception {
        filter.doFilter(request("00-" + TRACE + "-00f067aa0ba902b7-01"), response(), (_, _) -> {
            Span.rename("GET /v1/orders/{order}");
            assertThat(Span.current().orElseThrow().traceId()).isEqualTo(TRACE);
        });

        assertThat(spans.named("GET /v1/orders/{order}").parentSpanId()).contains("00f067aa0ba902b7");
    }

    @Test
    void whatFailsComesOutAsItIs() {
        ServletException fault = new ServletException("a fault");
        assertThatThrownBy(() -> filter.doFilter(request(""), response(), (_, _) -> {
                    throw fault;
                }))
                .isSameAs(fault);
        IOException broken = new IOException("gone");
        assertThatThrownBy(() -> filter.doFilter(request(""), response(), (_, _) -> {
                    throw broken;
                }))
                .isSameAs(broken);
        assertThat(spans.all()).hasSize(2);
    }

    private static HttpServletRequest request(String traceparent) {
        return (HttpServletRequest) Proxy.newProxyInstance(
                TracedRequestsTest.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (_, method, _) -> method.getName().equals("getHeader") ? traceparent : null);
    }

    private static jakarta.servlet.ServletResponse response() {
        return (jakarta.servlet.ServletResponse) Proxy.newProxyInstance(
                TracedRequestsTest.class.getClassLoader(),
                new Class<?>[] {jakarta.servlet.ServletResponse.class},
                (_, _, _) -> null);
    }
}
