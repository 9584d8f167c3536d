package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Publications.Page;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.internal.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * The rows of {@code stock_sync}. A balance is news as long as the transaction that changed it last is not in the snapshot that the
 * account has seen. A later change moves a balance out of the sweep that is under way and into the next one.
 */
final class Sweeps {
    /** Of balance {@code b} for the account of {@code s}; the first comparison is for the index. */
    private static final String NEWS = """
            b.changed_in >= coalesce(pg_snapshot_xmin(s.seen), '0')
                and (s.seen is null or not pg_visible_in_snapshot(b.changed_in, s.seen))
                and b.facility = any(cast(:facilities as text[]))
            """;

    private Sweeps() {}

    static boolean claim(
            Handle handle,
            AccountId account,
            Collection<FacilityId> facilities,
            String terms,
            Instant now,
            Duration atWorkFor) {
        Claim first = claimOnce(handle, account, facilities, terms, now, atWorkFor);
        // The statement that makes an account's row does not see it yet.
        return first.made()
                ? claimOnce(handle, account, facilities, terms, now, atWorkFor).woken()
                : first.woken();
    }

    private record Claim(boolean made, boolean woken) {}

    /** One statement, for it is asked several times a second whether there is news. */
    private static Claim claimOnce(
            Handle handle,
            AccountId account,
            Collection<FacilityId> facilities,
            String terms,
            Instant now,
            Duration atWorkFor) {
        return handle.createQuery("""
                        with made as (
                            insert into stock_sync (account)
                            select :account where not exists (select from stock_sync where account = :account)
                            on conflict do nothing returning account),
                        woken as (
                            update stock_sync s set woken_at = :now
                            where s.account = :account and (s.woken_at is null or s.woken_at < :longAgo)
                                and (s.terms <> :terms or exists (select 1 from stock_balance b where %s) or %s)
                            returning account)
                        select exists (select from made) as made, exists (select from woken) as woken
                        """.formatted(NEWS, OfferRows.WAIT))
                .bind("account", account.value())
                .bind("terms", terms)
                .bind("now", Columns.at(now))
                .bind("longAgo", Columns.at(now.minus(atWorkFor)))
                .bindArray("facilities", String.class, names(facilities))
                .map((row, context) -> new Claim(row.getBoolean("made"), row.getBoolean("woken")))
                .one();
    }

    static int atWork(Handle handle, AccountId account, Optional<Instant> since) {
        return handle.createUpdate("update stock_sync set woken_at = :since where account = :account")
                .bind("account", account.value())
                .bind("since", Columns.at(since))
                .execute();
    }

    /** Begins a sweep unless one is under way. True: the account is told in another mode now, and what it shows is not known. */
    static boolean begin(Handle handle, AccountId account, String terms) {
        handle.execute("insert into stock_sync (account) values (?) on conflict do nothing", account.value());
        String before = handle.select(
                        "select terms from stock_sync where account = ? for no key update", account.value())
                .mapTo(String.class)
                .one();
        if (!before.equals(terms)) {
            handle.execute("""
                    update stock_sync set terms = ?, seen = null, until = null, after_change = null, after_sku = null,
                        after_facility = null
                    where account = ?
                    """, terms, account.value());
        }
        handle.execute(
                "update stock_sync set until = pg_current_snapshot() where account = ? and until is null",
                account.value());
        return !before.isEmpty() && !mode(before).equals(mode(terms));
    }

    /** The first word of the terms. */
    private static String mode(String terms) {
        return terms.split(" ", 2)[0];
    }

    static Page page(Handle handle, AccountId account, Collection<FacilityId> facilities, int most) {
        List<Changed> rows = handle.createQuery("""
                        select b.sku, b.facility, cast(b.changed_in as text) as changed_in
                        from stock_sync s join stock_balance b on %s
                            and pg_visible_in_snapshot(b.changed_in, s.until)
                            and (s.after_change is null
                                or (b.changed_in, b.sku, b.facility) > (s.after_change, s.after_sku, s.after_facility))
                        where s.account = :account
                        order by b.changed_in, b.sku, b.facility limit :most
                        """.formatted(NEWS))
                .bind("account", account.value())
                .bindArray("facilities", String.class, names(facilities))
                .bind("most", most)
                .map((row, context) -> new Changed(
                        new StockSubject(new FacilityId(row.getString("facility")), Sku.of(row.getString("sku"))),
                        row.getString("changed_in")))
                .list();
        Page news = new Page(
                rows.stream().map(Changed::place).toList(),
                rows.isEmpty() ? "" : rows.getLast().change(),
                rows.size() < most);
        return news.last()
                ? OfferRows.next(handle, account, facilities, most - rows.size())
                        .map(next -> with(news, next))
                        .orElse(news)
                : news;
    }

    /** Beside what is news, so that neither keeps the other waiting. */
    private static Page with(Page news, OfferRows.Next next) {
        List<StockSubject> places = new ArrayList<>(news.places());
        places.addAll(next.places());
        return new Page(places, news.position(), true, Optional.of(next.again()));
    }

    private record Changed(StockSubject place, String change) {}

    static void done(Handle handle, AccountId account, Page page) {
        page.again().ifPresent(again -> OfferRows.done(handle, account, again));
        if (page.last()) {
            handle.execute("""
                    update stock_sync set seen = until, until = null, after_change = null, after_sku = null,
                        after_facility = null
                    where account = ?
                    """, account.value());
        } else {
            StockSubject last = page.places().getLast();
            handle.execute(
                    """
                    update stock_sync set after_change = cast(? as xid8), after_sku = ?, after_facility = ?
                    where account = ?
                    """, page.position(), last.sku().value(), last.facility().value(), account.value());
        }
    }

    private static List<String> names(Collection<FacilityId> facilities) {
        return facilities.stream().map(FacilityId::value).toList();
    }
}
