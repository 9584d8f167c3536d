package io.throughline.connectors.square;

import com.squareup.square.types.CreateOrderRequest;
import com.squareup.square.types.Fulfillment;
import com.squareup.square.types.FulfillmentPickupDetails;
import com.squareup.square.types.FulfillmentPickupDetailsScheduleType;
import com.squareup.square.types.FulfillmentRecipient;
import com.squareup.square.types.FulfillmentShipmentDetails;
import com.squareup.square.types.FulfillmentState;
import com.squareup.square.types.FulfillmentType;
import com.squareup.square.types.Order;
import com.squareup.square.types.OrderLineItem;
import com.squareup.square.types.OrderLineItemDiscount;
import com.squareup.square.types.OrderSource;
import com.squareup.square.types.PayOrderRequest;
import com.squareup.square.types.UpdateOrderRequest;
import io.throughline.connectors.square.Merchant.Refusal;
import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.effect.Reply;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilitySystem;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.HoldNotice;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.order.LineQuantity;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Stores, which get their work as orders on their point of sale. Releasing creates an order with one fulfillment and pays it with
 * nothing: two calls, of which a repeat does what is missing. Recalling cancels the fulfillment under the order's version lock, and what
 * the store has told us itself completes it in the same way.
 */
final class SquareStores implements FacilitySystem {

    private static final int CONFLICTS = 3;
    private static final int LONGEST_TICKET_NAME = 30;
    private static final int LONGEST_NOTE = 500;

    private final Merchants merchants;
    private final CatalogIndex catalog;
    private final WorkFinder finder;

    SquareStores(Merchants merchants, CatalogIndex catalog, WorkFinder finder) {
        this.merchants = merchants;
        this.catalog = catalog;
        this.finder = finder;
    }

    /** An order that nobody has paid yet is no release: the store does not see it. */
    @Override
    public Optional<Receipt> findRelease(Work work) {
        return find(work).filter(StoreWork::paid).map(found -> Receipt.of(found.id()));
    }

    @Override
    public Reply release(Work work, String vendorKey) {
        // A key may have been forgotten, or stand for a release whose second half is missing, so the reference decides.
        Optional<StoreWork> found = find(work);
        if (found.isEmpty()) {
            catalog.learn(work.account(), skus(work));
            Optional<Sku> unknown = skus(work).stream()
                    .filter(sku -> catalog.variation(work.account(), sku).isEmpty())
                    .findFirst();
            if (unknown.isPresent()) {
                return Reply.refused(FailureCode.FACILITY_REFUSED, "Square's catalogue has no SKU " + unknown.get());
            }
        }
        try {
            StoreWork made = found.isPresent() ? found.get() : create(work, vendorKey);
            if (!made.paid() && !made.givenUp()) {
                pay(work.account(), made, vendorKey);
            }
            return Reply.done(made.id());
        } catch (Refusal refusal) {
            if (refusal.notFound()) {
                catalog.forget(work.account(), skus(work));
            }
            return Reply.refused(FailureCode.FACILITY_REFUSED, refusal.detail());
        }
    }

    private StoreWork create(Work work, String vendorKey) throws Refusal {
        CreateOrderRequest request = CreateOrderRequest.builder()
                .idempotencyKey(vendorKey)
                .order(Order.builder()
                        .locationId(work.location())
                        .referenceId(work.id().value())
                        .ticketName(shorten(work.orderName()))
                        .source(OrderSource.builder().name(StoreWork.SOURCE).build())
                        .lineItems(work.goods().stream()
                                .map(line -> line(work.account(), line))
                                .toList())
                        .discounts(List.of(OrderLineItemDiscount.builder()
                                .uid("paid-elsewhere")
                                .name("Paid when ordered")
                                .percentage("100")
                                .build()))
                        .fulfillments(List.of(fulfillment(work)))
                        .build())
                .build();
        try {
            return new StoreWork(merchants
                    .of(work.account())
                    .change(client -> client.orders().create(request))
                    .getOrder()
                    .orElseThrow(() -> SystemFailure.outcomeUnknown(
                            FailureCode.REPLY_UNREADABLE, "Square created no order that it tells of", null)));
        } catch (Refusal refusal) {
            if (refusal.keyReused()) {
                throw SystemFailure.outcomeUnknown(
                        FailureCode.OUTCOME_UNKNOWN,
                        "Square knows this key with another content: " + work.id(),
                        refusal);
            }
            throw refusal;
        }
    }

