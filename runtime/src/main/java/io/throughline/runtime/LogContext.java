package io.throughline.runtime;

import io.throughline.domain.tracing.Span;
import io.throughline.domain.tracing.TraceParent;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * What the lines are about that are written to the log meanwhile: an id, never a person. Of processes and their steps Temporal's SDK says
 * the same by itself (WorkflowId, ActivityType, …).
 */
public final class LogContext {
    private static final String SUBJECT = "subject";
    private static final String TRACE = "traceId";

    private LogContext() {}

    /** A message or an event is about this subject, such as an order. */
    public static MDC.MDCCloseable about(String subject) {
        return MDC.putCloseable(SUBJECT, subject);
    }

    /** A request belongs to this trace, as its client calls it. */
    public static void beginTrace(String traceId) {
        MDC.put(TRACE, traceId);
    }

    public static void endTrace() {
        MDC.remove(TRACE);
    }

    /** What is done meanwhile belongs to the trace of this thread's span, where it has one. */
    public static <R, X extends Throwable> R inTrace(ScopedValue.CallableOp<? extends R, X> work) throws X {
        Optional<TraceParent> trace = Span.current();
        if (trace.isEmpty()) {
            return work.call();
        }
        try (MDC.MDCCloseable _ = MDC.putCloseable(TRACE, trace.get().traceId())) {
            return work.call();
        }
    }
}
