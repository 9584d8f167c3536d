package io.throughline.domain.trace;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * One event in a subject's line. {@code seq} counts from 1 without gaps; {@code hash} is SHA-256 over the previous hash and this
 * entry's stored bytes, in hexadecimal. No personal data. {@code writtenBy} is the step of a process that has written it, if it was
 * one, and {@code event} that step's event in the history of the run, once it was looked up; they are not among the bytes that are hashed.
 */
public record TraceEntry(
        String subject,
        long seq,
        Instant at,
        String kind,
        String summary,
        Map<String, String> detail,
        String hash,
        Optional<StepAttempt> writtenBy,
        Optional<Long> event) {
    public TraceEntry {
        detail = Map.copyOf(detail);
    }

    public TraceEntry(
            String subject,
            long seq,
            Instant at,
            String kind,
            String summary,
            Map<String, String> detail,
            String hash,
            Optional<StepAttempt> writtenBy) {
        this(subject, seq, at, kind, summary, detail, hash, writtenBy, Optional.empty());
    }
}
