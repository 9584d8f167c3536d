package io.throughline.api.returns;

import io.throughline.api.problem.Problem.FieldError;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.problem.ProblemType;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.ReturnIntake;
import io.throughline.domain.returns.ReturnPolicy;
import io.throughline.domain.returns.ReturnPreviews;
import io.throughline.domain.returns.ReturnRequest;
import jakarta.ws.rs.core.Response;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Authorises what is to be given back, of whatever kind, or tells what would become of it. */
public final class ReturnAuthorisations {
    private final ReturnPreviews previews;
    private final ReturnBook returns;
    private final Orders orders;
    private final Set<AccountId> refunding;

    /** {@code refunding} are the accounts whose systems give money back when they are asked. */
    public ReturnAuthorisations(ReturnPreviews previews, ReturnBook returns, Orders orders, Set<AccountId> refunding) {
        this.previews = previews;
        this.returns = returns;
        this.orders = orders;
        this.refunding = Set.copyOf(refunding);
    }

    /** By {@code tried} in place of the policy of the order's day, if there is one. */
    Response preview(ReturnRequest request, Optional<ReturnPolicy> tried) {
        return Response.ok(previews.of(request, tried)
                        .map(ReturnPreviewView::of)
                        .orElseThrow(ReturnAuthorisations::unknownOrder))
                .build();
    }

    Response authorise(ReturnIntake.Submission sent, ReturnRequest request, boolean refundFirst) {
        OrderView order = orders.view(request.order()).orElseThrow(ReturnAuthorisations::unknownOrder);
        if (!refunding.contains(order.key().account())) {
            throw new ProblemException(
                    ProblemType.CONFLICT,
                    "The channel of order " + order.id() + " can't be asked to give its money back.");
        }
        return returns.answer(returns.intake()
                .authorise(sent, order.key(), request, refundFirst, purchase -> previews.of(purchase, request)));
    }

    private static ProblemException unknownOrder() {
        return new ProblemException(
                ProblemType.INVALID_CONTENT,
                "Nothing is known of the order.",
                List.of(new FieldError("/orderId", "an order whose channel has been read")));
    }
}
