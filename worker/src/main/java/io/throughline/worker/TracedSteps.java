package io.throughline.worker;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.throughline.domain.tracing.Span;
import io.throughline.domain.tracing.SpanKind;
import io.throughline.domain.tracing.Tracer;
import io.throughline.runtime.LogContext;
import io.throughline.runtime.TraceCarrier;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Each attempt of a step is a span of the trace that its process was begun in. A process that was begun in none has none. */
public final class TracedSteps extends WorkerInterceptorBase {
    private final Tracer tracer;

    public TracedSteps(Tracer tracer) {
        this.tracer = tracer;
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return tracer.isOn() ? new Traced(next) : next;
    }

    /** One attempt of one step. */
    private final class Traced extends ActivityInboundCallsInterceptorBase {
        private @Nullable ActivityInfo step;

        Traced(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext context) {
            step = context.getInfo();
            super.init(context);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            ActivityInfo attempted = Objects.requireNonNull(step, "init comes first");
            String name = "step " + attempted.getActivityType();
            return tracer.goOn(
                    name,
                    SpanKind.INTERNAL,
                    TraceCarrier.carried(),
                    () -> LogContext.inTrace(() -> {
                        Span.note("temporal.workflow.id", String.valueOf(attempted.getWorkflowId()));
                        Span.note("temporal.attempt", Integer.toString(attempted.getAttempt()));
                        return super.execute(input);
                    }));
        }
    }
}
