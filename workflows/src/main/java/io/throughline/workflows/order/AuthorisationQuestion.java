package io.throughline.workflows.order;

import io.temporal.workflow.Async;
import io.throughline.workflows.call.Alarm;
import io.throughline.workflows.call.CaseGate;
import io.throughline.workflows.call.StepResult;
import io.throughline.workflows.call.Wakes;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Has authorised money seen to in time, beside everything else: a question that is open answers itself once goods are picked, and is another one once
 * the money is not there any more.
 */
@SuppressWarnings("FutureReturnValueIgnored")
final class AuthorisationQuestion {
    private static final String ORDER = "order";

    private final CaseGate gate;
    private final Wakes wakes;
    private final Alarm alarm;
    private final Supplier<StepResult> review;
    private final BooleanSupplier ending;

    private @Nullable Instant answered;
    private boolean asking;
    private boolean answersItself;
    private boolean inStep;

    AuthorisationQuestion(
            CaseGate gate, Wakes wakes, Alarm alarm, Supplier<StepResult> review, BooleanSupplier ending) {
        this.gate = gate;
        this.wakes = wakes;
        this.alarm = alarm;
        this.review = review;
        this.ending = ending;
    }

    /** Asks, unless that is being done, when its time has come, and is woken when that is. */
    void heed(Standing standing, Instant now) {
        @Nullable Instant from = standing.authorisationFrom();
        @Nullable Instant until = standing.authorisedUntil();
        if (from == null || until == null || now.isBefore(from)) {
            answerItself();
            if (from == null) {
                answered = null;
            } else {
                alarm.ringBy(from);
            }
            return;
        }
        if (now.isBefore(until)) {
            alarm.ringBy(until);
        }
        // What was answered is not asked again at once because its channel does not show yet what became of it.
        if (!asking && !from.equals(answered)) {
            asking = true;
            answersItself = false;
            Instant since = from;
            Async.procedure(() -> ask(since));
        }
    }

    /** There is money by now: whoever asks is to look once more, for that was read after its last look. */
    private void answerItself() {
        if (asking && !answersItself) {
            answersItself = true;
            wakes.ring(ORDER);
        }
    }

    /** The order's work has come on. */
    void workMoved() {
        if (asking) {
            wakes.ring(ORDER);
        }
    }

    /** Whether a call is under way just now. */
    boolean inStep() {
        return inStep;
    }

    private void ask(Instant from) {
        gate.pass("channel.authorisation", ORDER, this::reviewOnce);
        asking = false;
        answered = from;
        wakes.ring(ORDER);
    }

    private StepResult reviewOnce() {
        if (ending.getAsBoolean()) {
            return StepResult.cancelled();
        }
        inStep = true;
        try {
            return review.get();
        } finally {
            inStep = false;
        }
    }
}
