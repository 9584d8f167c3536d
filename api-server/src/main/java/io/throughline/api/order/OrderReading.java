package io.throughline.api.order;

import io.throughline.api.http.Links;
import io.throughline.api.http.Parameters;
import io.throughline.api.order.OrderDetail.PersonView;
import io.throughline.api.problem.ProblemException;
import io.throughline.api.trace.TraceProcesses;
import io.throughline.api.trace.TraceView;
import io.throughline.domain.customer.PersonalDataStore;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.fulfillment.Parcels;
import io.throughline.domain.intervention.ChangePlan;
import io.throughline.domain.inventory.InventoryLedger;
import io.throughline.domain.marketplace.MarketplaceOrders;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.trace.Trace;
import java.util.List;
import java.util.Optional;

/** Reads orders for answers. */
public final class OrderReading {
    private final Orders orders;
    private final InventoryLedger inventory;
    private final PersonalDataStore people;
    private final Journals journals;
    private final Trace trace;
    private final Parcels parcels;
    private final MarketplaceOrders marketplaceOrders;
    private final Links links;

    public OrderReading(
            Orders orders,
            InventoryLedger inventory,
            PersonalDataStore people,
            Journals journals,
            Trace trace,
            Parcels parcels,
            MarketplaceOrders marketplaceOrders,
            Links links) {
        this.orders = orders;
        this.inventory = inventory;
        this.people = people;
        this.journals = journals;
        this.trace = trace;
        this.parcels = parcels;
        this.marketplaceOrders = marketplaceOrders;
        this.links = links;
    }

    /** The order of this name; what is no name of an order is as unknown as any other. */
    public OrderView view(String id) {
        return Parameters.name(id, OrderId::new)
                .flatMap(orders::view)
                .orElseThrow(() -> ProblemException.notFound("such order"));
    }

    OrderSummary summary(OrderView view) {
        return OrderSummary.of(view, links.ofOrder(view.id(), view.key()));
    }

    public OrderSummary.OrderList recent(int limit) {
        return new OrderSummary.OrderList(
                orders.recent(limit).stream().map(this::summary).toList());
    }

    public OrderDetail detail(OrderView view, boolean showPerson) {
        Optional<Order> order = orders.find(view.id());
        List<Parcel> packed = parcels.ofOrder(view.id());
        return new OrderDetail(
                summary(view),
                order.map(OrderDetail.Content::of),
                view.fulfillmentOrders().stream()
                        .map(work -> OrderDetail.Work.of(work, packed, showPerson))
                        .toList(),
                OrderDetail.Wait.of(inventory.stockOf(view.id())),
                order.map(Order::customer)
                        .flatMap(people::find)
                        .map(person -> showPerson ? PersonView.of(person) : PersonView.masked(person)),
                view.cancelRequestedAt()
                        .filter(asked -> showPerson)
                        .flatMap(asked -> people.words(view.id().value())),
                marketplaceOrders.find(view.id()).map(MarketplaceView::of),
                Exchange.returnOf(view.key()).map(ReturnId::value));
    }

    ChangePlanView plan(ChangePlan plan) {
        return ChangePlanView.of(
                plan, orders.find(plan.order()), view(plan.order().value()).channelChanged());
    }

    public TraceView trace(OrderView view) {
        return TraceView.of(view.id().value(), trace, TraceProcesses.ofOrder(view.key(), links));
    }

    JournalView.JournalList journals(OrderId id) {
        return new JournalView.JournalList(
                id.value(), journals.of(id).stream().map(JournalView::of).toList());
    }
}
