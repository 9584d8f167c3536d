package io.throughline.domain.returns;

import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What would become of a request just now: nothing is kept of it, and nobody is told. The refund is that of the lines that are allowed.
 * {@code refundToRule} is the rule that says to what it goes, where that is not as it was asked for or by itself. {@code label}: one is bought for what
 * the customer sends.
 */
public record ReturnPreview(
        OrderId order,
        String policyVersion,
        List<Verdict> verdicts,
        Optional<String> objection,
        RefundTo refundTo,
        Optional<String> refundToRule,
        Refund refund,
        boolean needsSecondPerson,
        boolean mayComeBeforeGoods,
        boolean mayComeWithoutGoods,
        Optional<ReturnParcel.Wanted> label) {
    public ReturnPreview {
        verdicts = List.copyOf(verdicts);
    }

    /** Until when the goods would be waited for, were they authorised to come back now. */
    public Instant goodsDueAt(Instant now) {
        return Return.dueAt(verdicts, now);
    }

    /** Whether everything that was asked for is taken back, and nothing speaks against the request as a whole. */
    public boolean allowsAll() {
        return objection.isEmpty() && verdicts.stream().allMatch(Verdict.Allowed.class::isInstance);
    }
}
