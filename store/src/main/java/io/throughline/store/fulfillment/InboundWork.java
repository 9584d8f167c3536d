package io.throughline.store.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.FacilityAnswer;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.transfer.Transfer;
import io.throughline.store.fulfillment.RerouteRows.Opening;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * What becomes of work to whose facility goods are sent, as part of the transactions of their transfer, which hold the order's row and have
 * booked what moves. Each leaves a message that wakes the order's process.
 */
public final class InboundWork {
    private final PostgresFulfillmentOrders work;
    private final TraceWriter trace;
    private final Clock clock;

    public InboundWork(PostgresFulfillmentOrders work, TraceWriter trace, Clock clock) {
        this.work = work;
        this.trace = trace;
        this.clock = clock;
    }

    /** The work that a transfer is for, while it still waits for that; nobody else changes it until the transaction ends. */
    public Optional<FulfillmentOrder> awaiting(Handle handle, FulfillmentOrderId id) {
        return PostgresFulfillmentOrders.read(handle, id, "for no key update").filter(FulfillmentOrder::awaitsGoods);
    }

    /** The goods have until then to arrive; who has sent them has no part in it any more. */
    public void sent(Handle handle, FulfillmentOrder waiting, Transfer transfer) {
        PostgresFulfillmentOrders.change(handle, waiting.id(), "inbound_sent_at = :now")
                .bind("now", Columns.at(clock.instant()))
                .execute();
        PostgresFulfillmentOrders.setDeadline(handle, waiting.id(), transfer.expectedAt(), clock.instant());
        tell(handle, waiting, transfer, "work.goods-sent", "what it needs has left " + transfer.from());
    }

    public void arrived(Handle handle, FulfillmentOrder waiting, Transfer transfer) {
        PostgresFulfillmentOrders.change(
                        handle, waiting.id(), "inbound_arrived_at = :now, deadline = null, time_left = null")
                .bind("now", Columns.at(clock.instant()))
                .execute();
        tell(handle, waiting, transfer, "work.goods-arrived", "what it needs has arrived at " + transfer.to());
    }

    /** Units that do not come become work of their own that is given back, or the work as a whole is; a reroute finds who else can send them. */
    public void lacks(Handle handle, FulfillmentOrder waiting, List<LineQuantity> missing, RerouteCause cause) {
        List<LineQuantity> kept = without(waiting.lines(), missing);
        FulfillmentOrder part = kept.isEmpty() ? waiting : splitOff(handle, waiting, kept, missing);
        Opening opening = new Opening(
                with(part, missing, FulfillmentStatus.REJECTED, part.id(), Optional.of(FulfillmentOrder.NOT_BROUGHT)),
                cause,
                Optional.empty());
        OrderKey order = key(handle, waiting.id().order());
        RerouteId reroute = RerouteRows.open(handle, order, opening, clock.instant());
        WorkNews.tell(handle, order, waiting.id(), "lacks/" + part.id(), clock.instant());
        work.move(
                handle,
                part,
                FulfillmentStatus.REJECTED,
                Optional.empty(),
                Optional.of(FulfillmentOrder.NOT_BROUGHT),
                Optional.empty());
        RerouteRows.tellOpened(handle, trace, reroute, opening);
    }

    private static List<LineQuantity> without(List<LineQuantity> lines, List<LineQuantity> missing) {
        Map<String, Integer> rest = new HashMap<>();
        missing.forEach(line -> rest.merge(line.lineId(), line.quantity(), Integer::sum));
        return lines.stream()
                .map(line -> new Units(line, line.quantity() - rest.getOrDefault(line.lineId(), 0)))
                .filter(line -> line.left() > 0)
                .map(line -> new LineQuantity(line.of().lineId(), line.of().sku(), line.left()))
                .toList();
    }

    private record Units(LineQuantity of, int left) {}

    /** Kept as rejected from the first, as what a store gives back of its work is. */
    private static FulfillmentOrder splitOff(
            Handle handle, FulfillmentOrder whole, List<LineQuantity> kept, List<LineQuantity> missing) {
        PostgresFulfillmentOrders.change(handle, whole.id(), "lines = cast(:lines as jsonb)")
                .bind("lines", CanonicalJson.write(kept))
                .execute();
        int ordinal = FulfillmentRows.ofOrder(handle, whole.id().order()).size() + 1;
        FulfillmentOrderId id = FulfillmentOrderId.of(whole.id().order(), ordinal);
        FulfillmentRows.insert(
                handle,
                List.of(with(whole, missing, FulfillmentStatus.REJECTED, id, Optional.empty())),
                Optional.empty());
        return with(whole, missing, whole.status(), id, Optional.empty());
    }

    private static FulfillmentOrder with(
            FulfillmentOrder whole,
            List<LineQuantity> lines,
            FulfillmentStatus status,
            FulfillmentOrderId id,
            Optional<String> reason) {
        return new FulfillmentOrder(
                id,
                whole.facility(),
                whole.method(),
                status,
                lines,
                whole.channelWork(),
                Optional.empty(),
                Optional.empty(),
                reason,
                Optional.empty(),
                false,
                false,
                whole.inbound(),
                FacilityAnswer.NONE);
    }

    private void tell(Handle handle, FulfillmentOrder waiting, Transfer transfer, String kind, String words) {
        Instant now = clock.instant();
        WorkNews.tell(handle, key(handle, waiting.id().order()), waiting.id(), kind + "/" + transfer.id(), now);
        trace.append(
                handle,
                waiting.id().value(),
                kind,
                waiting.id() + ": " + words + " (" + transfer.id() + ")",
                Map.of(
                        "work", waiting.id().value(),
                        "transfer", transfer.id().value(),
                        "from", transfer.from().value(),
                        "to", transfer.to().value()),
                List.of(transfer.id().value()));
    }

    private static OrderKey key(Handle handle, OrderId order) {
        return handle.createQuery("select account, external_id from customer_order where id = :order")
                .bind("order", order.value())
                .map((row, context) ->
                        new OrderKey(new AccountId(row.getString("account")), row.getString("external_id")))
                .one();
    }
}
