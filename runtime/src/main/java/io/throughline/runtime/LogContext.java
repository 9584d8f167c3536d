package io.throughline.runtime;

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
}
