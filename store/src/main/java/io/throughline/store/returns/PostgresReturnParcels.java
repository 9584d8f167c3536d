package io.throughline.store.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.Label;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.TrackingNews;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnParcel;
import io.throughline.domain.returns.ReturnParcelId;
import io.throughline.domain.returns.ReturnParcels;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** The parcels of returns, in PostgreSQL. Each change locks the return's row first. */
public final class PostgresReturnParcels implements ReturnParcels {
    /** Nothing is expected any more of what has not come by then. */
    private static final Duration FOLLOWED_FOR = Duration.ofDays(60);

    private final Transactions transactions;
    private final TraceWriter trace;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresReturnParcels(Transactions transactions, TraceWriter trace, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public void labelled(ReturnParcelId id, AccountId carrier, Label label) {
        transactions.run(handle -> {
            PostgresReturns.locked(handle, id.returned());
            boolean first = handle.createUpdate("""
                            update return_parcel set status = 'LABELLED', carrier = :carrier, tracking_number = :number,
                                label = :label, bought_from = :account, at = :now, asked_at = :now
                            where id = :id and status = 'TO_BE_LABELLED'
                            """)
                            .bind("carrier", label.tracking().carrier())
                            .bind("number", label.tracking().number())
                            .bind("label", label.address())
                            .bind("account", carrier.value())
                            .bind("now", Columns.at(clock.instant()))
                            .bind("id", id.value())
                            .execute()
                    == 1;
            if (first) {
                tell(
                        handle,
                        "return.labelled",
                        id,
                        "parcel " + id + " is " + label.tracking().number(),
                        Map.of(
                                "carrier", label.tracking().carrier(),
                                "tracking", label.tracking().number()),
                        List.of(label.tracking().number()));
            }
        });
    }

    @Override
    public void labelRefused(ReturnParcelId id, AccountId carrier, String why) {
        transactions.run(handle -> {
            PostgresReturns.locked(handle, id.returned());
            trace.append(
                    handle,
                    id.value(),
                    "return.label-refused " + id + " " + carrier + " " + why,
                    "return.label-refused",
                    carrier + " sells no label for " + id,
                    detail(id, Map.of("account", carrier.value(), "why", why)),
                    List.of());
        });
    }

    @Override
    public void unlabelled(ReturnParcelId id, String why) {
        moved(
                id,
                ParcelStatus.TO_BE_LABELLED,
                ParcelStatus.UNLABELLED,
                "return.unlabelled",
                "no label of ours is bought for " + id + ": " + why);
    }

    @Override
    public void voided(ReturnParcelId id) {
        moved(
                id,
                ParcelStatus.LABELLED,
                ParcelStatus.VOIDED,
                "return.label-voided",
                "the label of " + id + " was given back");
    }

    private void moved(ReturnParcelId id, ParcelStatus from, ParcelStatus to, String kind, String summary) {
        transactions.run(handle -> {
            PostgresReturns.locked(handle, id.returned());
            if (ReturnParcelRows.move(handle, id, from, to, clock.instant())) {
                tell(handle, kind, id, summary, Map.of(), List.of());
            }
        });
    }

    @Override
    public void kept(ReturnParcelId id) {
        once(
                id,
                "update return_parcel set kept_at = :now where id = :id and kept_at is null",
                "return.label-kept",
                "the label of " + id + " was not used, and its carrier does not take it back");
    }

    @Override
    public void told(ReturnParcelId id) {
        once(
                id,
                "update return_parcel set told_at = :now where id = :id and told_at is null",
                "return.told-sent-back",
                "the customer knows that " + id + " comes back to them");
    }

    private void once(ReturnParcelId id, String update, String kind, String summary) {
        transactions.run(handle -> {
            PostgresReturns.locked(handle, id.returned());
            boolean first = handle.createUpdate(update)
                            .bind("now", Columns.at(clock.instant()))
                            .bind("id", id.value())
                            .execute()
                    == 1;
            if (first) {
                tell(handle, kind, id, summary, Map.of(), List.of());
            }
        });
    }

    @Override
    public List<Heard> hear(String carrierName, String number, TrackingNews news) {
        List<Heard> heard = transactions.with(handle -> ReturnParcelRows.numbered(handle, carrierName, number)).stream()
                .map(id -> transactions.in(handle -> hear(handle, id, news)))
                .toList();
        if (heard.stream().anyMatch(Heard::waitedFor)) {
            bell.ring();
        }
        return heard;
    }

    private Heard hear(Handle handle, ReturnParcelId id, TrackingNews news) {
        Return before = PostgresReturns.locked(handle, id.returned());
        handle.createUpdate("update return_parcel set asked_at = :now where id = :id")
                .bind("now", Columns.at(clock.instant()))
                .bind("id", id.value())
                .execute();
        ReturnParcel parcel = ReturnParcelRows.find(handle, id).orElseThrow();
        if (parcel.status().mayBecome(news.status())
                && ReturnParcelRows.move(handle, id, parcel.status(), news.status(), news.at())) {
            wakeIfNews(handle, before, id, news);
            tell(
                    handle,
                    "return.parcel",
                    id,
                    "parcel " + id + " is " + news.status(),
                    Map.of(
                            "from",
                            parcel.status().name(),
                            "to",
                            news.status().name(),
                            "at",
                            news.at().toString()),
                    List.of());
        }
        return new Heard(
                ReturnParcelRows.find(handle, id).orElseThrow(),
                before.order(),
                parcel.isFromCustomer() && !before.ended());
    }

    /** Its process is woken where the goods are elsewhere, or are waited for less long; what is waited for longer it sees by itself. */
    private void wakeIfNews(Handle handle, Return before, ReturnParcelId id, TrackingNews news) {
        Return after = ReturnRows.find(handle, id.returned()).orElseThrow();
        boolean isNews =
                before.goods() != after.goods() || after.waitedForUntil().isBefore(before.waitedForUntil());
        if (isNews && !after.ended()) {
            ReturnId returned = id.returned();
            InboxRows.insert(
                    handle,
                    before.order().account(),
                    PostgresReturnIntake.TOPIC,
                    returned + "/" + id + "/" + news.status(),
                    returned.workflowId(before.order().account()),
                    "{}",
                    clock.instant());
        }
    }

    @Override
    public List<String> unheardOf(String carrierName, Instant before, int limit) {
        return transactions.in(handle -> handle.createQuery("""
                        update return_parcel set asked_at = :now
                        where id in (
                            select p.id from return_parcel p join goods_return r on r.id = p.return_id
                            where p.status in ('LABELLED', 'IN_TRANSIT', 'OUT_FOR_DELIVERY') and p.carrier = :carrier
                                and p.asked_at < :before and p.at > :oldest
                                and (p.direction = 'TO_CUSTOMER' or r.closed_at is null)
                            order by p.asked_at limit :limit for update of p skip locked)
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
            Handle handle,
            String kind,
            ReturnParcelId id,
            String summary,
            Map<String, String> more,
            List<String> links) {
        trace.append(handle, id.value(), kind, summary, detail(id, more), links);
    }

    private static Map<String, String> detail(ReturnParcelId id, Map<String, String> more) {
        Map<String, String> detail = new HashMap<>(more);
        detail.put("return", id.returned().value());
        detail.put("parcel", id.value());
        return detail;
    }
}
