package io.throughline.store.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.event.UnitDetails;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentOrders;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.HoldNotice;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.WorkProgress;
import io.throughline.domain.order.OrderId;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The work at facilities, in PostgreSQL. Each change is decided under the lock of the work's row. */
public final class PostgresFulfillmentOrders implements FulfillmentOrders {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresFulfillmentOrders(Transactions transactions, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public Optional<FulfillmentOrder> find(FulfillmentOrderId id) {
        return transactions.with(handle -> read(handle, id, ""));
    }

    @Override
    public List<FulfillmentOrder> ofOrder(OrderId order) {
        return transactions.with(handle -> FulfillmentRows.ofOrder(handle, order));
    }

    @Override
    public void assigned(FulfillmentOrderId id, String channelWork) {
        transactions.run(handle -> {
            FulfillmentOrder work = lock(handle, id);
            if (!work.channelWork().equals(Optional.of(channelWork))) {
                change(handle, id, "channel_work = :channelWork")
                        .bind("channelWork", channelWork)
                        .execute();
                trace.append(
                        handle,
                        id.value(),
                        "work.assigned",
                        id + " is " + channelWork + " at the channel",
                        Map.of("work", id.value(), "channelWork", channelWork),
                        List.of(channelWork));
            }
        });
    }

    /** Work that was taken away in the meantime keeps its status, but its reference is needed to take it back. */
    @Override
    public void released(FulfillmentOrderId id, AccountId workAccount, String workReference, Instant acknowledgeBy) {
        transactions.run(handle -> {
            FulfillmentOrder work = lock(handle, id);
            boolean moves = work.status().mayBecome(FulfillmentStatus.RELEASED);
            if (!moves && work.workReference().equals(Optional.of(workReference))) {
                return;
            }
            change(handle, id, """
                    work_account = :account, work_reference = :reference,
                    status = case when :moves then :status else status end,
                    time_left = case when :moves then stopped_time(facility, awaited_from, :deadline, :now) else time_left end,
                    deadline = case when :moves then running_deadline(facility, awaited_from, :deadline, :now) else deadline end
                    """)
                    .bind("now", Columns.at(clock.instant()))
                    .bind("account", workAccount.value())
                    .bind("reference", workReference)
                    .bind("moves", moves)
                    .bind("status", FulfillmentStatus.RELEASED)
                    .bind("deadline", Columns.at(acknowledgeBy))
                    .execute();
            trace.append(
                    handle,
                    id.value(),
                    "work.released",
                    id + " was given to " + work.facility() + " as " + workReference,
                    Map.of(
                            "work", id.value(),
                            "facility", work.facility().value(),
                            "account", workAccount.value(),
                            "reference", workReference),
                    List.of(workReference, "work/" + workAccount + "/" + workReference));
        });
    }

    @Override
    public FulfillmentOrder observed(
            FulfillmentOrderId id, WorkProgress progress, Instant readAt, Optional<Instant> deadline) {
        return transactions.in(handle -> {
            FulfillmentOrder work = lock(handle, id);
            change(handle, id, "hinted_at = case when hinted_at > :readAt then hinted_at end")
                    .bind("readAt", Columns.at(readAt))
                    .execute();
            progress.status().filter(work.status()::mayBecome).ifPresent(status -> {
                progress.reason().ifPresent(words -> PersonRows.say(handle, id.value(), id.value(), words));
                progress.handedOverAt()
                        .ifPresent(at -> change(handle, id, "handed_over_at = :at")
                                .bind("at", Columns.at(at))
                                .execute());
                progress.answer()
                        .ground()
                        .ifPresent(ground -> change(handle, id, "ground = :ground")
                                .bind("ground", ground)
                                .execute());
                move(handle, work, status, progress.tracking(), Optional.empty(), deadline);
            });
            if (progress.answer().keeps() && !work.answer().keeps()) {
                keep(handle, work);
            }
            return read(handle, id, "").orElseThrow();
        });
    }

    private void keep(Handle handle, FulfillmentOrder work) {
        change(handle, work.id(), "kept_at = :now")
                .bind("now", Columns.at(clock.instant()))
                .execute();
        trace.append(
                handle,
                work.id().value(),
                "work.kept",
                work.facility() + " was asked to give " + work.id() + " back and does not: it goes on with it",
                Map.of("work", work.id().value(), "facility", work.facility().value()));
    }

    @Override
    public Optional<OrderId> hint(AccountId workAccount, String workReference) {
        return transactions.with(handle -> handle.createQuery("""
                        update fulfillment_order
                        set hinted_at = case when status = any(cast(:terminal as text[])) then hinted_at else :now end
                        where work_account = :account and work_reference = :reference
                        returning order_id
                        """)
                .bindArray("terminal", String.class, FulfillmentRows.TERMINAL)
                .bind("now", Columns.at(clock.instant()))
                .bind("account", workAccount.value())
                .bind("reference", workReference)
                .mapTo(String.class)
                .findFirst()
                .map(OrderId::new));
    }

    @Override
    public Optional<OrderId> mirrored(AccountId channel, String channelWork) {
        return transactions.with(handle -> handle.createQuery("""
                        select f.order_id from fulfillment_order f join customer_order o on o.id = f.order_id
                        where f.channel_work = :work and o.account = :channel
                            and f.status in ('ALLOCATED', 'RELEASED', 'ACKNOWLEDGED', 'PICKING', 'PACKED', 'READY_FOR_PICKUP')
                        limit 1
                        """)
                .bind("work", channelWork)
                .bind("channel", channel.value())
                .mapTo(String.class)
                .findFirst()
                .map(OrderId::new));
    }

    @Override
    public void hintAll(OrderId order) {
        transactions.with(handle -> handle.createUpdate("""
                        update fulfillment_order set hinted_at = :now
                        where order_id = :order and not status = any(cast(:terminal as text[]))
                        """)
                .bind("now", Columns.at(clock.instant()))
                .bind("order", order.value())
                .bindArray("terminal", String.class, FulfillmentRows.TERMINAL)
                .execute());
    }

    @Override
    public void extend(FulfillmentOrderId id, Instant deadline) {
        transactions.run(handle -> {
            FulfillmentOrder work = lock(handle, id);
            Instant until = Columns.at(deadline).toInstant();
            if (!work.status().terminal() && !work.deadline().equals(Optional.of(until))) {
                setDeadline(handle, id, deadline, clock.instant());
                trace.append(
                        handle,
                        id.value(),
                        "work.extended",
                        id + " may stay " + work.status() + " until " + until,
                        Map.of("work", id.value(), "until", until.toString()));
            }
        });
    }

    /** From now on, or from the end of the pause that its facility is in, or who has still to send its goods there. */
    static void setDeadline(Handle handle, FulfillmentOrderId id, Instant deadline, Instant now) {
        change(handle, id, """
                time_left = stopped_time(facility, awaited_from, :deadline, :now),
                deadline = running_deadline(facility, awaited_from, :deadline, :now)
                """)
                .bind("deadline", Columns.at(deadline))
                .bind("now", Columns.at(now))
                .execute();
    }

    @Override
    public boolean reminded(FulfillmentOrderId id) {
        return transactions.with(
                handle -> handle.createQuery("select reminded_at is not null from fulfillment_order where id = :id")
                        .bind("id", id.value())
                        .mapTo(Boolean.class)
                        .one());
    }

    @Override
    public void remind(FulfillmentOrderId id) {
        transactions.run(handle -> change(handle, id, "reminded_at = coalesce(reminded_at, :now)")
                .bind("now", Columns.at(clock.instant()))
                .execute());
    }

    @Override
    public Optional<HoldNotice> askToTellHold(FulfillmentOrderId id) {
        return transactions.in(handle -> {
            FulfillmentOrder work = lock(handle, id);
            if (!work.holdToTell()) {
                return Optional.empty();
            }
            HoldNotice notice = work.nextHoldNotice();
            change(handle, id, "hold_asked = :number")
                    .bind("number", notice.number())
                    .execute();
            return Optional.of(notice);
        });
    }

    @Override
    public void holdTold(FulfillmentOrderId id, int number) {
        transactions.run(handle -> change(handle, id, "hold_told = greatest(hold_told, :number)")
                .bind("number", number)
                .execute());
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
        transactions.run(handle -> {
            FulfillmentOrder work = lock(handle, id);
            if (work.status().mayBecome(status)) {
                move(handle, work, status, Optional.empty(), Optional.of(reason), Optional.empty());
            }
        });
    }

    /** {@code reason} is one of ours; a facility's own words are not for the trace. */
    void move(
            Handle handle,
            FulfillmentOrder work,
            FulfillmentStatus status,
            Optional<Tracking> shipment,
            Optional<String> reason,
            Optional<Instant> deadline) {
        // Who is given the time that it has had gets no more of it by a pause, which has moved that already.
        boolean asBefore = !status.terminal() && deadline.equals(work.deadline());
        change(handle, work.id(), """
                status = :status,
                time_left = case when :asBefore then time_left
                    else stopped_time(facility, awaited_from, cast(:deadline as timestamptz), :now) end,
                deadline = case when :asBefore then deadline
                    else running_deadline(facility, awaited_from, cast(:deadline as timestamptz), :now) end,
                carrier = coalesce(:carrier, carrier), tracking_number = coalesce(:number, tracking_number),
                reason = coalesce(:reason, reason)
                """)
                .bind("status", status)
                .bind("asBefore", asBefore)
                .bind("deadline", Columns.at(deadline))
                .bind("now", Columns.at(clock.instant()))
                .bind("carrier", shipment.map(Tracking::carrier).orElse(null))
                .bind("number", shipment.map(Tracking::number).orElse(null))
                .bind("reason", reason.orElse(null))
                .execute();
        Map<String, String> detail = new HashMap<>();
        detail.put("work", work.id().value());
        detail.put("facility", work.facility().value());
        detail.put("from", work.status().name());
        detail.put("to", status.name());
        reason.ifPresent(words -> detail.put("reason", words));
        List<String> links = new ArrayList<>();
        shipment.ifPresent(tracking -> {
            detail.put("carrier", tracking.carrier());
            detail.put("tracking", tracking.number());
            links.add(tracking.number());
        });
        if (status == FulfillmentStatus.SHIPPED) {
            ParcelRows.leave(handle, work, shipment, clock.instant());
            detail.putAll(contents(work));
        }
        if ((status == FulfillmentStatus.REJECTED || status == FulfillmentStatus.CANCELLED)
                && work.status() == FulfillmentStatus.PACKED) {
            ParcelRows.stay(handle, work.id(), clock.instant());
        }
        trace.append(
                handle,
                work.id().value(),
                "work.status",
                work.id() + " at " + work.facility() + " is " + status
                        + reason.map(words -> ": " + words).orElse(""),
                detail,
                links);
    }

    private static Map<String, String> contents(FulfillmentOrder work) {
        return UnitDetails.write(
                "lines",
                work.lines().stream()
                        .map(line -> new UnitDetails.Units(
                                List.of(), line.quantity(), line.sku().value()))
                        .toList());
    }

    static Update change(Handle handle, FulfillmentOrderId id, String assignments) {
        return handle.createUpdate("update fulfillment_order set " + assignments + " where id = :id")
                .bind("id", id.value());
    }

    private static FulfillmentOrder lock(Handle handle, FulfillmentOrderId id) {
        return read(handle, id, "for no key update")
                .orElseThrow(() -> new IllegalArgumentException("no fulfillment order " + id));
    }

    static Optional<FulfillmentOrder> read(Handle handle, FulfillmentOrderId id, String lock) {
        return handle.createQuery(
                        "select " + FulfillmentRows.COLUMNS + " from fulfillment_order f where f.id = :id " + lock)
                .bind("id", id.value())
                .map((row, context) -> FulfillmentRows.map(row))
                .findOne();
    }
}
