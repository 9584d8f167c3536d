package io.throughline.store.fulfillment;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Label;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.fulfillment.ParcelId;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Parcels;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.fulfillment.TrackingNews;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The parcels of what is shipped, in PostgreSQL. Each change locks the work's row first. */
public final class PostgresParcels implements Parcels {
    /** Nothing is expected any more of what has not come by then. */
    private static final Duration FOLLOWED_FOR = Duration.ofDays(60);

    /** The reason of work that counts as delivered without anybody's word. */
    private static final String UNHEARD = "nothing was heard of its parcels: taken as delivered";

    private final Transactions transactions;
    private final PostgresFulfillmentOrders work;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresParcels(Transactions transactions, PostgresFulfillmentOrders work, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.work = work;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public List<Parcel> ofWork(FulfillmentOrderId id) {
        return transactions.with(handle -> ParcelRows.ofWork(handle, id));
    }

    @Override
    public List<Parcel> ofOrder(OrderId order) {
        return transactions.with(handle -> handle.createQuery("select " + ParcelRows.COLUMNS + """
                        from parcel p join fulfillment_order f on f.id = p.work_id
                        where f.order_id = :order order by f.ordinal, p.ordinal
                        """)
                .bind("order", order.value())
                .map((row, context) -> ParcelRows.map(row))
                .list());
    }

    @Override
    public void labelled(ParcelId id, AccountId carrier, Label label) {
        transactions.run(handle -> {
            FulfillmentOrder labelled = lock(handle, id.work());
            Parcel parcel = get(handle, id);
            if (parcel.status() != ParcelStatus.TO_BE_LABELLED) {
                return;
            }
            handle.createUpdate("""
                            update parcel set status = 'LABELLED', carrier = :carrier, tracking_number = :number,
                                label = :label, bought_from = :account, at = :now, asked_at = :now
                            where id = :id
                            """)
                    .bind("carrier", label.tracking().carrier())
                    .bind("number", label.tracking().number())
                    .bind("label", label.address())
                    .bind("account", carrier.value())
                    .bind("now", Columns.at(clock.instant()))
                    .bind("id", id.value())
                    .execute();
            if (labelled.tracking().isEmpty()) {
                PostgresFulfillmentOrders.change(handle, id.work(), "carrier = :carrier, tracking_number = :number")
                        .bind("carrier", label.tracking().carrier())
                        .bind("number", label.tracking().number())
                        .execute();
            }
            tell(
                    handle,
                    "parcel.labelled",
                    id,
                    label.tracking(),
                    " is " + label.tracking().number(),
                    Map.of());
        });
    }

    @Override
    public void labelRefused(ParcelId id, AccountId carrier, String why) {
        transactions.run(handle -> {
            lock(handle, id.work());
            trace.append(
                    handle,
                    id.value(),
                    "parcel.label-refused " + id + " " + carrier + " " + why,
                    "parcel.label-refused",
                    carrier + " sells no label for " + id,
                    Map.of("work", id.work().value(), "parcel", id.value(), "account", carrier.value(), "why", why),
                    List.of());
        });
    }

    @Override
    public void leftToFacility(FulfillmentOrderId id, String why) {
        transactions.run(handle -> {
            FulfillmentOrder packed = lock(handle, id);
            if (ParcelRows.setAside(handle, id, ParcelStatus.UNLABELLED, clock.instant()) > 0) {
                trace.append(
                        handle,
                        id.value(),
                        "parcel.left-to-facility",
                        packed.facility() + " labels " + id + " by itself: " + why,
                        Map.of("work", id.value(), "facility", packed.facility().value()));
            }
        });
    }

    @Override
    public void voided(ParcelId id) {
        transactions.run(handle -> {
            lock(handle, id.work());
            Parcel parcel = get(handle, id);
            if (parcel.status() == ParcelStatus.TO_BE_LABELLED || parcel.status() == ParcelStatus.LABELLED) {
                change(handle, id, ParcelStatus.VOIDED, clock.instant());
                trace.append(
                        handle,
                        id.value(),
                        "parcel.voided",
                        id + " is not to leave",
                        Map.of("work", id.work().value(), "parcel", id.value()));
            }
        });
    }

    @Override
    public List<Heard> hear(String carrierName, String number, TrackingNews news) {
        return transactions.in(handle -> {
            List<ParcelId> bearing = handle.createQuery("""
                            select id from parcel where tracking_number = :number and carrier = :carrier order by id
                            """)
                    .bind("number", number)
                    .bind("carrier", carrierName)
                    .mapTo(String.class)
                    .map(ParcelId::new)
                    .list();
            return bearing.stream().map(id -> hear(handle, id, news)).toList();
        });
    }

    private Heard hear(Handle handle, ParcelId id, TrackingNews news) {
        FulfillmentOrder shipped = lock(handle, id.work());
        Parcel parcel = get(handle, id);
        handle.createUpdate("update parcel set asked_at = :now where id = :id")
                .bind("now", Columns.at(clock.instant()))
                .bind("id", id.value())
                .execute();
        if (parcel.status().mayBecome(news.status())) {
            change(handle, id, news.status(), news.at());
            Tracking tracking = parcel.tracking().orElseThrow();
            tell(
                    handle,
                    "parcel.status",
                    id,
                    tracking,
                    " is " + news.status(),
                    Map.of(
                            "from",
                            parcel.status().name(),
                            "to",
                            news.status().name(),
                            "at",
                            news.at().toString()));
            deliver(handle, shipped);
        }
        return new Heard(get(handle, id), orderOf(handle, id.work()));
    }

    @Override
    public int takeAsDelivered(Instant before, int limit) {
        List<FulfillmentOrderId> silent = transactions.with(handle -> handle.createQuery("""
                        select distinct p.work_id
                        from parcel p join fulfillment_order f on f.id = p.work_id
                        where p.status in ('LABELLED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'UNLABELLED')
                            and p.at < :before and f.status = 'SHIPPED' and not exists (
                                select from parcel o where o.work_id = p.work_id
                                    and (o.status in ('REFUSED', 'LOST') or o.at >= :before))
                        limit :limit
                        """)
                .bind("before", Columns.at(before))
                .bind("limit", limit)
                .mapTo(String.class)
                .map(FulfillmentOrderId::new)
                .list());
        return (int) silent.stream()
                .filter(id -> transactions.in(handle -> takeAsDelivered(handle, id, before)))
                .count();
    }

    /**
     * News may have come meanwhile. What left without a number is UNHEARD, too, or it would be looked at for ever; beside a number, it is
     * what was to be labelled before somebody packed otherwise.
     */
    private boolean takeAsDelivered(Handle handle, FulfillmentOrderId id, Instant before) {
        FulfillmentOrder shipped = lock(handle, id);
        List<Parcel> packed = ParcelRows.ofWork(handle, id);
        boolean silent = packed.stream()
                .allMatch(parcel -> !parcel.status().astray()
                        && parcel.at().filter(before::isAfter).isPresent());
        if (shipped.status() != FulfillmentStatus.SHIPPED || !silent) {
            return false;
        }
        handle.createUpdate("""
                        update parcel set status = 'UNHEARD', at = :now
                        where work_id = :work and (status in ('LABELLED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY')
                            or status = 'UNLABELLED' and not exists (
                                select from parcel o where o.work_id = :work and o.tracking_number is not null))
                        """)
                .bind("now", Columns.at(clock.instant()))
                .bind("work", id.value())
                .execute();
        work.move(
                handle,
                shipped,
                FulfillmentStatus.DELIVERED,
                shipped.tracking(),
                Optional.of(UNHEARD),
                Optional.empty());
        return true;
    }

    /** Its last parcel was delivered. What was voided has not left, and of what the facility labelled by itself nobody tells. */
    private void deliver(Handle handle, FulfillmentOrder shipped) {
        List<Parcel> left = ParcelRows.ofWork(handle, shipped.id()).stream()
                .filter(parcel -> parcel.status() != ParcelStatus.VOIDED && parcel.status() != ParcelStatus.UNLABELLED)
                .toList();
        boolean all = left.stream().allMatch(parcel -> parcel.status().arrived());
        if (shipped.status() == FulfillmentStatus.SHIPPED && all) {
            work.move(
                    handle,
                    shipped,
                    FulfillmentStatus.DELIVERED,
                    shipped.tracking(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    @Override
    public List<String> unheardOf(String carrierName, Instant before, int limit) {
        return transactions.in(handle -> handle.createQuery("""
                        update parcel set asked_at = :now
                        where id in (
                            select id from parcel
                            where status in ('LABELLED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY') and carrier = :carrier
                                and asked_at < :before and packed_at > :oldest
                            order by asked_at limit :limit for update skip locked)
                        returning tracking_number
                        """)
                .bind("now", Columns.at(clock.instant()))
                .bind("carrier", carrierName)
                .bind("before", Columns.at(before))
                .bind("oldest", Columns.at(clock.instant().minus(FOLLOWED_FOR)))
                .bind("limit", limit)
                .mapTo(String.class)
                .list());
    }

    private void tell(
            Handle handle, String kind, ParcelId id, Tracking tracking, String what, Map<String, String> more) {
        Map<String, String> detail = new HashMap<>(more);
        detail.put("work", id.work().value());
        detail.put("parcel", id.value());
        detail.put("carrier", tracking.carrier());
        detail.put("tracking", tracking.number());
        trace.append(handle, id.value(), kind, "parcel " + id + what, detail, List.of(tracking.number()));
    }

    private static void change(Handle handle, ParcelId id, ParcelStatus status, Instant at) {
        handle.createUpdate("update parcel set status = :status, at = greatest(at, :at) where id = :id")
                .bind("status", status)
                .bind("at", Columns.at(at))
                .bind("id", id.value())
                .execute();
    }

    private static Parcel get(Handle handle, ParcelId id) {
        return ParcelRows.ofWork(handle, id.work()).stream()
                .filter(parcel -> parcel.id().equals(id))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no parcel " + id));
    }

    private static OrderKey orderOf(Handle handle, FulfillmentOrderId id) {
        return handle.createQuery("""
                        select o.account, o.external_id
                        from fulfillment_order f join customer_order o on o.id = f.order_id where f.id = :id
                        """)
                .bind("id", id.value())
                .map((row, context) ->
                        new OrderKey(new AccountId(row.getString("account")), row.getString("external_id")))
                .one();
    }

    private static FulfillmentOrder lock(Handle handle, FulfillmentOrderId id) {
        return PostgresFulfillmentOrders.read(handle, id, "for no key update")
                .orElseThrow(() -> new IllegalArgumentException("no fulfillment order " + id));
    }
}
