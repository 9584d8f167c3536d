package io.throughline.store.sale;

import io.throughline.domain.finance.ClosedPeriods;
import io.throughline.domain.sale.LateSales;
import io.throughline.domain.sale.StoreCalendar;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.sale.StoreDays.StoreDay;
import io.throughline.domain.sale.StoreDays.Summary;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code store_day} and {@code store_day_summary}. */
final class DayRows {
    private DayRows() {}

    /** What decides where a sale goes. */
    record Day(StoreDayId id, int summaries, LateSales lateSales) {
        boolean posted() {
            return summaries > 0;
        }
    }

    /** Makes the day if nobody has heard of it yet, by the rule that holds for it. */
    static Day lock(Handle handle, StoreDayId id, StoreCalendar calendar) {
        StoreCalendar.Plan plan = calendar.planOf(id);
        handle.createUpdate("""
                        insert into store_day
                            (id, facility, business_date, policy, closes_at, grace, late_sales, closed_periods)
                        values (:id, :facility, :date, :policy, :closesAt, make_interval(secs => :grace), :late, :periods)
                        on conflict do nothing
                        """)
                .bind("id", id.value())
                .bind("facility", id.facility().value())
                .bind("date", id.date())
                .bind("policy", plan.policyVersion())
                .bind("closesAt", Columns.at(plan.closesAt()))
                .bind("grace", plan.rule().grace().toMillis() / 1000.0)
                .bind("late", plan.rule().lateSales())
                .bind("periods", plan.rule().closedPeriods())
                .execute();
        return lock(handle, id).orElseThrow();
    }

    static Optional<Day> lock(Handle handle, StoreDayId id) {
        return handle.createQuery("select summaries, late_sales from store_day where id = :id for no key update")
                .bind("id", id.value())
                .map((row, context) ->
                        new Day(id, row.getInt("summaries"), LateSales.valueOf(row.getString("late_sales"))))
                .findOne();
    }

    /** Gives the number of the summary that is waited for, when nothing had waited before. */
    static Optional<Integer> letWait(Handle handle, StoreDayId id, Instant now) {
        return handle.createQuery("""
                        update store_day set waiting_since = :now where id = :id and waiting_since is null
                        returning summaries + 1
                        """)
                .bind("id", id.value())
                .bind("now", Columns.at(now))
                .mapTo(Integer.class)
                .findOne();
    }

    static Optional<StoreDay> find(Handle handle, StoreDayId id) {
        List<Summary> summaries = summaries(handle, id);
        return handle.createQuery("""
                        select policy, closed_periods, closes_at, greatest(closes_at, waiting_since) + grace as due_at,
                            waiting_since,
                            (select count(*) from store_day_entry where store_day = :id and summary is null) as waiting
                        from store_day where id = :id
                        """)
                .bind("id", id.value())
                .map((row, context) -> new StoreDay(
                        id,
                        row.getString("policy"),
                        ClosedPeriods.valueOf(row.getString("closed_periods")),
                        Columns.instant(row, "closes_at"),
                        Columns.optionalInstant(row, "waiting_since").isEmpty()
                                ? Optional.empty()
                                : Columns.optionalInstant(row, "due_at"),
                        row.getInt("waiting"),
                        summaries))
                .findOne();
    }

    private static List<Summary> summaries(Handle handle, StoreDayId id) {
        return handle.createQuery("""
                        select number, closed_at, settled_at, (select count(*) from store_day_entry e
                            where e.store_day = s.store_day and e.summary = s.number) as entries
                        from store_day_summary s where store_day = :id order by number
                        """)
                .bind("id", id.value())
                .map((row, context) -> new Summary(
                        row.getInt("number"),
                        row.getInt("entries"),
                        Columns.instant(row, "closed_at"),
                        Columns.optionalInstant(row, "settled_at")))
                .list();
    }

    /** Gives how many entries the summary has. */
    static int close(Handle handle, StoreDayId id, int summary, Instant now) {
        handle.createUpdate("insert into store_day_summary (store_day, number, closed_at) values (:id, :summary, :now)")
                .bind("id", id.value())
                .bind("summary", summary)
                .bind("now", Columns.at(now))
                .execute();
        handle.createUpdate("update store_day set summaries = :summary, waiting_since = null where id = :id")
                .bind("id", id.value())
                .bind("summary", summary)
                .execute();
        return handle.createUpdate(
                        "update store_day_entry set summary = :summary where store_day = :id and summary is null")
                .bind("id", id.value())
                .bind("summary", summary)
                .execute();
    }

    /** False: it is settled already. */
    static boolean settle(Handle handle, StoreDayId id, int summary, Instant now) {
        return handle.createUpdate("""
                        update store_day_summary set settled_at = :now
                        where store_day = :id and number = :summary and settled_at is null
                        """)
                        .bind("id", id.value())
                        .bind("summary", summary)
                        .bind("now", Columns.at(now))
                        .execute()
                == 1;
    }
}
