package io.throughline.domain.measure;

import io.throughline.domain.failure.FailureCode;
import java.time.Instant;

/** The cases with one code that are not closed: how many, how many of them are past their time, and when the oldest was opened. */
public record CaseLoad(FailureCode code, long open, long overdue, Instant oldest) {}
