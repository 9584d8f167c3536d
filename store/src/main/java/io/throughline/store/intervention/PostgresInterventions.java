package io.throughline.store.intervention;

import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.Interventions;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.fulfillment.FulfillmentRows;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.Transactions;
import io.throughline.store.order.PostgresOrders;
import java.time.Clock;

/** Decisions and cancellations with their wake-ups, in PostgreSQL. */
public final class PostgresInterventions implements Interventions {
    private static final String DECISION = "throughline/decision";
    private static final String CANCEL = "throughline/cancel";

    private final Transactions transactions;
    private final PostgresCases cases;
    private final PostgresOrders orders;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresInterventions(
            Transactions transactions, PostgresCases cases, PostgresOrders orders, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.cases = cases;
        this.orders = orders;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public Case decide(CaseId id, Decision decision) {
        Case decided = transactions.in(handle -> {
            Case stored = cases.decide(handle, id, decision);
            String event = id + "@"
                    + stored.decision().map(Decision::at).map(String::valueOf).orElse("");
            InboxRows.insert(handle, stored.account(), DECISION, event, "case/" + id, "{}", clock.instant());
            return stored;
        });
        bell.ring();
        return decided;
    }

    @Override
    public boolean cancel(OrderId id, String actor, String reason) {
        boolean asked = transactions.in(handle -> {
            if (orders.lockedStatus(handle, id).ended() || FulfillmentRows.allHaveLeft(handle, id)) {
                return false;
            }
            OrderKey key = orders.requestCancel(handle, id, actor, reason);
            InboxRows.insert(handle, key.account(), CANCEL, id.value(), key.workflowId(), "{}", clock.instant());
            return true;
        });
        if (asked) {
            bell.ring();
        }
        return asked;
    }
}
