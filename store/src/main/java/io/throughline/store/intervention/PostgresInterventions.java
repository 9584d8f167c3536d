package io.throughline.store.intervention;

import io.throughline.domain.intervention.Action;
import io.throughline.domain.intervention.CancellationFacts;
import io.throughline.domain.intervention.CancellationPlanner;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.CaseId;
import io.throughline.domain.intervention.ChangePlan;
import io.throughline.domain.intervention.Decision;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.Interventions;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.order.OrderView;
import io.throughline.store.effect.PostgresEffects;
import io.throughline.store.finance.PostgresJournals;
import io.throughline.store.fulfillment.FulfillmentRows;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.PostgresOrderReservations;
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
        return ring(transactions.in(handle -> {
            if (tooLate(handle, id)) {
                return false;
            }
            refuseWhereTwoDecide(handle, id, actor);
            ask(handle, id, actor, reason);
            return true;
        }));
    }

    @Override
    public Optional<ChangePlan> planCancellation(OrderId id, String actor, CancellationPlanner planner) {
        return transactions.in(handle -> {
            if (tooLate(handle, id)) {
                return Optional.empty();
            }
            refuseWhereTwoDecide(handle, id, actor);
            ChangePlan plan = planner.plan(openFacts(handle, id));
            PlanRows.put(handle, plan, clock.instant());
            return Optional.of(plan);
        });
    }

    @Override
    public boolean cancelAsPlanned(OrderId id, String token, String actor, String reason, CancellationPlanner planner) {
        return ring(transactions.in(handle -> {
            boolean tooLate = tooLate(handle, id);
            PlanRows.Shown shown = PlanRows.find(handle, id, token, clock.instant())
                    .filter(plan -> plan.plan().content().isEmpty())
                    .orElseThrow(PlanRows::gone);
            if (shown.carriedOut()) {
                return true;
            }
            if (tooLate) {
                return false;
            }
            refuseWhereTwoDecide(handle, id, actor);
            FulfillmentRows.lockAll(handle, id);
            ChangePlan now = planner.plan(openFacts(handle, id));
            shown.refuseOther(now);
            ask(handle, id, actor, reason);
            PlanRows.carriedOut(handle, now, actor, clock.instant());
            return true;
        }));
    }

    /** One wish has one name, however often it is told; after it was declined it is another. */
    private static String wish(Handle handle, OrderId id) {
        return handle.createQuery("""
                        select id || coalesce('/' || cast(extract(epoch from cancel_declined_at) as text), '')
                        from customer_order where id = :id
                        """)
                .bind("id", id.value())
                .mapTo(String.class)
                .one();
    }

    /** Until the transaction ends, the order does not move on. */
    private boolean tooLate(Handle handle, OrderId id) {
        return orders.lockedStatus(handle, id).ended() || FulfillmentRows.allHaveLeft(handle, id);
    }

    private void ask(Handle handle, OrderId id, String actor, String reason) {
        OrderKey key = orders.requestCancel(handle, id, actor, reason);
        InboxRows.insert(handle, key.account(), CANCEL, wish(handle, id), key.workflowId(), "{}", clock.instant());
    }

    private boolean ring(boolean asked) {
        if (asked) {
            bell.ring();
        }
        return asked;
    }

    /** Of an order that nobody has asked to cancel yet. */
    private CancellationFacts openFacts(Handle handle, OrderId id) {
        OrderView view = orders.view(handle, id);
        view.cancelRequestedAt().ifPresent(at -> {
            throw new IllegalDecision("its cancellation was asked for at " + at);
        });
        return new CancellationFacts(
                view,
                orders.newest(handle, id),
                PostgresOrderReservations.of(handle, id),
                PostgresJournals.of(handle, id),
                PostgresEffects.mayBeThere(handle, id.value(), "announce"));
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
