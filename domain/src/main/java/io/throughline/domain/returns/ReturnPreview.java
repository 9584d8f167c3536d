package io.throughline.domain.returns;

import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.List;

/** What would become of a request just now: nothing is kept of it, and nobody is told. The refund is that of the lines that are allowed. */
public record ReturnPreview(
        OrderId order,
        String policyVersion,
        List<Verdict> verdicts,
        Refund refund,
        boolean needsSecondPerson,
        boolean mayComeBeforeGoods,
        boolean mayComeWithoutGoods) {
    public ReturnPreview {
        verdicts = List.copyOf(verdicts);
    }

    /** Until when the goods would be waited for, were they authorised to come back now. */
    public Instant goodsDueAt(Instant now) {
        return Return.dueAt(verdicts, now);
    }

    /** Whether everything that was asked for is taken back. */
    public boolean allowsAll() {
        return verdicts.stream().allMatch(Verdict.Allowed.class::isInstance);
    }
}
