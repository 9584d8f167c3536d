package io.throughline.api.trace;

import io.throughline.api.http.Links;
import io.throughline.api.trace.TraceView.ProcessLink;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.trace.StepAttempt;
import io.throughline.domain.trace.TraceEntry;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where Temporal tells more of an entry: at the run whose step has written it, and the step's event there once that is known. Where no step has, or none was kept, it is the process that the
 * entry tells of: the return's or the reroute's that it names, else that of the line's subject; which run of it that was, nobody knows.
 */
public final class TraceProcesses {
    private static final Pattern SLASH = Pattern.compile("/");

    private final Links links;
    private final Optional<OrderKey> order;

    private TraceProcesses(Links links, Optional<OrderKey> order) {
        this.links = links;
        this.order = order;
    }

    public static TraceProcesses ofOrder(OrderKey order, Links links) {
        return new TraceProcesses(links, Optional.of(order));
    }

    /** Of a line that is of no order. */
    public static TraceProcesses of(Links links) {
        return new TraceProcesses(links, Optional.empty());
    }

    Optional<ProcessLink> of(TraceEntry entry) {
        return entry.writtenBy().map(attempt -> run(attempt, entry.event())).or(() -> told(entry));
    }

    private ProcessLink run(StepAttempt attempt, Optional<Long> event) {
        return new ProcessLink(
                attempt.workflowId(),
                links.run(attempt.workflowId(), attempt.runId()),
                Optional.of(attempt.runId().toString()),
                Optional.of(attempt.activityId()),
                event,
                event.map(number -> links.event(attempt.workflowId(), attempt.runId(), number)));
    }

    private Optional<ProcessLink> told(TraceEntry entry) {
        return order.map(key -> ofOrder(entry, key))
                .or(() -> CounterReturnId.about(entry.subject()).map(CounterReturnId::workflowId))
                .or(() -> StoreDayId.of(entry.subject()).map(StoreDayId::value))
                .map(workflow -> new ProcessLink(
                        workflow,
                        links.process(workflow),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private static String ofOrder(TraceEntry entry, OrderKey order) {
        return named(entry)
                .flatMap(name -> ReturnId.about(name).stream())
                .map(id -> id.workflowId(order.account()))
                .findFirst()
                .or(() -> Optional.ofNullable(entry.detail().get("reroute"))
                        .flatMap(RerouteId::parse)
                        .map(RerouteId::workflowId))
                .orElseGet(order::workflowId);
    }

    /** An effect's key has its subject between slashes. */
    private static Stream<String> named(TraceEntry entry) {
        return Stream.concat(
                Stream.ofNullable(entry.detail().get("return")),
                Stream.ofNullable(entry.detail().get("effect")).flatMap(SLASH::splitAsStream));
    }
}
