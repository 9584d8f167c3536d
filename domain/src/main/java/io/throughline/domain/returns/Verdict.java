package io.throughline.domain.returns;

import java.time.Instant;

/** Whether a line of a request is taken back, and which rule says so, by its place in the policy. */
public sealed interface Verdict {
    ReturnRequest.Line line();

    String rule();

    record Allowed(ReturnRequest.Line line, String rule, Instant until) implements Verdict {}

    record Refused(ReturnRequest.Line line, String rule, Refusal reason, String why) implements Verdict {}
}
