package io.throughline.store.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FacilityPauses;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.RerouteCause;
import io.throughline.domain.fulfillment.RerouteId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.customer.PersonRows;
import io.throughline.store.fulfillment.RerouteRows.Opening;
import io.throughline.store.inbox.InboxBell;
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
    private static final String PRESENT =
            "select facility, open_work, until, actor from facility_pause where resumed_at is null and (until is null"
                    + " or until > :now)";
    private static final String OVERDUE = """
            deadline_before_pause = case when deadline > :at then deadline else deadline_before_pause end, deadline = :at
            """;

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
            List<Unacknowledged> open = unacknowledged(handle, wish.facility());
            open.forEach(one -> apply(handle, wish, one));
            List<RerouteId> reroutes = wish.openWork() == OpenWork.REROUTE
                    ? open.stream().map(one -> reroute(handle, one)).toList()
                    : List.of();
            open.forEach(one -> tell(handle, wish, one));
            for (int at = 0; at < reroutes.size(); at++) {
                RerouteRows.tellOpened(
                        handle, trace, reroutes.get(at), open.get(at).opening());
            }
            tell(handle, wish, open.size());
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
                            actor = excluded.actor, paused_at = excluded.paused_at, resumed_at = null
                        """)
                .bind("facility", wish.facility().value())
                .bind("openWork", wish.openWork())
                .bind("until", Columns.at(wish.until()))
                .bind("actor", wish.actor())
                .bind("now", Columns.at(clock.instant()))
                .execute();
    }

    /** Work that the facility has but has not begun. */
    private record Unacknowledged(FulfillmentOrder work, OrderKey order) {
        FulfillmentOrderId id() {
            return work.id();
        }

        Opening opening() {
            return new Opening(work, RerouteCause.PAUSED, Optional.empty());
        }
    }

    private static List<Unacknowledged> unacknowledged(Handle handle, FacilityId facility) {
        return handle.createQuery("select o.account, o.external_id, " + FulfillmentRows.COLUMNS + """
                        from fulfillment_order f join customer_order o on o.id = f.order_id
                        where f.facility = :facility and f.status = 'RELEASED' and f.method = 'SHIPPING'
                        order by f.id for no key update of f
                        """)
                .bind("facility", facility.value())
                .map((row, context) -> new Unacknowledged(
                        FulfillmentRows.map(row),
                        new OrderKey(new AccountId(row.getString("account")), row.getString("external_id"))))
                .list();
    }

    private RerouteId reroute(Handle handle, Unacknowledged work) {
        return RerouteRows.open(handle, work.order(), work.opening(), clock.instant());
    }

    /** What is to go elsewhere is overdue from now on: its process sees that, and why. */
    private void apply(Handle handle, Pause wish, Unacknowledged work) {
        boolean reroute = wish.openWork() == OpenWork.REROUTE;
        Instant now = clock.instant();
        PostgresFulfillmentOrders.change(handle, work.id(), reroute ? OVERDUE : "deadline = greatest(deadline, :at)")
                .bind("at", Columns.at(reroute ? now : wish.until().orElseThrow()))
                .execute();
        WorkNews.tell(handle, work.order(), work.id(), "pause/" + now, now);
    }

    private void tell(Handle handle, Pause wish, Unacknowledged work) {
        boolean reroute = wish.openWork() == OpenWork.REROUTE;
        trace.append(
                handle,
                work.id().value(),
                "work.paused",
                wish.facility() + " is paused: " + work.id() + (reroute ? " is to go elsewhere" : " waits"),
                Map.of("work", work.id().value(), "facility", wish.facility().value()));
    }

    private void tell(Handle handle, Pause wish, int open) {
        Map<String, String> detail = new HashMap<>();
        detail.put("facility", wish.facility().value());
        detail.put("openWork", wish.openWork().name());
        detail.put("unacknowledged", Integer.toString(open));
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
        return transactions.in(handle -> {
            boolean paused = present(handle, facility, "for update").isPresent();
            if (paused) {
                handle.createUpdate("update facility_pause set resumed_at = :now where facility = :facility")
                        .bind("now", Columns.at(clock.instant()))
                        .bind("facility", facility.value())
                        .execute();
                giveTimeAgain(handle, facility);
                trace.append(
                        handle,
                        subject(facility),
                        "facility.resumed",
                        facility + " gets work again",
                        Map.of("facility", facility.value(), "actor", actor));
            }
            return paused;
        });
    }

    /** What was to go elsewhere, and was not taken away yet, stays. */
    private static void giveTimeAgain(Handle handle, FacilityId facility) {
        handle.createUpdate("""
                        update fulfillment_order
                        set deadline = greatest(deadline, deadline_before_pause), deadline_before_pause = null
                        where facility = :facility and status = 'RELEASED' and deadline_before_pause is not null
                        """).bind("facility", facility.value()).execute();
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
