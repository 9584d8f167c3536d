package io.throughline.api.returns;

import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.ExchangeOffer;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.returns.ReturnPolicies;
import io.throughline.domain.returns.ReturnPolicy;
import io.throughline.domain.returns.ReturnPreview;
import io.throughline.domain.returns.ReturnPreviews;
import io.throughline.domain.returns.ReturnRequest;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Authorises what is to be given back, of whatever kind, or tells what would become of it. */
public final class ReturnAuthorisations {
    /** For as long after their day as goods may lie until somebody looks at them. */
    private static final Duration KEPT_BEYOND = Duration.ofDays(30);

    private final ReturnPreviews previews;
    private final ReturnBook returns;
    private final Orders orders;
    private final ExchangeStock stock;
    private final ReturnPolicies policies;
    private final Set<AccountId> refunding;

    /** {@code refunding} are the accounts whose systems give money back when they are asked. */
    public ReturnAuthorisations(
            ReturnPreviews previews,
            ReturnBook returns,
            Orders orders,
            ExchangeStock stock,
            ReturnPolicies policies,
            Set<AccountId> refunding) {
        this.previews = previews;
        this.returns = returns;
        this.orders = orders;
        this.stock = stock;
        this.policies = policies;
        this.refunding = Set.copyOf(refunding);
    }

    /** By {@code tried} in place of the policy of the order's day, if there is one. */
    Response preview(ReturnRequest request, Optional<ReturnPolicy> tried) {
        return preview(request, tried, Optional.empty());
    }

    ReturnPreview previewed(ReturnRequest request, Optional<ReturnPolicy> tried) {
        return previews.of(request, tried).orElseThrow(ReturnAuthorisations::unknownOrder);
    }

    /** With what is to be taken in exchange, if anything is. */
    Response preview(ReturnRequest request, Optional<ReturnPolicy> tried, Optional<Exchange.Wanted> exchange) {
        ReturnPreview preview = previewed(request, tried);
        Money credit = preview.refund().total().shop();
        return Response.ok(ReturnPreviewView.of(
                        preview, exchange.map(wanted -> ExchangeView.preview(wanted, credit, stock.available(wanted)))))
                .build();
    }

    /** What is to be taken is kept before the return is authorised, and given back where that is not. */
    ReturnIntake.Outcome exchanged(
            ReturnIntake.Submission sent, ReturnRequest request, boolean refundFirst, Exchange.Wanted wanted) {
        OrderView order = refundable(request);
        ReturnPolicy.Exchanging policy = policies.at(orders.find(request.order())
                        .orElseThrow(ReturnAuthorisations::unknownOrder)
                        .placedAt())
                .exchange();
        BasketId basket = stock.keep(wanted, sent);
        ExchangeOffer offer = new ExchangeOffer(
                basket.account(), wanted, basket, KEPT_BEYOND.plus(policy.payWithin()), policy.advance());
        ReturnIntake.Outcome outcome = returns.intake()
                .exchange(sent, order.key(), request, refundFirst, purchase -> previews.of(purchase, request), offer);
        boolean authorised =
                outcome instanceof ReturnIntake.Outcome.Stored || outcome instanceof ReturnIntake.Outcome.Replayed;
        if (!authorised) {
            stock.giveBack(basket);
        }
        return outcome;
    }

    Response authorise(ReturnIntake.Submission sent, ReturnRequest request, boolean refundFirst) {
        return returns.answer(authorised(sent, request, refundFirst));
    }

    ReturnIntake.Outcome authorised(ReturnIntake.Submission sent, ReturnRequest request, boolean refundFirst) {
        OrderView order = refundable(request);
        return returns.intake()
                .authorise(sent, order.key(), request, refundFirst, purchase -> previews.of(purchase, request));
    }

    private OrderView refundable(ReturnRequest request) {
        OrderView order = orders.view(request.order()).orElseThrow(ReturnAuthorisations::unknownOrder);
        if (!refunding.contains(order.key().account())) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "The channel of order " + order.id() + " can't be asked to give its money back.");
        }
        return order;
    }

    static ProblemException unknownOrder() {
        return new ProblemException(
                ProblemType.INVALID_CONTENT,
                "Nothing is known of the order.",
                List.of(new FieldError("/orderId", "an order whose channel has been read")));
    }
}
