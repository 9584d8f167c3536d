package io.throughline.domain.counter;

import io.throughline.domain.counter.CounterReturn.Way;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.Purchase;
import io.throughline.domain.returns.Purchases;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnPreview;
import io.throughline.domain.returns.ReturnPreviews;
import io.throughline.domain.sale.StoreSale;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Answers what goods of a till's sale are worth on a store's counter, as every return is reckoned, by the policy of the sale's day. The coins are paid out at the
 * counter; what paid otherwise goes back by the till's system, if that can be asked for it.
 */
public final class CounterPreviews {
    private final ReturnPreviews previews;
    private final Set<String> askedOfSystem;

    /** {@code askedOfSystem} are the gateways whose money the tills' systems give back when they are asked. */
    public CounterPreviews(ReturnPolicies policies, Set<String> askedOfSystem, Clock clock) {
        this.previews = new ReturnPreviews(new Nobody(), policies, clock);
        this.askedOfSystem = Set.copyOf(askedOfSystem);
    }

    public CounterPreview of(SaleHistory history, CounterRequest request) {
        ReturnPreview preview = previews.of(history.purchase(), request.asOfOrder());
        return new CounterPreview(
                preview.policyVersion(),
                preview.verdicts(),
                preview.objection(),
                preview.refundTo(),
                preview.refundToRule(),
                preview.refund(),
                preview.needsSecondPerson(),
                lines(history.sale(), request),
                parts(history, preview.refund()));
    }

    private static List<CounterReturn.Line> lines(StoreSale sale, CounterRequest request) {
        List<CounterReturn.Line> lines = new ArrayList<>();
        for (CounterRequest.Line line : request.lines()) {
            if (line.soldLine() >= 1 && line.soldLine() <= sale.lines().size()) {
                StoreSale.Line sold = sale.lines().get(line.soldLine() - 1);
                lines.add(new CounterReturn.Line(
                        lines.size() + 1,
                        line.soldLine(),
                        sold.sku(),
                        sold.title(),
                        line.quantity(),
                        line.reason(),
                        line.grade(),
                        line.disposition(),
                        line.serial()));
            }
        }
        return lines;
    }

    private List<CounterReturn.Part> parts(SaleHistory history, Refund refund) {
        List<CounterReturn.Part> parts = new ArrayList<>();
        for (Refund.ToTender to : refund.tenders()) {
            boolean bySystem =
                    history.till().isPresent() && !to.isStoreCredit() && askedOfSystem.contains(to.gateway());
            parts.add(new CounterReturn.Part(
                    parts.size() + 1,
                    to.payment(),
                    to.gateway(),
                    to.amount().shop(),
                    bySystem ? Way.SYSTEM : Way.COUNTER,
                    Optional.empty(),
                    false));
        }
        return parts;
    }

    /** A till does not know whom it sells to, so nobody has returned anything before. */
    private static final class Nobody implements Purchases {
        @Override
        public Optional<Purchase> find(OrderId order) {
            return Optional.empty();
        }

        @Override
        public int othersRefunded(OrderId order, Instant since) {
            return 0;
        }

        @Override
        public int granted(OrderId order, ReturnCause.Kind kind, Instant since) {
            return 0;
        }
    }
}
