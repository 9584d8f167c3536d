package io.throughline.activities.counter;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.money.Money;
import io.throughline.domain.returns.ConditionGrade;
import io.throughline.domain.returns.Disposition;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.RefundEntry;
import io.throughline.domain.returns.ReturnReason;
import java.util.List;
import java.util.Optional;

/** One mug that comes back over a counter. */
final class SampleCounterReturns {
    private static final Sku MUG = Sku.of("NW-MUG-RED");

    private SampleCounterReturns() {}

    /** {@code ofSale} is the line of the sale. */
    static CounterReturn.Line line(int ofSale) {
        return new CounterReturn.Line(
                1,
                ofSale,
                MUG,
                "Camp mug",
                1,
                ReturnReason.UNWANTED,
                new ConditionGrade("NEW"),
                Disposition.RESTOCK,
                Optional.empty());
    }

    static Refund refund(Money amount, Refund.ToTender to) {
        return new Refund(
                amount.currency(),
                amount.currency(),
                List.of(new RefundEntry.Goods(
                        "1", MUG, "Camp mug", 1, amount, Money.zero(amount.currency()), amount, List.of())),
                List.of(to));
    }
}
