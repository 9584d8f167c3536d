package io.throughline.domain.tracing;

import java.net.http.HttpRequest;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * One request to another system, which carries the place of its span along. Where nothing is traced the request stays as it is. It reads:
 * {@code try (HttpSpan span = HttpSpan.of(system, request)) { … span.answered(status); }}; one that is not answered has failed.
 */
public final class HttpSpan implements AutoCloseable {
    private static final int FIRST_FAILURE = 400;

    private final Optional<Span> span;
    private boolean answered;

    private HttpSpan(Optional<Span> span) {
        this.span = span;
    }

    /** {@code system} is the kind of system that is asked, such as {@code shopify}. */
    public static HttpSpan of(String system, HttpRequest.Builder request) {
        if (Span.current().isEmpty()) {
            return new HttpSpan(Optional.empty());
        }
        HttpRequest asked = request.copy().build();
        return of(system, asked.method(), String.valueOf(asked.uri().getHost()), request::setHeader);
    }

    /** The same for a request of another library; {@code header} sets one of it. */
    public static HttpSpan of(String system, String method, String host, BiConsumer<String, String> header) {
        Optional<Span> span = Span.part(system, SpanKind.CLIENT);
        span.ifPresent(begun -> {
            begun.set("http.request.method", method);
            begun.set("server.address", host);
            header.accept(TraceParent.HEADER, begun.self().toString());
        });
        return new HttpSpan(span);
    }

    public void answered(int status) {
        answered = true;
        span.ifPresent(begun -> {
            begun.set("http.response.status_code", Integer.toString(status));
            if (status >= FIRST_FAILURE) {
                begun.failedBy(Integer.toString(status));
            }
        });
    }

    @Override
    public void close() {
        span.ifPresent(begun -> {
            if (!answered) {
                begun.failedBy("no answer");
            }
            begun.end();
        });
    }
}
