package io.throughline.store.inventory;

import io.throughline.domain.availability.StockReading.Word;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.store.internal.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The rows of {@code facility_word}: what each facility itself said last, which its system's answers for all of its facilities don't tell. Kept
 * to a few seconds, and written after the transaction of what was said, so that a busy store's people don't wait for each other on one row.
 */
public final class FacilityWords {
    /** What people report on a store's devices. */
    public static final String APP = "store-app";

    /** Sales that a store's tills send to us themselves. */
    public static final String TILLS = "tills";

    private static final Duration EXACTNESS = Duration.ofSeconds(5);

    private FacilityWords() {}

    public static void said(Handle handle, String source, FacilityId facility, Instant now) {
        said(handle, source, Set.of(facility), now);
    }

    static void said(Handle handle, String source, Collection<FacilityId> facilities, Instant now) {
        handle.createUpdate("""
                        insert into facility_word as known (facility, source, said_at)
                        select told.facility, :source, :now
                        from (select distinct unnest(cast(:facilities as text[])) as facility) told
                        where not exists (select 1 from facility_word w
                            where w.facility = told.facility and w.said_at > :recently)
                        order by told.facility
                        on conflict (facility) do update set source = excluded.source, said_at = excluded.said_at
                            where excluded.said_at > known.said_at
                        """)
                .bind("source", source)
                .bindArray("facilities", String.class, names(facilities))
                .bind("now", Columns.at(now))
                .bind("recently", Columns.at(now.minus(EXACTNESS)))
                .execute();
    }

    /** From now on these are listened to; silence counts from here. */
    static void begin(Handle handle, String source, Collection<FacilityId> facilities, Instant now) {
        handle.createUpdate("""
                        insert into facility_word (facility, source, said_at)
                        select told.facility, :source, :now
                        from (select distinct unnest(cast(:facilities as text[])) as facility) told
                        where not exists (select 1 from facility_word w where w.facility = told.facility)
                        order by told.facility
                        on conflict (facility) do nothing
                        """)
                .bind("source", source)
                .bindArray("facilities", String.class, names(facilities))
                .bind("now", Columns.at(now))
                .execute();
    }

    static Map<FacilityId, Word> all(Handle handle) {
        Map<FacilityId, Word> words = new HashMap<>();
        handle.createQuery("select facility, source, said_at from facility_word")
                .map((row, context) -> words.put(
                        new FacilityId(row.getString("facility")),
                        new Word(row.getString("source"), Columns.instant(row, "said_at"))))
                .list();
        return words;
    }

    private static Collection<String> names(Collection<FacilityId> facilities) {
        return facilities.stream().map(FacilityId::value).toList();
    }
}