    private OrderLineItem line(AccountId account, LineQuantity line) {
        return OrderLineItem.builder()
                .quantity(Integer.toString(line.quantity()))
                .catalogObjectId(catalog.variation(account, line.sku()).orElseThrow())
                .metadata(Map.of("throughline_line", Optional.of(line.lineId())))
                .build();
    }

    private static Fulfillment fulfillment(Work work) {
        FulfillmentRecipient recipient = FulfillmentRecipient.builder()
                .displayName(work.customerName().filter(name -> !name.isBlank()).orElse(work.orderName()))
                .build();
        Fulfillment.Builder fulfillment = Fulfillment.builder().state(FulfillmentState.PROPOSED);
        if (work.method() == DeliveryMethod.PICKUP) {
            return fulfillment
                    .type(FulfillmentType.PICKUP)
                    .pickupDetails(FulfillmentPickupDetails.builder()
                            .recipient(recipient)
                            .scheduleType(FulfillmentPickupDetailsScheduleType.ASAP)
                            .prepTimeDuration("PT1H")
                            .build())
                    .build();
        }
        return fulfillment
                .type(FulfillmentType.SHIPMENT)
                .shipmentDetails(FulfillmentShipmentDetails.builder()
                        .recipient(recipient)
                        .build())
                .build();
    }

    private void pay(AccountId account, StoreWork made, String vendorKey) throws Refusal {
        merchants
                .of(account)
                .change(client -> client.orders()
                        .pay(PayOrderRequest.builder()
                                .orderId(made.id())
                                .idempotencyKey(vendorKey + "-pay")
                                .build()));
    }

    @Override
    public Optional<Receipt> findRecall(Work work) {
        return find(work).filter(StoreWork::givenUp).map(found -> Receipt.of(found.id()));
    }

    @Override
    public Reply recall(Work work, String vendorKey) {
        return move(work, vendorKey, SquareStores::recalled, SquareStores::cancelled);
    }

    private static Optional<Reply> recalled(StoreWork present) {
        if (present.givenUp()) {
            return Optional.of(Reply.done(present.id()));
        }
        return present.done()
                ? Optional.of(Reply.refused(FailureCode.FACILITY_REFUSED, "the store has already handed it over"))
                : Optional.empty();
    }

    private static Fulfillment.Builder cancelled(Fulfillment.Builder fulfillment) {
        return fulfillment.state(FulfillmentState.CANCELED).metadata(StoreWork.recallMark());
    }

    @Override
    public Optional<Receipt> findCompletion(Work work) {
        return find(work).filter(StoreWork::done).map(found -> Receipt.of(found.id()));
    }

    @Override
    public Reply complete(Work work, Optional<Tracking> tracking, String vendorKey) {
        return move(work, vendorKey, SquareStores::completed, fulfillment -> completed(fulfillment, tracking));
    }

    private static Optional<Reply> completed(StoreWork present) {
        if (present.done()) {
            return Optional.of(Reply.done(present.id()));
        }
        return present.givenUp()
                ? Optional.of(Reply.refused(FailureCode.FACILITY_REFUSED, "at its till the store has given it up"))
                : Optional.empty();
    }

    private static Fulfillment.Builder completed(Fulfillment.Builder fulfillment, Optional<Tracking> tracking) {
        tracking.ifPresent(known -> fulfillment.shipmentDetails(FulfillmentShipmentDetails.builder()
                .carrier(known.carrier())
                .trackingNumber(known.number())
                .build()));
        return fulfillment.state(FulfillmentState.COMPLETED);
    }

    @Override
    public Optional<Receipt> findHold(Work work, HoldNotice notice) {
        return find(work).filter(found -> found.knowsOfHold(notice.number())).map(found -> Receipt.of(found.id()));
    }

    /** By the note that Square's point of sale shows with the work: it knows no hold. */
    @Override
    public Reply tellHold(Work work, HoldNotice notice, String vendorKey) {
        return move(
                work,
                vendorKey,
                present -> toldOfHold(present, notice),
                fulfillment -> noted(fulfillment, work.method(), notice));
    }

