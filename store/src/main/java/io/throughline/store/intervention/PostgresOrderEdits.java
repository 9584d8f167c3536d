package io.throughline.store.intervention;

import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.intervention.ChangePlan;
import io.throughline.domain.intervention.EditPlanner;
import io.throughline.domain.intervention.GivenOut;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.intervention.OrderEdits;
import io.throughline.domain.intervention.PlanOutdated;
import io.throughline.domain.intervention.PlannedEdits;
import io.throughline.domain.intervention.PlannedStep;
import io.throughline.domain.inventory.OrderReservations.Reserved;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.inventory.StockRules;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderStatus;
import io.throughline.domain.order.OrderView;
import io.throughline.store.customer.AmendmentRows;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.fulfillment.EditRecalls;
import io.throughline.store.fulfillment.FulfillmentRows;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.PostgresInventory;
import io.throughline.store.inventory.PostgresOrderReservations;
import io.throughline.store.order.PostgresOrderIntake;
import io.throughline.store.order.PostgresOrders;
import io.throughline.store.order.ProductNames;
import io.throughline.store.returns.PostgresReturns;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** Edits of submitted orders, in PostgreSQL: decided, and carried out, under the lock of the order's row. */
public final class PostgresOrderEdits implements OrderEdits {
    private static final String TOPIC = "throughline/edited";

