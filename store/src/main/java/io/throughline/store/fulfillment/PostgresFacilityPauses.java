package io.throughline.store.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.fulfillment.RerouteRows.Opening;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The pauses of facilities, in PostgreSQL, by the clock of whoever asks. */
public final class PostgresFacilityPauses implements FacilityPauses {
    private static final String RESUMED = "throughline/resumed";
    private static final String PRESENT =
            "select facility, open_work, until, actor from facility_pause where resumed_at is null and (until is null"
                    + " or until > :now)";

    private final Transactions transactions;
    private final TraceWriter trace;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresFacilityPauses(Transactions transactions, TraceWriter trace, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public Set<FacilityId> paused() {
        return transactions.with(handle -> handle.createQuery(PRESENT)
                .bind("now", Columns.at(clock.instant()))
                .map((row, context) -> new FacilityId(row.getString("facility")))
                .collect(Collectors.toSet()));
    }

    @Override
    public Optional<Pause> of(FacilityId facility) {
        return transactions.with(handle -> present(handle, facility, ""));
    }

    private Optional<Pause> present(Handle handle, FacilityId facility, String lock) {
        return handle.createQuery(PRESENT + " and facility = :facility " + lock)
                .bind("facility", facility.value())
                .bind("now", Columns.at(clock.instant()))
                .map((row, context) -> map(row))
                .findOne();
    }

    @Override
    public Pause pause(Pause wish, String reason) {
        Pause kept = transactions.in(handle -> {
            Optional<Pause> before = present(handle, wish.facility(), "for update");
            if (before.filter(now -> sameAs(now, wish)).isPresent()) {
                return before.get();
            }
            write(handle, wish);
            PersonRows.say(handle, subject(wish.facility()), subject(wish.facility()), reason);
            stopTime(handle, wish, before.isPresent());
            List<Begun> begun = begun(handle, wish.facility());
            begun.forEach(one -> apply(handle, wish, one));
            tell(handle, wish, begun.size());
            return wish;
        });
        bell.ring();
        return kept;
    }

    private static boolean sameAs(Pause present, Pause wish) {
        return present.openWork() == wish.openWork()
                && present.until().map(Columns::at).equals(wish.until().map(Columns::at));
    }

    private void write(Handle handle, Pause wish) {
        handle.createUpdate("""
                        insert into facility_pause (facility, open_work, until, actor, paused_at)
                        values (:facility, :openWork, cast(:until as timestamptz), :actor, :now)
                        on conflict (facility) do update set open_work = excluded.open_work, until = excluded.until,
                            actor = excluded.actor, resumed_at = null,
                            paused_at = case when facility_pause.resumed_at is null
                                    and (facility_pause.until is null or facility_pause.until > :now)
                                then facility_pause.paused_at else excluded.paused_at end
                        """)
                .bind("facility", wish.facility().value())
                .bind("openWork", wish.openWork())
                .bind("until", Columns.at(wish.until()))
                .bind("actor", wish.actor())
                .bind("now", Columns.at(clock.instant()))
                .execute();
    }

    /**
     * What is left of the time of its open work, and of what waits for goods from it, is kept once, and begins again whenever the pause is to end, or that
     * of the other of the two, if it is later.
     */
    private void stopTime(Handle handle, Pause wish, boolean pausedBefore) {
        handle.createUpdate("""
                        update fulfillment_order f
                        set time_left = stopped.time_left, deadline = nullif(stopped.ends, 'infinity') + stopped.time_left
                        from (select id,
                                coalesce(end_of_pauses(facility, awaited_from, :now), cast(:until as timestamptz)) as ends,
                                case when time_left is not null and (:pausedBefore
                                        or end_of_pauses(nullif(facility, :facility), nullif(awaited_from, :facility), :now) is not null)
                                    then time_left else seconds_between(:now, deadline) end as time_left
                                from fulfillment_order
                                where (facility = :facility or awaited_from = :facility)
                                    and status not in ('SHIPPED', 'PICKED_UP', 'DELIVERED', 'REJECTED', 'CANCELLED')
                                order by id for no key update) as stopped
                        where f.id = stopped.id and stopped.time_left is not null
                        """)
                .bind("until", Columns.at(wish.until()))
                .bind("pausedBefore", pausedBefore)
                .bind("now", Columns.at(clock.instant()))
                .bind("facility", wish.facility().value())
                .execute();
    }

    /** Work that the facility has been given, and has not handed over, or for which it has still to send the goods. */
    private record Begun(FulfillmentOrder work, OrderKey order, boolean isStopped) {
        FulfillmentOrderId id() {
            return work.id();
        }

        /** What is packed, or is to be collected there, is nobody else's. */
        boolean leaves(Pause pause) {
            return pause.openWork() == OpenWork.REROUTE
                    && work.method() == DeliveryMethod.SHIPPING
                    && !work.status().reached(FulfillmentStatus.PACKED);
        }

        Opening opening() {
            return new Opening(work, RerouteCause.PAUSED, Optional.empty());
        }
    }

    private static List<Begun> begun(Handle handle, FacilityId facility) {
        return handle.createQuery("select o.account, o.external_id, f.time_left is not null as stopped, "
                        + FulfillmentRows.COLUMNS + """
                        from fulfillment_order f join customer_order o on o.id = f.order_id
                        where f.status not in ('SHIPPED', 'PICKED_UP', 'DELIVERED', 'REJECTED', 'CANCELLED')
                            and ((f.facility = :facility and (f.status <> 'ALLOCATED' or f.awaited_from is not null))
                                or f.awaited_from = :facility)
                        order by f.id
                        """)
                .bind("facility", facility.value())
                .map((row, context) -> new Begun(
                        FulfillmentRows.map(row),
                        new OrderKey(new AccountId(row.getString("account")), row.getString("external_id")),
                        row.getBoolean("stopped")))
                .list();
    }

    /** Its process is woken: what was late is not any more, and what is to go elsewhere has a process of its own. */
    private void apply(Handle handle, Pause wish, Begun one) {
        Instant now = clock.instant();
        Optional<RerouteId> reroute = one.leaves(wish)
                ? Optional.of(RerouteRows.open(handle, one.order(), one.opening(), now))
                : Optional.empty();
        WorkNews.tell(handle, one.order(), one.id(), "pause/" + now, now);
        tell(handle, wish, one);
        reroute.ifPresent(id -> RerouteRows.tellOpened(handle, trace, id, one.opening()));
    }

    private void tell(Handle handle, Pause wish, Begun one) {
        Map<String, String> detail = new HashMap<>();
        detail.put("work", one.id().value());
        detail.put("facility", wish.facility().value());
        one.work().deadline().ifPresent(until -> detail.put("until", until.toString()));
        trace.append(
                handle,
                one.id().value(),
                "work.paused",
                wish.facility() + " is paused: " + one.id()
                        + (one.leaves(wish) ? " is to go elsewhere" : " waits, and no time of it runs"),
                detail);
    }

    private void tell(Handle handle, Pause wish, int begun) {
        Map<String, String> detail = new HashMap<>();
        detail.put("facility", wish.facility().value());
        detail.put("openWork", wish.openWork().name());
        detail.put("begun", Integer.toString(begun));
        detail.put("actor", wish.actor());
        wish.until().ifPresent(until -> detail.put("until", until.toString()));
        trace.append(
                handle,
                subject(wish.facility()),
                "facility.paused",
                wish.facility() + " gets no new work"
                        + wish.until().map(until -> " until " + until).orElse(""),
                detail);
    }

    @Override
    public boolean resume(FacilityId facility, String actor) {
        boolean resumed = transactions.in(handle -> {
            boolean paused = present(handle, facility, "for update").isPresent();
            if (paused) {
                handle.createUpdate("update facility_pause set resumed_at = :now where facility = :facility")
                        .bind("now", Columns.at(clock.instant()))
                        .bind("facility", facility.value())
                        .execute();
                goOn(handle, facility);
                tellResumed(handle, facility);
                trace.append(
                        handle,
                        subject(facility),
                        "facility.resumed",
                        facility + " gets work again",
                        Map.of("facility", facility.value(), "actor", actor));
            }
            return paused;
        });
        if (resumed) {
            bell.ring();
        }
        return resumed;
    }

    @Override
    public int tellEnded() {
        int ended = transactions.in(handle -> {
            List<FacilityId> facilities = handle.createQuery("""
                            update facility_pause set end_told_at = :now where facility in (
                                select facility from facility_pause
                                where resumed_at is null and until <= :now and (end_told_at is null or end_told_at < until)
                                order by facility for no key update skip locked)
                            returning facility
                            """)
                    .bind("now", Columns.at(clock.instant()))
                    .map((row, context) -> new FacilityId(row.getString("facility")))
                    .list();
            facilities.forEach(facility -> tellResumed(handle, facility));
            return facilities.size();
        });
        if (ended > 0) {
            bell.ring();
        }
        return ended;
    }

    /** So that whoever has found no facility is tried again. */
    private void tellResumed(Handle handle, FacilityId facility) {
        Instant now = clock.instant();
        InboxRows.insert(handle, AccountId.OWN, RESUMED, facility + "@" + now, subject(facility), "{}", now);
    }

    /** Its open work has what was left of its time; what was to go elsewhere, and was not taken away yet, stays. */
    private void goOn(Handle handle, FacilityId facility) {
        Instant now = clock.instant();
        handle.createUpdate("""
                        update fulfillment_order f
                        set deadline = nullif(coalesce(stopped.ends, :now), 'infinity') + stopped.time_left,
                            time_left = case when stopped.ends is not null then stopped.time_left end
                        from (select id, time_left, end_of_pauses(facility, awaited_from, :now) as ends
                                from fulfillment_order
                                where (facility = :facility or awaited_from = :facility)
                                    and status not in ('SHIPPED', 'PICKED_UP', 'DELIVERED', 'REJECTED', 'CANCELLED')
                                    and time_left is not null
                                order by id for no key update) as stopped
                        where f.id = stopped.id
                        """)
                .bind("now", Columns.at(now))
                .bind("facility", facility.value())
                .execute();
        for (Begun one : begun(handle, facility)) {
            WorkNews.tell(handle, one.order(), one.id(), "resumed/" + now, now);
            Map<String, String> detail = new HashMap<>(Map.of("work", one.id().value(), "facility", facility.value()));
            one.work().deadline().ifPresent(until -> detail.put("until", until.toString()));
            trace.append(
                    handle,
                    one.id().value(),
                    "work.resumed",
                    facility + " works again"
                            + (one.isStopped()
                                    ? "; " + one.id() + " waits for the other facility"
                                    : ", and the time of " + one.id() + " runs on"),
                    detail);
        }
    }

    private static String subject(FacilityId facility) {
        return "facility/" + facility;
    }

    private static Pause map(ResultSet row) throws SQLException {
        return new Pause(
                new FacilityId(row.getString("facility")),
                OpenWork.valueOf(row.getString("open_work")),
                Columns.optionalInstant(row, "until"),
                row.getString("actor"));
    }
}
