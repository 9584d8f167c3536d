package io.throughline.workflows.intervention;

import io.temporal.activity.ActivityInterface;
import io.temporal.activity.ActivityMethod;
import org.jspecify.annotations.Nullable;

/** The queue of cases, as a process reads it. */
@ActivityInterface(namePrefix = "case-queue.")
public interface CaseQueueSteps {
    /** The open cases that nobody has put to sleep, most urgent first, of one failure code or of all; a word that is no code is answered. */
    @ActivityMethod
    WaitingCases read(@Nullable String code);
}