    private final Transactions transactions;
    private final PostgresOrders orders;
    private final PostgresInventory inventory;
    private final EditPlanner planner;
    private final PlannedEdits plannedEdits;
    private final Deciding deciding;
    private final TraceWriter trace;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresOrderEdits(
            Transactions transactions,
            PostgresOrders orders,
            PostgresInventory inventory,
            StockRules rules,
            PlannedEdits plannedEdits,
            Deciding deciding,
            TraceWriter trace,
            InboxBell bell,
            Clock clock) {
        this.transactions = transactions;
        this.orders = orders;
        this.inventory = inventory;
        this.planner = new EditPlanner(rules.bundles());
        this.plannedEdits = plannedEdits;
        this.deciding = deciding;
        this.trace = trace;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public ChangePlan plan(Edit told) {
        return transactions.in(handle -> {
            orders.lockedStatus(handle, told.order().id());
            Edit edit = asAmended(handle, told);
            ChangePlan plan = planned(handle, edit).plan();
            PlanRows.put(handle, plan, clock.instant());
            return plan;
        });
    }

    @Override
    public void carryOut(Edit told, String token, String actor) {
        transactions.run(handle -> {
            orders.lockedStatus(handle, told.order().id());
            Edit edit = asAmended(handle, told);
            PlanRows.Shown shown = PlanRows.find(handle, edit.order().id(), token, clock.instant())
                    .orElseThrow(PlanRows::gone);
            if (!EditPlanner.isFor(shown.plan(), edit)) {
                throw new PlanOutdated(List.of("the plan was made for another edit"));
            }
            if (shown.carriedOut()) {
                return;
            }
            FulfillmentRows.lockAll(handle, edit.order().id());
            Planned now = planned(handle, edit);
            shown.refuseOther(now.plan());
            become(handle, edit, now, actor);
        });
        bell.ring();
    }

    /** Who edits it says what it was before people have amended it; by that it is taken in, and compared. */
    private Edit asAmended(Handle handle, Edit told) {
        String line = told.order().id().value();
        return new Edit(
                ProductNames.in(handle, told.order(), clock.instant()),
                AmendmentRows.amended(handle, line, told.person()),
                told.contentHash());
    }

    /** {@code askedBack}: the work of which its facilities have more than is wanted then. */
    private record Planned(ChangePlan plan, List<FulfillmentOrder> askedBack) {}

    /** Of an order whose row is locked. */
    private Planned planned(Handle handle, Edit edit) {
        OrderView view = orders.view(handle, edit.order().id());
        GivenOut given = given(handle, view);
        Optional<OrderStock> rest = rest(handle, view);
        refuseWhatIsUnderWay(view, rest.isPresent() || !given.work().isEmpty());
        Order before = orders.newest(handle, view.id())
                .filter(known -> PostgresOrderIntake.isTakenIn(handle, known.id()))
                .orElseThrow(() -> new IllegalDecision("it is being taken in: try again in a moment"));
        Money after = edit.order().total().shop();
        if (after.compareTo(before.total().shop()) < 0) {
            deciding.refuseTakingOff(handle, view.id(), after);
        }
        PersonalData person = PersonRows.find(handle, before.customer()).orElseGet(PersonalData::none);
        boolean samePerson = person.equals(edit.person());
        Optional<String> objection = given.work().isEmpty()
                ? rest.flatMap(stock -> planner.objection(before, edit, samePerson, stock))
                : planner.objectionToPlace(before, edit, samePerson);
        objection.ifPresent(why -> {
            throw new IllegalDecision(why);
        });
        return new Planned(
                planner.plan(before, edit, samePerson, PostgresOrderReservations.of(handle, view.id()), given),
                given.less(edit.order()).askedBack());
    }

    /** Where the order's policy plans its edits, what is given out may become less. What others are being sought for is neither here nor there. */
    private GivenOut given(Handle handle, OrderView view) {
        if (view.fulfillmentOrders().isEmpty() || view.status().ended() || !plannedEdits.cover(view)) {
            return GivenOut.NOTHING;
        }
        EditRecalls.underWay(handle, view.id()).ifPresent(reroute -> {
            throw new IllegalDecision(reroute.id().work() + " is being routed again: try again when it is given out");
        });
        return new GivenOut(view.fulfillmentOrders(), PostgresReturns.ofOrder(handle, view.id()));
    }

    /** What is still to come of an order that goes out in parts, once one is given out. */
    private Optional<OrderStock> rest(Handle handle, OrderView view) {
        if (view.fulfillmentOrders().isEmpty() || !inventory.isInParts(handle, view.id())) {
            return Optional.empty();
        }
        OrderStock stock = inventory.stockOf(handle, view.id());
        refuseWhatIsRoutedAgain(stock, PostgresOrderReservations.of(handle, view.id()));
        return Optional.of(stock)
                .filter(some -> !some.waiting().isEmpty() || !some.unplaced().isEmpty());
    }

    /** What a facility has just given back is neither given out nor still to come until others have it. */
    private static void refuseWhatIsRoutedAgain(OrderStock stock, List<Reserved> reservations) {
        int held = reservations.stream()
                .filter(row -> row.state().equals("HELD"))
                .mapToInt(Reserved::quantity)
                .sum();
        int toCome = stock.unplaced().stream().mapToInt(LineQuantity::quantity).sum();
        if (held > toCome) {
            throw new IllegalDecision("a facility has given a part of it back, which is being routed again: try again"
                    + " when it is given out");
        }
    }

    private static void refuseWhatIsUnderWay(OrderView view, boolean restIsToCome) {
        if (view.status().ended()) {
            throw new IllegalDecision("it has ended " + view.status() + ": what has left comes back as a return");
        }
        view.cancelRequestedAt().ifPresent(at -> {
            throw new IllegalDecision("its cancellation was asked for at " + at);
        });
        if (restIsToCome) {
            return;
        }
        if (!view.fulfillmentOrders().isEmpty()) {
            throw new IllegalDecision("its work is given out ("
                    + view.fulfillmentOrders().stream()
                            .map(PostgresOrderEdits::words)
                            .collect(Collectors.joining(", "))
                    + "): cancel it and hand it over anew, or take back what has left as a return");
        }
        if (view.status() == OrderStatus.IN_FULFILLMENT) {
            throw new IllegalDecision("it is being carried out: cancel it and hand it over anew");
        }
    }

    private static String words(FulfillmentOrder work) {
        return work.id() + " " + work.status() + " at " + work.facility();
    }

    private void become(Handle handle, Edit edit, Planned planned, String actor) {
        Order order = edit.order();
        ChangePlan plan = planned.plan();
        PostgresOrderIntake.replace(handle, order, edit.contentHash());
        PersonRows.put(handle, order.id(), order.customer(), edit.person());
        PlanRows.carriedOut(handle, plan, actor, clock.instant());
        inventory.reduce(handle, order.id(), edit.needs());
        EditRecalls.open(handle, trace, order.key(), planned.askedBack(), clock.instant());
        InboxRows.insert(
                handle,
                order.key().account(),
                TOPIC,
                order.key().externalId() + "@" + order.version(),
                order.key().workflowId(),
                "{\"version\": \"" + order.version() + "\"}",
                clock.instant());
        trace.append(
                handle,
                order.id().value(),
                "order.edited",
                actor + " edits it: "
                        + plan.steps().stream().map(PlannedStep::words).collect(Collectors.joining("; ")),
                Map.of("actor", actor, "plan", plan.token()));
    }
}
