package io.throughline.worker.inbox;

import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseStatus;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.GivenBackStep;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.ReturnAdoption;
import io.throughline.domain.returns.ReturnId;
import java.util.List;
import java.util.stream.Collectors;

/** Carries out what was decided about money that a channel gave back and no return knew of. No process waits for it, also while its order goes on. */
public final class GivenBackCases implements InboxDesk {
    private static final String AT_WORK =
            " (a return of the order is about to give money back, and it may be that: decide once it has)";

    private final Orders orders;
    private final ReturnAdoption adoption;
    private final Cases cases;

    public GivenBackCases(Orders orders, ReturnAdoption adoption, Cases cases) {
        this.orders = orders;
        this.adoption = adoption;
        this.cases = cases;
    }

    @Override
    public boolean resolve(Case decided) {
        boolean ours = GivenBackStep.of(decided.step()).isPresent();
        if (ours && decided.status() == CaseStatus.DECIDED) {
            Decision decision = decided.decision().orElseThrow();
            if (decision.action() == Action.BOOK_AS_RETURN) {
                book(decided, decision);
            } else {
                cases.close(decided.id(), "somebody has seen to it");
            }
        }
        return ours;
    }

    private void book(Case decided, Decision decision) {
        ReturnAdoption.Outcome outcome = OrderId.about(decided.subject())
                .flatMap(orders::view)
                .map(OrderView::key)
                .map(order -> adoption.adopt(order, decision.actor()))
                .orElse(new ReturnAdoption.Outcome(List.of(), List.of()));
        if (!outcome.beingPaid().isEmpty()) {
            cases.reopen(decided.id(), decision, decided.code(), withoutHint(decided) + AT_WORK);
        } else if (outcome.made().isEmpty()) {
            cases.close(decided.id(), "what was given back is in the books already, or on its way into them");
        } else {
            cases.close(decided.id(), "booked as " + names(outcome.made()));
        }
    }

    private static String withoutHint(Case decided) {
        return decided.detail().replace(AT_WORK, "");
    }

    private static String names(List<ReturnId> returns) {
        return returns.stream().map(ReturnId::value).collect(Collectors.joining(", "));
    }
}
