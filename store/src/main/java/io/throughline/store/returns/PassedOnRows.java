package io.throughline.store.returns;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.money.MoneyBag;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.Exchange;
import io.throughline.domain.returns.PassedOn;
import io.throughline.domain.returns.Refund;
import io.throughline.domain.returns.ReturnId;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The rows of {@code return_passed_on}. What its channel tells to have failed has failed, also before anybody has said so. */
final class PassedOnRows {
    private static final String SELECT = """
        select p.of_return, p.payment, p.reference, p.by_return, p.amount, p.presentment_amount, p.passed_at, p.transaction,
            o.account, o.external_id, f.body ->> 'currency' as currency, f.body ->> 'presentmentCurrency' as presentment_currency,
            (select part ->> 'gateway' from jsonb_array_elements(f.body -> 'tenders') part
                where part ->> 'payment' = p.payment) as gateway,
            p.failed or exists (
                select from order_version v, jsonb_array_elements(v.body -> 'tenders') t
                where v.order_id = o.id and v.number = o.version_number
                    and t ->> 'id' = p.transaction and t ->> 'status' = 'FAILURE') as failed
        from return_passed_on p join goods_return r on r.id = p.of_return join customer_order o on o.id = r.order_id
            join return_refund f on f.return_id = p.of_return
        """;

    private PassedOnRows() {}

    /** What a return gives so; the credits nearest to its order first. */
    static List<PassedOn> by(Handle handle, ReturnId by) {
        List<ReturnId> origins = origins(handle, by.order());
        List<PassedOn> all = handle.createQuery(SELECT + "where p.by_return = :id order by p.reference, p.payment")
                .bind("id", by.value())
                .map((row, context) -> part(row))
                .list();
        return origins.stream()
                .flatMap(origin -> all.stream().filter(part -> part.of().equals(origin)))
                .toList();
    }

    /** By the return of the credit that it goes back of. */
    static Map<String, List<PassedOn>> of(Handle handle, List<String> ids) {
        return handle
                .createQuery(SELECT + "where p.of_return = any(cast(:ids as text[])) order by p.reference, p.payment")
                .bindArray("ids", String.class, ids)
                .map((row, context) -> part(row))
                .list()
                .stream()
                .collect(Collectors.groupingBy(part -> part.of().value()));
    }

    private static PassedOn part(ResultSet row) throws SQLException {
        return new PassedOn(
                new ReturnId(row.getString("of_return")),
                new OrderKey(AccountId.of(row.getString("account")), row.getString("external_id")),
                new ReturnId(row.getString("by_return")),
                row.getString("reference"),
                new Refund.ToTender(
                        row.getString("payment"),
                        row.getString("gateway"),
                        new MoneyBag(
                                Money.ofMinor(row.getLong("amount"), CurrencyCode.of(row.getString("currency"))),
                                Money.ofMinor(
                                        row.getLong("presentment_amount"),
                                        CurrencyCode.of(row.getString("presentment_currency"))))),
                Columns.optionalInstant(row, "passed_at"),
                Columns.optionalText(row, "transaction"),
                row.getBoolean("failed"));
    }

    /** The returns whose credit has paid an order, and that whose credit has paid the order of that, and so on. */
    static List<ReturnId> origins(Handle handle, OrderId order) {
        List<ReturnId> origins = new ArrayList<>();
        Optional<ReturnId> next = origin(handle, order);
        while (next.isPresent()) {
            origins.add(next.get());
            next = origin(handle, next.get().order());
        }
        return List.copyOf(origins);
    }

    private static Optional<ReturnId> origin(Handle handle, OrderId order) {
        return handle.createQuery("select account, external_id from customer_order where id = :order")
                .bind("order", order.value())
                .map((row, context) -> Exchange.returnOf(
                        new OrderKey(AccountId.of(row.getString("account")), row.getString("external_id"))))
                .findOne()
                .flatMap(found -> found);
    }

    static void insert(Handle handle, ReturnId of, ReturnId by, String reference, Refund.ToTender part) {
        handle.createUpdate("""
            insert into return_passed_on (of_return, payment, reference, by_return, amount, presentment_amount)
            values (:of, :payment, :reference, :by, :amount, :presentment)
            """)
                .bind("of", of.value())
                .bind("payment", part.payment())
                .bind("reference", reference)
                .bind("by", by.value())
                .bind("amount", part.amount().shop().minor())
                .bind("presentment", part.amount().presentment().minor())
                .execute();
    }

    /** That it has failed stays said, for the order's next version might tell it otherwise. */
    static void keepFailed(Handle handle, Stream<PassedOn> failed) {
        failed.forEach(part -> handle.createUpdate("""
            update return_passed_on set failed = true
            where of_return = :of and payment = :payment and reference = :reference and not failed
            """)
                .bind("of", part.of().value())
                .bind("payment", part.part().payment())
                .bind("reference", part.reference())
                .execute());
    }
}
