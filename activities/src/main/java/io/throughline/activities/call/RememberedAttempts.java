package io.throughline.activities.call;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.throughline.domain.trace.StepAttempt;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Says of each attempt of a step which it is, so that what it appends to a trace leads back to it. */
public final class RememberedAttempts extends WorkerInterceptorBase {
    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Remembered(next);
    }

    /** One attempt of one step. */
    private static final class Remembered extends ActivityInboundCallsInterceptorBase {
        private Optional<StepAttempt> attempt = Optional.empty();

        Remembered(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext context) {
            attempt = attempt(context.getInfo());
            super.init(context);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            return attempt.isPresent() ? attempt.get().call(() -> super.execute(input)) : super.execute(input);
        }

        /** Empty for a step that no process has asked for. */
        private static Optional<StepAttempt> attempt(ActivityInfo step) {
            @Nullable String workflow = step.getWorkflowId();
            @Nullable String run = step.getWorkflowRunId();
            return workflow == null || run == null
                    ? Optional.empty()
                    : Optional.of(new StepAttempt(workflow, UUID.fromString(run), step.getActivityId()));
        }
    }
}
