package io.throughline.worker.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Status;
import io.throughline.domain.failure.FailureCategory;
import io.throughline.domain.failure.SystemFailure;
import org.junit.jupiter.api.Test;

class TemporalAwayTest {
    @Test
    void thatTemporalIsAwayIsAnOutage() {
        RuntimeException wrapped = new IllegalStateException(Status.UNAVAILABLE.asRuntimeException());

        assertThat(toldOf(wrapped))
                .isInstanceOfSatisfying(
                        SystemFailure.class,
                        outage -> assertThat(outage.code().category()).isEqualTo(FailureCategory.TRANSIENT));
    }

    @Test
    void whatItRefusesOrWeDoWrongIsNone() {
        RuntimeException refused = Status.INVALID_ARGUMENT.asRuntimeException();
        RuntimeException fault = new IllegalStateException("a fault of ours");

        assertThat(toldOf(refused)).isSameAs(refused);
        assertThat(toldOf(fault)).isSameAs(fault);
    }

    private static Throwable toldOf(RuntimeException failure) {
        return catchThrowable(() -> TemporalAway.told(() -> {
            throw failure;
        }));
    }
}
