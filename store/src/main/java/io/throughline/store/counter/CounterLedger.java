package io.throughline.store.counter;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.counter.CounterBooking;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.CounterReturn.Part;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.counter.SaleHistory;
import io.throughline.domain.counter.SaleName;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.sale.StoreSale;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.sale.SaleBooking;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What the intake, the processes and the tills' own news of counter returns share: their history, booking, trace and wake-ups. */
final class CounterLedger {
    private static final String TOPIC = "throughline/counter-return";

    private final SaleBooking booking;
    private final Facilities facilities;
    private final TraceWriter trace;

    CounterLedger(SaleBooking booking, Facilities facilities, TraceWriter trace) {
        this.booking = booking;
        this.facilities = facilities;
        this.trace = trace;
    }

    TraceWriter trace() {
        return trace;
    }

    AccountId account(CounterReturn returned) {
        return facilities.get(returned.store()).workAccount();
    }

    /** Whoever takes goods of a sale back waits for whoever does so just now. False: no such sale is known. */
    static boolean lock(Handle handle, SaleName sale) {
        return handle.createQuery("select id from store_sale where facility = :store and id = :id for no key update")
                .bind("store", sale.store().value())
                .bind("id", sale.id())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    static Optional<SaleHistory> history(Handle handle, SaleName sale) {
        return handle.createQuery("""
            select v.body, t.account from store_sale s
            join store_sale_version v on v.facility = s.facility and v.id = s.id and v.version = s.version
            left join till_sale t on t.facility = s.facility and t.external_id = s.id
            where s.facility = :store and s.id = :id
            """)
                .bind("store", sale.store().value())
                .bind("id", sale.id())
                .map((row, context) -> new SaleHistory(
                        CanonicalJson.read(row.getString("body"), StoreSale.class),
                        Optional.ofNullable(row.getString("account"))
                                .map(account -> new OrderKey(AccountId.of(account), sale.id())),
                        CounterRows.ofSale(handle, sale).stream()
                                .map(CounterRows.Row::returned)
                                .toList(),
                        atTills(handle, sale)))
                .findFirst()
                .filter(history -> !history.sale().lines().isEmpty());
    }

    private static List<StoreSale> atTills(Handle handle, SaleName sale) {
        return handle.createQuery("select body from taken_back_at_tills(:store, :id) as back(body)")
                .bind("store", sale.store().value())
                .bind("id", sale.id())
                .map((row, context) -> CanonicalJson.read(row.getString("body"), StoreSale.class))
                .list();
    }

    /** Takes what is approved to the day of the store and to its stock. */
    void book(Handle handle, CounterReturnId id) {
        CounterRows.Row row = CounterRows.locked(handle, id);
        CounterBooking books = new CounterBooking(row.returned(), row.taxesIncluded());
        booking.takeBack(
                handle,
                books.sale(row.booked() + 1),
                row.booked() == 0 ? books.movements() : List.of(),
                id.value(),
                List.of(id.value(), id.workflowId()));
        handle.createUpdate("update counter_return set booked = booked + 1 where id = :id")
                .bind("id", id.value())
                .execute();
    }

    /** What somebody was given is public, as every refund is. What people call it may be anything's name, so it leads nowhere. */
    void tellGiven(Handle handle, CounterReturn returned, Part part, CounterReturn.Given given) {
        trace.append(
                handle,
                returned.id().value(),
                "refund.issued",
                part.amount() + " went back by " + part.gateway() + " with " + returned.id() + ", "
                        + (given.ours() ? given.by() : "by somebody else at the till"),
                Map.of(
                        "refund", returned.reference(part),
                        "amount", part.amount().toDecimal().toPlainString(),
                        "currency", part.amount().currency().toString(),
                        "tender", part.gateway(),
                        "reference", given.reference()),
                part.way() == CounterReturn.Way.SYSTEM && given.ours() ? List.of(given.reference()) : List.of());
    }

    void append(Handle handle, CounterReturnId id, String kind, String summary, Map<String, String> more) {
        Map<String, String> detail = new HashMap<>(more);
        detail.put("return", id.value());
        trace.append(handle, id.value(), kind, summary, detail, List.of(id.value(), id.workflowId()));
    }

    void wake(Handle handle, CounterReturn returned, String event) {
        InboxRows.insert(
                handle,
                account(returned),
                TOPIC,
                returned.id() + "/" + event,
                returned.id().workflowId(),
                "{}",
                trace.now());
    }
}
