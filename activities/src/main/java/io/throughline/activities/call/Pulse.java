package io.throughline.activities.call;

import io.temporal.activity.ActivityExecutionContext;
import io.temporal.activity.ActivityInfo;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptor;
import io.temporal.common.interceptors.ActivityInboundCallsInterceptorBase;
import io.temporal.common.interceptors.WorkerInterceptorBase;
import io.throughline.workflows.call.Calls;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells Temporal of each queued step that its process is alive, so that a step whose process has died is taken again within seconds and
 * not only when its whole time is over. A step that is done before the first beat costs nothing.
 */
public final class Pulse extends WorkerInterceptorBase {
    private static final Logger LOG = LoggerFactory.getLogger(Pulse.class);
    private static final Duration USUAL = Duration.ofSeconds(5);

    private final Duration between;

    public Pulse() {
        this(USUAL);
    }

    Pulse(Duration between) {
        this.between = between;
    }

    @Override
    public ActivityInboundCallsInterceptor interceptActivity(ActivityInboundCallsInterceptor next) {
        return new Beating(next);
    }

    /** One attempt of one step. */
    private final class Beating extends ActivityInboundCallsInterceptorBase {
        private @Nullable ActivityExecutionContext context;

        Beating(ActivityInboundCallsInterceptor next) {
            super(next);
        }

        @Override
        public void init(ActivityExecutionContext context) {
            this.context = context;
            super.init(context);
        }

        @Override
        public ActivityOutput execute(ActivityInput input) {
            ActivityExecutionContext step = Objects.requireNonNull(context, "init comes first");
            if (!isToBeat(step.getInfo())) {
                return super.execute(input);
            }
            // A thread for each: a beat waits as long as Temporal is away, and must not keep the others waiting.
            AtomicBoolean done = new AtomicBoolean();
            Thread heart = Thread.ofVirtual().name("pulse").start(() -> beat(step, done));
            try {
                return super.execute(input);
            } finally {
                done.set(true);
                heart.interrupt();
            }
        }
    }

    /** Not for a step that tells by its own beats how far it has come: ours would overwrite that. */
    private static boolean isToBeat(ActivityInfo step) {
        return !step.isLocal() && Calls.SIGN_OF_LIFE.equals(step.getHeartbeatTimeout());
    }

    private void beat(ActivityExecutionContext step, AtomicBoolean done) {
        while (!done.get()) {
            try {
                Thread.sleep(between);
                step.heartbeat("at work");
            } catch (InterruptedException stepIsDone) {
                return;
            } catch (RuntimeException unheard) {
                // Another attempt may have followed: it looks at what this one does, which is not torn off in mid-call.
                LOG.debug("Temporal did not take in a step's pulse: {}", unheard.toString());
            }
        }
    }
}
