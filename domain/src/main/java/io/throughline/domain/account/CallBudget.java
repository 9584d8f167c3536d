package io.throughline.domain.account;

import java.time.Instant;

/** What a system lets us spend on calls, in points of its own, as it has told at {@code asOf}: so much is left of {@code most}, and so much comes back a second. */
public record CallBudget(double left, double most, double aSecond, Instant asOf) {}
