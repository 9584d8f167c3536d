package io.throughline.api.trace;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.trace.Trace;
import io.throughline.domain.trace.TraceChecks;
import java.time.Instant;
import java.util.Optional;

/** Whether a line holds together, read from its stored bytes for this answer; and how the last daily pass over all lines stands. */
@Schema(name = "TraceVerification")
public record TraceVerification(
        String subject,
        long entries,
        boolean intact,

        @Schema(description = "The first entry that does not follow from the one before, or is gone")
        Optional<Long> firstBroken,

        @Schema(description = "The hash of the last entry: whoever keeps it can prove later what the line was")
        Optional<String> lastHash,

        Pass allLines) {

    public static TraceVerification of(String subject, Trace trace, TraceChecks checks) {
        Trace.Verification found = trace.verify(subject);
        return new TraceVerification(
                subject,
                found.entries(),
                found.firstBroken().isEmpty(),
                found.firstBroken(),
                found.lastHash(),
                Pass.of(checks.standing()));
    }

    /** {@code endedAt} is left out while it is under way. */
    @Schema(name = "TracePass")
    public record Pass(
            Optional<Instant> beganAt,
            Optional<Instant> endedAt,
            long lines,

            @Schema(description = "Lines that were ever found broken; each has, or had, a case TRACE_BROKEN")
            long broken) {
        static Pass of(TraceChecks.Standing standing) {
            return new Pass(standing.beganAt(), standing.endedAt(), standing.lines(), standing.broken());
        }
    }
}
