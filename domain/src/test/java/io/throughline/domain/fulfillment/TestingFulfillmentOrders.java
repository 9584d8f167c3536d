package io.throughline.domain.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The work at facilities, in memory. */
public final class TestingFulfillmentOrders implements FulfillmentOrders {
    private final Map<FulfillmentOrderId, FulfillmentOrder> work = new LinkedHashMap<>();
    private final Map<FulfillmentOrderId, Instant> hintedAt = new LinkedHashMap<>();
    private final Set<FulfillmentOrderId> reminded = new HashSet<>();
    private final TestingWorkHolds holds;
    private final java.time.Clock clock;

    public TestingFulfillmentOrders(java.time.Clock clock) {
        this.clock = clock;
        this.holds = new TestingWorkHolds(this);
    }

    /** What holds this work back. */
    public TestingWorkHolds holds() {
        return holds;
    }

    /** Creates the next piece of work of an order. */
    public synchronized FulfillmentOrder create(
            OrderId order,
            FacilityId facility,
            DeliveryMethod method,
            FulfillmentStatus status,
            Optional<String> channelWork,
            List<LineQuantity> lines) {
        FulfillmentOrder created = new FulfillmentOrder(
                FulfillmentOrderId.of(order, ofOrder(order).size() + 1),
                facility,
                method,
                status,
                lines,
                channelWork,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                false);
        work.put(created.id(), created);
        return created;
    }

    /** What another facility sends for it has, or has not, arrived; that has until then. */
    public void inbound(FulfillmentOrderId id, Inbound goods, Optional<Instant> deadline) {
        change(
                id,
                one -> WorkCopy.of(one)
                        .deadline(deadline)
                        .inbound(Optional.of(goods))
                        .build());
    }

    /** Its customer has got these units; the others lie ready on as other work, whose id is given. */
    public synchronized FulfillmentOrderId handOverPart(
            FulfillmentOrderId id, List<LineQuantity> handed, List<LineQuantity> left) {
        FulfillmentOrder whole = get(id);
        FulfillmentOrder rest = create(
                id.order(),
                whole.facility(),
                whole.method(),
                FulfillmentStatus.READY_FOR_PICKUP,
                whole.channelWork(),
                left);
        change(rest.id(), one -> WorkCopy.of(one).deadline(whole.deadline()).build());
        change(
                id,
                one -> WorkCopy.of(one)
                        .status(FulfillmentStatus.PICKED_UP)
                        .lines(handed)
                        .deadline(Optional.empty())
                        .reported(true)
                        .build());
        return rest.id();
    }

    /** Its facility has found these units only: the others are other work, which it has given back, and whose id is given. */
    public synchronized FulfillmentOrderId pickShort(
            FulfillmentOrderId id, List<LineQuantity> found, List<LineQuantity> missing) {
        FulfillmentOrder whole = get(id);
        FulfillmentOrder rest = create(
                id.order(), whole.facility(), whole.method(), FulfillmentStatus.REJECTED, whole.channelWork(), missing);
        change(rest.id(), one -> WorkCopy.of(one).reported(true).build());
        change(id, one -> WorkCopy.of(one).lines(found).reported(true).build());
        return rest.id();
    }

    public Instant now() {
        return clock.instant();
    }

    /** A device of the store has told us that the work has come so far. */
    public void report(FulfillmentOrderId id, FulfillmentStatus status) {
        change(
                id,
                one -> WorkCopy.of(one)
                        .status(status)
                        .deadline(status.terminal() ? Optional.empty() : one.deadline())
                        .reported(true)
                        .build());
    }

    @Override
    public synchronized Optional<FulfillmentOrder> find(FulfillmentOrderId id) {
        return Optional.ofNullable(work.get(id)).map(this::asHeld);
    }

    private FulfillmentOrder asHeld(FulfillmentOrder one) {
        return WorkCopy.of(one).held(holds.of(one)).build();
    }

    @Override
    public synchronized List<FulfillmentOrder> ofOrder(OrderId order) {
        return work.values().stream()
                .filter(one -> one.id().order().equals(order))
                .map(this::asHeld)
                .toList();
    }

    @Override
    public void assigned(FulfillmentOrderId id, String channelWork) {
        change(id, one -> WorkCopy.of(one).channelWork(Optional.of(channelWork)).build());
    }

