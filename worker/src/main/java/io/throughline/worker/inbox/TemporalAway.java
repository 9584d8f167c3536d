package io.throughline.worker.inbox;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells that Temporal is away apart from a fault of our own: it is over by itself, and nobody has to look at a message for it. */
final class TemporalAway {
    private static final Set<Status.Code> AWAY =
            Set.of(Status.Code.UNAVAILABLE, Status.Code.DEADLINE_EXCEEDED, Status.Code.RESOURCE_EXHAUSTED);

    private TemporalAway() {}

    static <R> R told(Supplier<R> work) {
        try {
            return work.get();
        } catch (RuntimeException failed) {
            throw isAway(failed)
                    ? SystemFailure.withoutEffect(FailureCode.SYSTEM_UNREACHABLE, "Temporal can't be reached", failed)
                    : failed;
        }
    }

    private static boolean isAway(RuntimeException failed) {
        for (@Nullable Throwable cause = failed; cause != null; cause = cause.getCause()) {
            if (cause instanceof StatusRuntimeException answer
                    && AWAY.contains(answer.getStatus().getCode())) {
                return true;
            }
        }
        return false;
    }
}
