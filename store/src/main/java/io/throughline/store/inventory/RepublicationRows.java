package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Bundles.Part;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Republication;
import io.throughline.domain.inventory.Republications.Wish;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The rows of {@code stock_republication}. */
final class RepublicationRows {
    private static final String HERE = "account = :account and sku = :sku and facility = :facility";

    private RepublicationRows() {}

    /** False: it was wished for already. */
    static boolean insert(Handle handle, AccountId account, StockSubject place, String askedBy, Instant now) {
        return Shown.at(handle.createUpdate("""
                insert into stock_republication (account, sku, facility, asked_at, asked_by)
                values (:account, :sku, :facility, :now, :by) on conflict do nothing
                """), account, place)
                        .bind("now", Columns.at(now))
                        .bind("by", askedBy)
                        .execute()
                == 1;
    }

    static void delete(Handle handle, AccountId account, StockSubject place) {
        Shown.at(handle.createUpdate("delete from stock_republication where " + HERE), account, place)
                .execute();
    }

    static List<Wish> of(Handle handle, AccountId account) {
        return handle.createQuery("select * from stock_republication where account = :account order by sku, facility")
                .bind("account", account.value())
                .map((row, context) -> wish(row))
                .list();
    }

    /** The places of wishes that come next in the order of their names, at most so many. */
    static List<StockSubject> after(Handle handle, AccountId account, Optional<StockSubject> last, int most) {
        return handle.createQuery("""
                        select sku, facility from stock_republication
                        where account = :account and (sku, facility) > (:sku, :facility)
                        order by sku, facility limit :most
                        """)
                .bind("account", account.value())
                .bind("sku", last.map(place -> place.sku().value()).orElse(""))
                .bind("facility", last.map(place -> place.facility().value()).orElse(""))
                .bind("most", most)
                .map((row, context) ->
                        new StockSubject(new FacilityId(row.getString("facility")), Sku.of(row.getString("sku"))))
                .list();
    }

    static List<Wish> of(Handle handle, Sku sku) {
        return handle.createQuery("""
                        select * from stock_republication where sku = :sku order by asked_at, account, facility
                        """)
                .bind("sku", sku.value())
                .map((row, context) -> wish(row))
                .list();
    }

    private static Wish wish(ResultSet row) throws SQLException {
        return new Wish(
                AccountId.of(row.getString("account")),
                new StockSubject(new FacilityId(row.getString("facility")), Sku.of(row.getString("sku"))),
                Columns.instant(row, "asked_at"),
                row.getString("asked_by"));
    }

    /**
     * What the account shows of the place is not relied upon any more, and the balances that it is made of become news, so that somebody comes
     * by. False: there are none. They are locked in the order of their names.
     */
    static boolean stir(Handle handle, AccountId account, StockSubject place, Bundles bundles) {
        Shown.doubt(handle, account, place);
        return parts(place, bundles).stream()
                        .mapToInt(part -> handle.execute(
                                "update stock_balance set sku = sku where sku = ? and facility = ?",
                                part,
                                place.facility().value()))
                        .sum()
                > 0;
    }

    /**
     * The same for several, by two statements. What somebody has locked is passed by, so that nobody waits for another in a circle: the next call
     * comes by again.
     */
    static void stirAll(Handle handle, AccountId account, List<StockSubject> places, Bundles bundles) {
        if (places.isEmpty()) {
            return;
        }
        bind(handle.createUpdate("""
                        with due as (
                            select s.account, s.sku, s.facility from stock_shown s
                            where s.account = :account and (s.sku, s.facility) in (
                                select sku, facility from unnest(cast(:skus as text[]), cast(:facilities as text[]))
                                    as wished (sku, facility))
                            order by s.sku, s.facility for no key update skip locked)
                        update stock_shown s set standing = 'UNSURE' from due
                        where s.account = due.account and s.sku = due.sku and s.facility = due.facility
                        """), places).bind("account", account.value()).execute();
        bind(
                        handle.createUpdate("""
                        with due as (
                            select b.sku, b.facility from stock_balance b
                            where (b.sku, b.facility) in (
                                select sku, facility from unnest(cast(:skus as text[]), cast(:facilities as text[]))
                                    as wished (sku, facility))
                            order by b.sku, b.facility for no key update skip locked)
                        update stock_balance b set sku = b.sku from due
                        where b.sku = due.sku and b.facility = due.facility
                        """),
                        places.stream()
                                .flatMap(place -> bundles.partsOf(place.sku()).stream()
                                        .map(part -> new StockSubject(place.facility(), part.sku())))
                                .toList())
                .execute();
    }

    private static Update bind(Update update, List<StockSubject> places) {
        return update.bindArray(
                        "skus",
                        String.class,
                        places.stream().map(place -> place.sku().value()).toList())
                .bindArray(
                        "facilities",
                        String.class,
                        places.stream().map(place -> place.facility().value()).toList());
    }

    private static List<String> parts(StockSubject place, Bundles bundles) {
        return bundles.partsOf(place.sku()).stream()
                .map(Part::sku)
                .map(Sku::value)
                .sorted()
                .toList();
    }

    /** The wish about a place, with what may be under way there; of a bundle's parts, that of the one of which there is most. */
    static Optional<Republication> find(
            Handle handle, AccountId account, StockSubject place, Bundles bundles, Instant now) {
        return Shown.at(
                        handle.createQuery("""
                select w.asked_at, coalesce(goods.has_left, false) as has_left, coalesce(goods.reserved, 0) as reserved,
                    exists (select from stock_observation o
                        where o.source = w.account and o.sku = w.sku and o.facility = w.facility and o.measure = 'ON_HAND'
                            and o.absolute and not o.echo and o.recorded_at > :lately) as spoke
                from stock_republication w
                left join lateral (
                    select bool_or(exists (select from stock_movement m
                            where m.sku = b.sku and m.facility = b.facility and m.measure = 'ON_HAND'
                                and m.recorded_at > :lately and %s)) as has_left,
                        max((%s)) as reserved
                    from stock_balance b
                    where b.facility = w.facility and b.sku = any(cast(:parts as text[]))) goods on true
                where %s
                """.formatted(OwnGoods.moved("w.sku"), OwnGoods.reserved("w.sku"), HERE)),
                        account,
                        place)
                .bindArray("parts", String.class, parts(place, bundles))
                .bind("lately", Columns.at(now.minus(Republication.SETTLES_WITHIN)))
                .map((row, context) -> new Republication(
                        Columns.instant(row, "asked_at"),
                        row.getBoolean("has_left"),
                        row.getBoolean("spoke"),
                        row.getInt("reserved")))
                .findOne();
    }
}
