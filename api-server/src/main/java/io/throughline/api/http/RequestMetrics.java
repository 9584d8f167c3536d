package io.throughline.api.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.throughline.domain.tracing.Span;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.container.PreMatching;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.glassfish.jersey.server.ExtendedUriInfo;

/** How long requests take, by method, route and status; never by an id. */
@PreMatching
public final class RequestMetrics implements ContainerRequestFilter, ContainerResponseFilter {
    private static final String BEGAN = RequestMetrics.class.getName();
    private static final int FIRST_FAULT = 500;

    // 50 ms is what the acknowledgement of a webhook may take.
    static final Duration[] BUCKETS = Stream.of(5, 10, 25, 50, 100, 250, 500, 1_000, 5_000)
            .map(Duration::ofMillis)
            .toArray(Duration[]::new);

    private static final Pattern SLASHES = Pattern.compile("/{2,}");

    private final MeterRegistry registry;
    private final RequestTally tally;

    // To look a timer up by its tags takes longer than to record in it.
    private final Map<Series, Timer> timers = new ConcurrentHashMap<>();

    /** What one timer is of. */
    private record Series(String method, String route, int status) {}

    public RequestMetrics(MeterRegistry registry, RequestTally tally) {
        this.registry = registry;
        this.tally = tally;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        request.setProperty(BEGAN, System.nanoTime());
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (request.getProperty(BEGAN) instanceof Long began) {
            Duration took = Duration.ofNanos(System.nanoTime() - began);
            String route = routeOf(request);
            tally.count(request.getMethod(), route, response.getStatus(), took);
            tell(request.getMethod(), route, response.getStatus());
            timers.computeIfAbsent(new Series(request.getMethod(), route, response.getStatus()), this::timer)
                    .record(took);
        }
    }

    /** The request's span is called as its figures are. */
    private static void tell(String method, String route, int status) {
        Span.rename(method + " " + route);
        Span.note("http.response.status_code", Integer.toString(status));
        if (status >= FIRST_FAULT) {
            Span.failed(Integer.toString(status));
        }
    }

    private Timer timer(Series series) {
        return Timer.builder("throughline.http.requests")
                .tag("method", series.method())
                .tag("route", series.route())
                .tag("status", Integer.toString(series.status()))
                .serviceLevelObjectives(BUCKETS)
                .register(registry);
    }

    private static String routeOf(ContainerRequestContext request) {
        if (!(request.getUriInfo() instanceof ExtendedUriInfo matched)
                || matched.getMatchedTemplates().isEmpty()) {
            return "none";
        }
        List<String> templates = matched.getMatchedTemplates().stream()
                .map(template -> template.getTemplate())
                .toList()
                .reversed();
        return SLASHES.matcher(String.join("", templates)).replaceAll("/");
    }
}
