package io.throughline.api.console.order;

import io.throughline.api.console.Badge;
import io.throughline.api.console.JournalTable;
import io.throughline.api.console.Moments;
import io.throughline.api.console.Subjects;
import io.throughline.api.console.Tone;
import io.throughline.api.console.TraceRow;
import io.throughline.api.console.Visit;
import io.throughline.api.console.Words;
import io.throughline.api.console.cases.CaseRows;
import io.throughline.api.console.cases.EffectRow;
import io.throughline.api.console.order.OrderPage.Axis;
import io.throughline.api.console.order.OrderPage.Deadlines;
import io.throughline.api.console.order.OrderPage.WorkRow;
import io.throughline.api.console.returns.ReturnRow;
import io.throughline.api.http.Links;
import io.throughline.api.order.MarketplaceView;
import io.throughline.api.order.OrderDetail;
import io.throughline.api.order.OrderReading;
import io.throughline.api.trace.TraceView;
import io.throughline.domain.access.Role;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.effect.EffectLedger;
import io.throughline.domain.finance.Journals;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.intervention.Cases;
import io.throughline.domain.inventory.OrderReservations;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.returns.Returns;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/** Reads what the page of an order shows. */
public final class OrderPages {
    private final OrderReading orders;
    private final Cases cases;
    private final EffectLedger effects;
    private final Journals journals;
    private final Returns returns;
    private final OrderReservations reservations;
    private final CaseRows rows;
    private final Steps steps;
    private final Links links;

    public OrderPages(
            OrderReading orders,
            Cases cases,
            EffectLedger effects,
            Journals journals,
            Returns returns,
            OrderReservations reservations,
            CaseRows rows,
            Accounts accounts,
            Links links) {
        this.orders = orders;
        this.cases = cases;
        this.effects = effects;
        this.journals = journals;
        this.returns = returns;
        this.reservations = reservations;
        this.rows = rows;
        this.steps = new Steps(accounts);
        this.links = links;
    }

    OrderPage read(OrderView view, Visit visit, Moments moments) {
        OrderDetail detail = orders.detail(view, visit.seesPersons());
        TraceView line = orders.trace(view);
        List<Case> all = cases.ofSubject(view.id().value());
        return new OrderPage(
                view.id().value(),
                view.name(),
                view.key().account().value(),
                view.key().externalId(),
                Words.of(view.channel()),
                axes(view),
                view.cancelRequestedAt().isPresent(),
                view.cancelDeclinedAt()
                        .filter(_ -> view.cancelRequestedAt().isEmpty())
                        .map(moments::of),
                moments.of(view.receivedAt()),
                moments.of(view.changedAt()),
                links.process(view.key()).toString(),
                Subjects.order(view.id()) + OrderPageResource.CANCELLATION,
                visit.caller().hasAny(Role.SUPPORT)
                        && !view.status().ended()
                        && view.cancelRequestedAt().isEmpty(),
                detail,
                detail.marketplace().map(marketplace -> deadlines(marketplace, moments)),
                view.routing().map(decision -> RoutingTable.of(decision, moments)),
                view.fulfillmentOrders().stream()
                        .map(work -> work(work, visit, moments))
                        .toList(),
                all.reversed().stream().map(one -> rows.of(one, moments)).toList(),
                LinePicture.of(steps.of(line.entries(), all)),
                line.intact(),
                line.entries().reversed().stream()
                        .map(entry -> TraceRow.of(entry, moments))
                        .toList(),
                effects.ofSubject(view.id().value()).stream()
                        .map(effect -> EffectRow.of(effect, line.entries(), moments))
                        .toList(),
                returns.ofOrder(view.id()).reversed().stream()
                        .map(one -> ReturnRow.of(one, moments))
                        .toList(),
                Subjects.order(view.id()) + "/books",
                journals.of(view.id()).stream().map(JournalTable::of).toList(),
                reservations.of(view.id()));
    }

    private static Deadlines deadlines(MarketplaceView marketplace, Moments moments) {
        return new Deadlines(
                moments.of(marketplace.acknowledgeBy()),
                marketplace.acknowledgedAt().map(moments::of),
                moments.of(marketplace.shipBy()),
                marketplace.shippedAt().map(moments::of));
    }

    private static List<Axis> axes(OrderView view) {
        return List.of(
                new Axis("Order", Badge.of(view.status())),
                new Axis("Payment", Badge.of(view.payment())),
                new Axis("Fulfillment", work(view)),
                new Axis("Posting", Badge.of(view.posting())));
    }

    /** The least that any of its work has come to. */
    private static Badge work(OrderView view) {
        return view.fulfillmentOrders().stream()
                .map(FulfillmentOrder::status)
                .min(Comparator.naturalOrder())
                .map(Badge::of)
                .orElseGet(() -> new Badge("None yet", Tone.QUIET));
    }

    private static WorkRow work(FulfillmentOrder work, Visit visit, Moments moments) {
        return new WorkRow(
                work.id().value(),
                work.facility().value(),
                Words.of(work.method()),
                Badge.of(work.status()),
                work.lines().stream()
                        .map(line -> line.quantity() + " × " + line.sku())
                        .collect(Collectors.joining(", ")),
                work.workReference().orElse(""),
                work.tracking().map(tracking -> tracking.number()).orElse(""),
                work.heldOpen()
                        .map(hold -> "held: " + hold.reason())
                        .or(() -> work.reason().filter(words -> visit.seesPersons())),
                moments.of(work.deadline()));
    }
}
