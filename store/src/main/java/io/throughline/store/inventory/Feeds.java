package io.throughline.store.inventory;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.store.internal.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The rows of {@code stock_feed}: when a system last told anything of a facility's stock, or was asked and had nothing new. Kept to a few
 * seconds, and written after the booking's transaction, so that a busy till's sales don't wait for each other on one row.
 */
final class Feeds {
    private static final Duration EXACTNESS = Duration.ofSeconds(5);

    private Feeds() {}

    static void heard(Handle handle, String system, FacilityId facility, Instant now) {
        heard(handle, system, Set.of(facility), now);
    }

    static void heard(Handle handle, String system, Collection<FacilityId> facilities, Instant now) {
        handle.createUpdate("""
                        insert into stock_feed as known (source, facility, heard_at)
                        select :source, told.facility, :now
                        from (select distinct unnest(cast(:facilities as text[])) as facility) told
                        where not exists (select 1 from stock_feed f
                            where f.source = :source and f.facility = told.facility and f.heard_at > :recently)
                        order by told.facility
                        on conflict (facility, source) do update set
                            heard_at = greatest(known.heard_at, excluded.heard_at)
                        """)
                .bind("source", system)
                .bindArray(
                        "facilities",
                        String.class,
                        facilities.stream().map(FacilityId::value).toList())
                .bind("now", Columns.at(now))
                .bind("recently", Columns.at(now.minus(EXACTNESS)))
                .execute();
    }
}
