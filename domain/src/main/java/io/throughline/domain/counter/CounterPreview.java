package io.throughline.domain.counter;

import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundTo;
import io.throughline.domain.returns.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * What would become of goods that lie on a counter just now; nothing is kept of it. {@code parts} tell who would give the money back.
 */
public record CounterPreview(
        String policyVersion,
        List<Verdict> verdicts,
        Optional<String> objection,
        RefundTo refundTo,
        Optional<String> refundToRule,
        Refund refund,
        boolean needsSecondPerson,
        List<CounterReturn.Line> lines,
        List<CounterReturn.Part> parts) {
    public CounterPreview {
        verdicts = List.copyOf(verdicts);
        lines = List.copyOf(lines);
        parts = List.copyOf(parts);
    }

    /** Whether everything that was asked for is taken back, and nothing speaks against the request as a whole. */
    public boolean allowsAll() {
        return objection.isEmpty() && verdicts.stream().allMatch(Verdict.Allowed.class::isInstance);
    }
}
