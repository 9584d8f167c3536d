package io.throughline.store.returns;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.returns.ReturnFilter;
import io.throughline.store.internal.Columns;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Finds returns by what people look for. How far one is follows from its rows here as it does in {@code Return}. */
final class ReturnQuery {
    private static final String OPEN = "r.closed_at is null and r.refused_at is null";

    private static final String AWAITED = """
            (r.way <> 'NEVER' and exists (
                select from return_line l where l.return_id = r.id and l.received + l.missing < l.authorised))
            """;

    private static final String TO_INSPECT =
            "exists (select from return_line l where l.return_id = r.id and l.inspected < l.received)";

    private static final String AT_FACILITIES = """
            (r.store = any(cast(:facilities as text[]))
                or exists (select from return_receipt g
                    where g.return_id = r.id and g.facility = any(cast(:facilities as text[])))
                or exists (select from return_parcel p
                    where p.return_id = r.id and p.direction = 'FROM_CUSTOMER' and p.facility = any(cast(:facilities as text[]))))
            """;

    /** What has come in part is waited for until its day, whatever became of a parcel. */
    private static final String OVERDUE = """
            case when exists (select from return_line l where l.return_id = r.id and l.received > 0) then r.due_at
                else coalesce((
                    select case
                        when p.status in ('IN_TRANSIT', 'OUT_FOR_DELIVERY')
                            then greatest(r.due_at, p.at + make_interval(secs => p.under_way_seconds))
                        when p.status = 'DELIVERED' then p.at + make_interval(secs => p.received_within_seconds)
                        when p.status in ('REFUSED', 'LOST') then p.at
                        else r.due_at end
                    from return_parcel p where p.return_id = r.id and p.direction = 'FROM_CUSTOMER'
                    order by p.ordinal limit 1), r.due_at) end <= :overdueAt
            """;

    private ReturnQuery() {}

    static Query of(Handle handle, String select, ReturnFilter filter) {
        Query query = handle.createQuery(select + "where " + String.join(" and ", conditions(filter))
                        + " order by r.authorised_at desc, r.id limit :limit")
                .bind("limit", filter.limit());
        filter.facilities()
                .ifPresent(places -> query.bindArray(
                        "facilities",
                        String.class,
                        places.stream().map(FacilityId::value).toList()));
        filter.overdueAt().ifPresent(at -> query.bind("overdueAt", Columns.at(at)));
        filter.after()
                .ifPresent(after -> query.bind("afterAt", Columns.at(after.authorisedAt()))
                        .bind("afterId", after.id().value()));
        return query;
    }

    private static List<String> conditions(ReturnFilter filter) {
        List<String> conditions = new ArrayList<>(List.of("true"));
        filter.stage().map(ReturnQuery::condition).ifPresent(conditions::add);
        if (filter.facilities().isPresent()) {
            conditions.add(AT_FACILITIES);
        }
        if (filter.awaitingApproval()) {
            conditions.add(OPEN + " and r.money_ended_at is null and f.needs_second_person and f.approved_at is null");
        }
        if (filter.overdueAt().isPresent()) {
            conditions.add(OPEN + " and " + AWAITED + " and " + OVERDUE);
        }
        if (filter.after().isPresent()) {
            conditions.add("(r.authorised_at < :afterAt or (r.authorised_at = :afterAt and r.id > :afterId))");
        }
        return conditions;
    }

    private static String condition(ReturnFilter.Stage stage) {
        return switch (stage) {
            case OPEN -> OPEN;
            case AWAITED -> OPEN + " and " + AWAITED;
            case TO_INSPECT -> OPEN + " and " + TO_INSPECT;
            case INSPECTED -> OPEN + " and not " + AWAITED + " and not " + TO_INSPECT;
            case REFUSED -> "r.refused_at is not null";
            case CLOSED -> "r.closed_at is not null";
        };
    }
}
