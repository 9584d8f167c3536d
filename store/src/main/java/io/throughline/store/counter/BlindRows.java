package io.throughline.store.counter;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.counter.BlindHistory;
import io.throughline.domain.counter.BlindHistory.Earlier;
import io.throughline.domain.counter.BlindHistory.Known;
import io.throughline.domain.counter.BlindHistory.Unit;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What is known when goods come back without a receipt, and who has to wait for whom. */
final class BlindRows {
    private static final Comparator<Unit> IN_ORDER =
            Comparator.comparing(Unit::sku).thenComparing(unit -> unit.serial().value());

    private BlindRows() {}

    /** In one order: whoever sends the same once more, whoever brings goods of the same customer, or to the same store, and then the single units. */
    static void lock(Handle handle, Submission submission, BlindHistory.Question question) {
        lock(handle, "submission/" + submission.by().owner() + "/" + submission.key());
        lock(handle, "customer/" + question.customer().value());
        lock(handle, "store/" + question.store());
        lockUnits(handle, question.units());
    }

    private static void lockUnits(Handle handle, Collection<Unit> units) {
        units.stream().sorted(IN_ORDER).forEach(unit -> lock(handle, "unit/" + unit.sku() + "/" + unit.serial()));
    }

    private static void lock(Handle handle, String name) {
        handle.createQuery("select pg_advisory_xact_lock(hashtextextended('blind-return/' || :name, 0))")
                .bind("name", name)
                .mapToMap()
                .list();
    }

    static BlindHistory history(Handle handle, BlindHistory.Question question, Instant now) {
        return new BlindHistory(
                ofCustomer(handle, question),
                atStore(handle, question),
                goods(handle, question, now),
                back(handle, question.units(), Instant.EPOCH));
    }

    /** Whoever was forgotten has brought nothing. */
    private static List<Earlier> ofCustomer(Handle handle, BlindHistory.Question question) {
        return earlier(handle, """
                person t join counter_return r on r.id = substr(t.ref, 3)
                    where starts_with(t.ref, 'T-') and t.content #>> '{}' = :of
                """, question.customer().value(), question.customerSince(), question.currency());
    }

    private static List<Earlier> atStore(Handle handle, BlindHistory.Question question) {
        return earlier(
                handle,
                "counter_return r where r.store = :of",
                question.store().value(),
                question.storeSince(),
                question.currency());
    }

    /** {@code from} is where they are looked for, and by what {@code of}. */
    private static List<Earlier> earlier(Handle handle, String from, String of, Instant since, CurrencyCode currency) {
        return handle.createQuery("""
            select r.id, r.taken_at, (select coalesce(sum(p.amount), 0) from counter_return_part p
                    where p.return_id = r.id and p.currency = :currency) as worth
            from %s
                and r.blind is not null and r.refused_at is null and r.taken_at >= :since
            order by r.taken_at, r.id
            """.formatted(from))
                .bind("of", of)
                .bind("since", Columns.at(since))
                .bind("currency", currency.code())
                .map((row, context) -> new Earlier(
                        new CounterReturnId(row.getString("id")),
                        Columns.instant(row, "taken_at"),
                        Money.ofMinor(row.getLong("worth"), currency)))
                .list();
    }

    /** The lowest of what was in force at the beginning of the time, and of what began within it, at any channel. */
    private static Map<Sku, Known> goods(Handle handle, BlindHistory.Question question, Instant now) {
        Map<Sku, Known> goods = new HashMap<>();
        handle.createQuery("""
            select p.sku, coalesce(a.value, p.sku) as title, (
                select min(c.minor) from price c
                where c.sku = p.sku and c.currency = :currency and c.valid_from <= :now
                    and (c.valid_from > :since or c.valid_from = (
                        select max(b.valid_from) from price b
                        where b.sku = c.sku and b.channel = c.channel and b.currency = c.currency
                            and b.valid_from <= :since))) as lowest
            from product p left join product_attribute a on a.sku = p.sku and a.attribute = 'TITLE'
            where p.sku = any(cast(:skus as text[]))
            """)
                .bind("currency", question.currency().code())
                .bind("now", Columns.at(now))
                .bind("since", Columns.at(question.pricesSince()))
                .bindArray(
                        "skus",
                        String.class,
                        question.skus().stream().map(Sku::value).toList())
                .map((row, context) -> Map.entry(
                        Sku.of(row.getString("sku")),
                        new Known(
                                row.getString("title"),
                                Optional.ofNullable(row.getBigDecimal("lowest"))
                                        .map(minor -> Money.ofMinor(minor.longValueExact(), question.currency())))))
                .forEach(known -> goods.put(known.getKey(), known.getValue()));
        return goods;
    }

    /** Under which returns, that still stand, single units came back since then, whether with a receipt or without. */
    private static Map<Unit, CounterReturnId> back(Handle handle, Collection<Unit> units, Instant since) {
        Map<Unit, CounterReturnId> back = new HashMap<>();
        for (Unit unit : units) {
            handle.createQuery("""
                select r.id from counter_return_line l join counter_return r on r.id = l.return_id
                where l.sku = :sku and l.serial = :serial and r.refused_at is null and r.taken_at >= :since
                order by r.taken_at desc limit 1
                """)
                    .bind("sku", unit.sku().value())
                    .bind("serial", unit.serial().value())
                    .bind("since", Columns.at(since))
                    .mapTo(String.class)
                    .findOne()
                    .ifPresent(id -> back.put(unit, new CounterReturnId(id)));
        }
        return back;
    }

    /** In words, if one of these units, of which a sale is known now, came back since it was sold. Nobody else brings them meanwhile. */
    static Optional<String> backSince(Handle handle, Collection<Unit> units, Instant sold) {
        lockUnits(handle, units);
        return back(handle, units, sold).entrySet().stream()
                .min(Map.Entry.comparingByKey(IN_ORDER))
                .map(found -> found.getKey().sku() + " " + found.getKey().serial() + " has come back already as "
                        + found.getValue() + ".");
    }
}
