package io.throughline.domain.returns;

import io.throughline.domain.order.OrderId;
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
}
