package io.throughline.store.sale;

import io.throughline.store.rebuild.Derivation;
import io.throughline.store.rebuild.LockedRows;

/**
 * How many summaries a store's day has, and whether entries wait for the next: since the first of them was heard of. What an entry takes back was
 * heard of with the version that corrects it.
 */
public final class DayCounts {
    private static final String OTHERWISE = """
            from store_day d
            cross join lateral (
                select coalesce(max(s.number), 0) as summaries from store_day_summary s where s.store_day = d.id) closed
            left join lateral (
                select (select v.heard_at from store_sale_version v
                        where v.facility = e.facility and v.id = e.sale_id
                            and case when e.taken_back then v.version > e.version else v.version = e.version end
                        order by v.version limit 1) as since
                from store_day_entry e where e.store_day = d.id and e.summary is null
                order by e.number limit 1) first on true
            where d.id = any(cast(:ids as text[]))
                and (d.summaries, d.waiting_since) is distinct from (closed.summaries, first.since)
            """;

    private DayCounts() {}

    public static Derivation derivation() {
        return new LockedRows("store_day", 200, "select d.id " + OTHERWISE + " order by d.id", """
                update store_day set summaries = counted.summaries, waiting_since = counted.since
                from (select d.id, closed.summaries, first.since\s""" + OTHERWISE + """
                ) counted where store_day.id = counted.id
                """);
    }
}
