package io.throughline.workflows.fulfillment;

import io.throughline.workflows.call.StepResult;
import org.jspecify.annotations.Nullable;

/** What became of a release, and how the work stands right after it; null when it was not given out now. */
public record Released(StepResult result, @Nullable LegState leg) {}