    @Override
    public void released(FulfillmentOrderId id, AccountId workAccount, String workReference, Instant acknowledgeBy) {
        change(
                id,
                one -> one.status().mayBecome(FulfillmentStatus.RELEASED)
                        ? WorkCopy.of(one)
                                .status(FulfillmentStatus.RELEASED)
                                .workReference(Optional.of(workReference))
                                .deadline(Optional.of(acknowledgeBy))
                                .build()
                        : one);
    }

    @Override
    public synchronized FulfillmentOrder observed(
            FulfillmentOrderId id, WorkProgress progress, Instant readAt, Optional<Instant> deadline) {
        boolean newsSince = Optional.ofNullable(hintedAt.get(id))
                .filter(hint -> hint.isAfter(readAt))
                .isPresent();
        return change(id, one -> {
            Optional<FulfillmentStatus> next = progress.status().filter(one.status()::mayBecome);
            FulfillmentStatus status = next.orElse(one.status());
            return WorkCopy.of(one)
                    .status(status)
                    .tracking(progress.tracking().or(one::tracking))
                    .reason(progress.reason().or(one::reason))
                    .deadline(status.terminal() ? Optional.empty() : next.isPresent() ? deadline : one.deadline())
                    .hinted(newsSince)
                    .answer(new FacilityAnswer(
                            next.isPresent()
                                    ? progress.answer().ground()
                                    : one.answer().ground(),
                            one.answer().keeps() || progress.answer().keeps()))
                    .build();
        });
    }

    @Override
    public synchronized Optional<OrderId> hint(AccountId workAccount, String workReference) {
        return work.values().stream()
                .filter(one -> one.workReference().filter(workReference::equals).isPresent())
                .findFirst()
                .map(one -> {
                    mark(one.id());
                    return one.id().order();
                });
    }

    @Override
    public synchronized Optional<OrderId> mirrored(AccountId channel, String channelWork) {
        return work.values().stream()
                .filter(one -> !one.status().terminal())
                .filter(one -> one.channelWork().filter(channelWork::equals).isPresent())
                .findFirst()
                .map(one -> one.id().order());
    }

    @Override
    public synchronized void hintAll(OrderId order) {
        ofOrder(order).stream().filter(one -> !one.status().terminal()).forEach(one -> mark(one.id()));
    }

    @Override
    public void extend(FulfillmentOrderId id, Instant deadline) {
        change(
                id,
                one -> one.status().terminal()
                        ? one
                        : WorkCopy.of(one).deadline(Optional.of(deadline)).build());
    }

    @Override
    public synchronized boolean reminded(FulfillmentOrderId id) {
        return reminded.contains(id);
    }

    @Override
    public synchronized void remind(FulfillmentOrderId id) {
        reminded.add(id);
    }

    @Override
    public synchronized Optional<HoldNotice> askToTellHold(FulfillmentOrderId id) {
        FulfillmentOrder one = get(id);
        if (!one.holdToTell()) {
            return Optional.empty();
        }
        HoldNotice notice = one.nextHoldNotice();
        change(
                id,
                same -> WorkCopy.of(same)
                        .holdNews(new HoldNews(notice.number(), same.holdNews().told()))
                        .build());
        return Optional.of(notice);
    }

    @Override
    public synchronized void holdTold(FulfillmentOrderId id, int number) {
        change(
                id,
                same -> WorkCopy.of(same)
                        .holdNews(new HoldNews(same.holdNews().asked(), number))
                        .build());
    }

    @Override
    public void cancelled(FulfillmentOrderId id, String reason) {
        end(id, FulfillmentStatus.CANCELLED, reason);
    }

    @Override
    public void rejected(FulfillmentOrderId id, String reason) {
        end(id, FulfillmentStatus.REJECTED, reason);
    }

    private void end(FulfillmentOrderId id, FulfillmentStatus status, String reason) {
        change(
                id,
                one -> one.status().mayBecome(status)
                        ? WorkCopy.of(one)
                                .status(status)
                                .reason(Optional.of(reason))
                                .deadline(Optional.empty())
                                .hinted(false)
                                .build()
                        : one);
    }

    private void mark(FulfillmentOrderId id) {
        hintedAt.put(id, clock.instant());
        change(id, one -> WorkCopy.of(one).hinted(true).build());
    }

    private synchronized FulfillmentOrder change(FulfillmentOrderId id, UnaryOperator<FulfillmentOrder> change) {
        FulfillmentOrder changed = change.apply(get(id));
        work.put(id, changed);
        return changed;
    }
}