    private static Optional<Reply> toldOfHold(StoreWork present, HoldNotice notice) {
        if (present.knowsOfHold(notice.number())) {
            return Optional.of(Reply.done(present.id()));
        }
        return present.done() || present.givenUp()
                ? Optional.of(Reply.refused(
                        FailureCode.FACILITY_REFUSED, "at its till the store is done with it: " + present.stateName()))
                : Optional.empty();
    }

    private static Fulfillment.Builder noted(
            Fulfillment.Builder fulfillment, DeliveryMethod method, HoldNotice notice) {
        String note =
                notice.held() ? shortenNote("ON HOLD, do not hand over: " + notice.reason()) : "No longer on hold";
        fulfillment.metadata(StoreWork.holdMark(notice.number()));
        return method == DeliveryMethod.PICKUP
                ? fulfillment.pickupDetails(
                        FulfillmentPickupDetails.builder().note(note).build())
                : fulfillment.shipmentDetails(
                        FulfillmentShipmentDetails.builder().shippingNote(note).build());
    }

    private static String shortenNote(String note) {
        return note.length() > LONGEST_NOTE ? note.substring(0, LONGEST_NOTE) : note;
    }

    /** Changes the fulfillment unless that is {@code settled} already; what the store changes meanwhile is read again. */
    private Reply move(
            Work work,
            String vendorKey,
            Function<StoreWork, Optional<Reply>> settled,
            UnaryOperator<Fulfillment.Builder> change) {
        for (int attempt = 1; attempt <= CONFLICTS; attempt++) {
            Optional<StoreWork> found = find(work);
            if (found.isEmpty()) {
                return Reply.refused(FailureCode.FACILITY_REFUSED, "Square has no order for " + work.id());
            }
            StoreWork present = found.get();
            Optional<Reply> before = settled.apply(present);
            if (before.isPresent()) {
                return before.get();
            }
            try {
                update(work.account(), present, change, vendorKey + "-" + attempt);
                return Reply.done(present.id());
            } catch (Refusal refusal) {
                if (!refusal.conflict() && !refusal.keyReused()) {
                    return Reply.refused(FailureCode.FACILITY_REFUSED, refusal.detail());
                }
            }
        }
        throw SystemFailure.withoutEffect(
                FailureCode.SYSTEM_ERROR, "the store keeps changing " + work.id() + " while it is told", null);
    }

    private void update(AccountId account, StoreWork present, UnaryOperator<Fulfillment.Builder> change, String key)
            throws Refusal {
        Fulfillment fulfillment = present.fulfillment()
                .orElseThrow(() -> SystemFailure.withoutEffect(
                        FailureCode.REPLY_UNREADABLE, "Square order " + present.id() + " has no fulfillment", null));
        Fulfillment.Builder changed =
                change.apply(Fulfillment.builder().uid(fulfillment.getUid()).type(fulfillment.getType()));
        merchants
                .of(account)
                .change(client -> client.orders()
                        .update(UpdateOrderRequest.builder()
                                .orderId(present.id())
                                .idempotencyKey(key)
                                .order(Order.builder()
                                        .locationId(present.order().getLocationId())
                                        .version(present.order().getVersion())
                                        .fulfillments(List.of(changed.build()))
                                        .build())
                                .build()));
    }

    @Override
    public WorkProgress read(Work work) {
        return find(work).map(StoreWork::progress).orElseGet(WorkProgress::nothing);
    }

    /** Whose work an order at Square is; empty for a sale at the till and for an unknown order. */
    Optional<FulfillmentOrderId> workOf(AccountId account, String orderId) {
        return finder.get(account, orderId).flatMap(StoreWork::idOf);
    }

    private Optional<StoreWork> find(Work work) {
        return work.workReference()
                .map(reference -> finder.get(work.account(), reference))
                .orElseGet(() -> finder.search(work.account(), work.location(), work.id()))
                .map(StoreWork::new);
    }

    private static List<Sku> skus(Work work) {
        return work.goods().stream().map(LineQuantity::sku).toList();
    }

    private static String shorten(String name) {
        return name.length() > LONGEST_TICKET_NAME ? name.substring(0, LONGEST_TICKET_NAME) : name;
    }
}
