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
    private static final String CANCEL = "throughline/cancel";

    private final Transactions transactions;
    private final Deciding deciding;
    private final PostgresOrders orders;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresInterventions(
            Transactions transactions, Deciding deciding, PostgresOrders orders, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.deciding = deciding;
        this.orders = orders;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public Case decide(CaseId id, Decision decision) {
        Case decided = transactions.in(handle -> deciding.decide(handle, id, decision));
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
