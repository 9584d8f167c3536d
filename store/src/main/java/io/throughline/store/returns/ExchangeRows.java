package io.throughline.store.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inventory.BasketId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.ExchangeOffer;
import io.throughline.domain.returns.ReturnId;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code return_exchange} and of what was paid for them. */
public final class ExchangeRows {
    private static final String TOPIC = "throughline/return";

    private ExchangeRows() {}

    /** The basket is kept until then at least. False: it is not kept any more. */
    static boolean keep(Handle handle, BasketId basket, Instant until) {
        return handle.createUpdate("""
            update basket set expires_at = greatest(expires_at, :until)
            where id = :basket and state = 'HELD' and claimed_by is null
            """)
                        .bind("until", Columns.at(until))
                        .bind("basket", basket.toString())
                        .execute()
                == 1;
    }

    static void insert(Handle handle, ReturnId id, ExchangeOffer offer, Money expectedCredit) {
        handle.createUpdate("""
            insert into return_exchange (return_id, account, body, basket, total, currency, expected_credit)
            values (:id, :account, cast(:body as jsonb), :basket, :total, :currency, :expected)
            """)
                .bind("id", id.value())
                .bind("account", offer.account().value())
                .bind("body", CanonicalJson.write(offer.wanted()))
                .bind("basket", offer.basket().toString())
                .bind("total", offer.wanted().total().minor())
                .bind("currency", offer.wanted().currency().code())
                .bind("expected", expectedCredit.minor())
                .execute();
    }

    static Optional<Exchange> find(Handle handle, ReturnId id) {
        List<Exchange.Paid> payments = payments(handle, id);
        return handle.createQuery("""
            select account, body, basket, currency, expected_credit, owed, pay_until, new_order, credit, placed_at,
                exchanged, taken, why, ended_at
            from return_exchange where return_id = :id
            """)
                .bind("id", id.value())
                .map((row, context) -> exchange(id, row, payments))
                .findOne();
    }

