package io.throughline.store.intervention;

import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.Interventions;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.fulfillment.FulfillmentRows;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.Transactions;
import io.throughline.store.order.PostgresOrders;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

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
            refuseWhereTwoDecide(handle, id, actor);
            OrderKey key = orders.requestCancel(handle, id, actor, reason);
            InboxRows.insert(handle, key.account(), CANCEL, id.value(), key.workflowId(), "{}", clock.instant());
            return true;
        });
        if (asked) {
            bell.ring();
        }
        return asked;
    }

    /** While a case of the order lets people cancel it, and so much is at stake that two have to want it, nobody does so past the case. */
    private void refuseWhereTwoDecide(Handle handle, OrderId id, String actor) {
        Decision cancel = new Decision(Action.CANCEL, actor, true, Optional.empty(), Map.of(), clock.instant());
        handle
                .createQuery(CaseFileRows.SELECT + "where subject = :order and status = 'OPEN' order by number")
                .bind("order", id.value())
                .map(CaseFileRows::map)
                .list()
                .stream()
                .filter(file -> file.about().legalActions().contains(Action.CANCEL))
                .filter(file -> deciding.needsAnother(handle, file, cancel))
                .findFirst()
                .ifPresent(file -> {
                    throw new IllegalDecision("so much is at stake that two people have to cancel it: decide CANCEL on "
                            + file.about().id());
                });
    }
}