    private static Exchange exchange(ReturnId id, ResultSet row, List<Exchange.Paid> payments) throws SQLException {
        AccountId account = AccountId.of(row.getString("account"));
        CurrencyCode currency = CurrencyCode.of(row.getString("currency"));
        return new Exchange(
                id,
                account,
                CanonicalJson.read(row.getString("body"), Exchange.Wanted.class),
                new BasketId(
                        account,
                        row.getString("basket").substring(account.value().length() + 1)),
                Money.ofMinor(row.getLong("expected_credit"), currency),
                payments,
                Columns.optionalInstant(row, "pay_until").isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Exchange.Asked(
                                Money.ofMinor(row.getLong("owed"), currency), Columns.instant(row, "pay_until"))),
                Columns.optionalInstant(row, "placed_at").isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Exchange.Placed(
                                new OrderId(row.getString("new_order")),
                                Money.ofMinor(row.getLong("credit"), currency),
                                Columns.instant(row, "placed_at"))),
                Columns.optionalInstant(row, "ended_at").isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Exchange.Ended(
                                row.getBoolean("exchanged"),
                                Money.ofMinor(row.getLong("taken"), currency),
                                row.getString("why"),
                                Columns.instant(row, "ended_at"))));
    }

    private static List<Exchange.Paid> payments(Handle handle, ReturnId id) {
        return handle.createQuery("""
            select p.id, p.gateway, p.amount, p.captured_at, e.currency
            from return_exchange_payment p join return_exchange e on e.return_id = p.return_id
            where p.return_id = :id order by p.captured_at, p.id
            """)
                .bind("id", id.value())
                .map((row, context) -> new Exchange.Paid(
                        row.getString("id"),
                        row.getString("gateway"),
                        Money.ofMinor(row.getLong("amount"), CurrencyCode.of(row.getString("currency"))),
                        Columns.instant(row, "captured_at")))
                .list();
    }

    static void insert(Handle handle, ReturnId id, Exchange.Paid paid) {
        handle.createUpdate("""
            insert into return_exchange_payment (return_id, id, gateway, amount, captured_at)
            values (:id, :payment, :gateway, :amount, :at)
            """)
                .bind("id", id.value())
                .bind("payment", paid.id())
                .bind("gateway", paid.gateway())
                .bind("amount", paid.amount().minor())
                .bind("at", Columns.at(paid.capturedAt()))
                .execute();
    }

    /** Once, and not after the order was handed over. */
    static boolean ask(Handle handle, ReturnId id, Money owed, Instant until) {
        boolean asked = handle.createUpdate("""
            update return_exchange set owed = :owed, pay_until = :until
            where return_id = :id and pay_until is null and placed_at is null and ended_at is null
            """)
                        .bind("owed", owed.minor())
                        .bind("until", Columns.at(until))
                        .bind("id", id.value())
                        .execute()
                == 1;
        if (asked) {
            // A little longer than the customer has, for whoever pays in the last minute.
            handle.createUpdate("""
                update basket set expires_at = greatest(expires_at, :until)
                where id = (select basket from return_exchange where return_id = :id) and state = 'HELD'
                    and claimed_by is null
                """)
                    .bind("until", Columns.at(until.plus(Duration.ofDays(1))))
                    .bind("id", id.value())
                    .execute();
        }
        return asked;
    }

    static boolean place(Handle handle, Exchange exchange, Money credit, Instant now) {
        return handle.createUpdate("""
            update return_exchange set new_order = :order, credit = :credit, placed_at = :now
            where return_id = :id and placed_at is null and ended_at is null
            """)
                        .bind("order", OrderId.of(exchange.orderKey()).value())
                        .bind("credit", credit.minor())
                        .bind("now", Columns.at(now))
                        .bind("id", exchange.id().value())
                        .execute()
                == 1;
    }

    static void exchanged(Handle handle, ReturnId id, Map<String, MoneyBag> parts) {
        parts.forEach((payment, part) -> handle.createUpdate("""
            update return_refund_tender set exchanged = :amount, exchanged_presentment = :presentment
            where return_id = :id and payment = :payment
            """)
                .bind("amount", part.shop().minor())
                .bind("presentment", part.presentment().minor())
                .bind("id", id.value())
                .bind("payment", payment)
                .execute());
    }

    /** Ends it without an order, if there is one and it is open. */
    static boolean giveUp(Handle handle, ReturnId id, String why, Instant now) {
        Optional<Exchange> open = find(handle, id).filter(Exchange::isOpen);
        open.map(exchange -> Money.zero(exchange.wanted().currency()))
                .ifPresent(nothing -> end(handle, id, new Exchange.Ended(false, nothing, why, now)));
        return open.isPresent();
    }

    /** Ends one that is open; what its basket still keeps is free for others from now on. */
    static void end(Handle handle, ReturnId id, Exchange.Ended ended) {
        handle.createUpdate("""
            update return_exchange set exchanged = :exchanged, taken = :taken, why = :why, ended_at = :now
            where return_id = :id
            """)
                .bind("exchanged", ended.exchanged())
                .bind("taken", ended.taken().minor())
                .bind("why", ended.why())
                .bind("now", Columns.at(ended.at()))
                .bind("id", id.value())
                .execute();
        handle.createUpdate("""
            update basket set expires_at = least(expires_at, :now)
            where id = (select basket from return_exchange where return_id = :id) and state = 'HELD'
                and claimed_by is null
            """)
                .bind("now", Columns.at(ended.at()))
                .bind("id", id.value())
                .execute();
    }

    /** An order that has ended is news for the return whose credit has paid it. It is part of the transaction that ends it. */
    public static void tellReturnOf(Handle handle, OrderId order, String news, Instant now) {
        handle.createQuery("""
            select r.id, o.account from return_exchange e join goods_return r on r.id = e.return_id
                join customer_order o on o.id = r.order_id
            where e.new_order = :order
            """)
                .bind("order", order.value())
                .map((row, context) -> {
                    ReturnId id = new ReturnId(row.getString("id"));
                    AccountId account = AccountId.of(row.getString("account"));
                    return new Told(account, id + "/order-" + news, id.workflowId(account));
                })
                .findOne()
                .ifPresent(told ->
                        InboxRows.insert(handle, told.account(), TOPIC, told.event(), told.process(), "{}", now));
    }

    private record Told(AccountId account, String event, String process) {}
}
