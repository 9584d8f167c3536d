package io.throughline.store.account;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.CallBudget;
import io.throughline.domain.account.SystemPaces;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code system_pace}, each written by itself: nobody who reads them needs them to be of one moment. */
public final class PostgresSystemPaces implements SystemPaces {
    private final Transactions transactions;
    private final Clock clock;

    public PostgresSystemPaces(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void tell(Collection<Pace> paces) {
        transactions.with(handle -> {
            paces.forEach(pace -> put(handle, pace));
            return true;
        });
    }

    private void put(Handle handle, Pace pace) {
        handle.createUpdate("""
                        insert into system_pace as p (account, per_second, points_left, points_most, points_a_second,
                            points_at, told_at)
                        values (:account, cast(:perSecond as double precision), cast(:left as double precision),
                            cast(:most as double precision), cast(:aSecond as double precision),
                            cast(:at as timestamptz), :now)
                        on conflict (account) do update set per_second = excluded.per_second, told_at = excluded.told_at,
                            (points_left, points_most, points_a_second, points_at) = (
                                select case when later then excluded.points_left else p.points_left end,
                                    case when later then excluded.points_most else p.points_most end,
                                    case when later then excluded.points_a_second else p.points_a_second end,
                                    case when later then excluded.points_at else p.points_at end
                                from (select excluded.points_at > p.points_at or p.points_at is null as later) told)
                        where p.per_second is distinct from excluded.per_second
                            or excluded.points_at > p.points_at
                            or (p.points_at is null and excluded.points_at is not null)
                        """)
                .bind("account", pace.account().value())
                .bind("perSecond", pace.perSecond())
                .bind("left", pace.budget().map(CallBudget::left))
                .bind("most", pace.budget().map(CallBudget::most))
                .bind("aSecond", pace.budget().map(CallBudget::aSecond))
                .bind("at", Columns.at(pace.budget().map(CallBudget::asOf)))
                .bind("now", Columns.at(clock.instant()))
                .execute();
    }

    @Override
    public List<Pace> all() {
        return transactions.with(handle ->
                handle.createQuery("""
                        select account, per_second, points_left, points_most, points_a_second, points_at from system_pace
                        order by account
                        """).map((row, context) -> map(row)).list());
    }

    private static Pace map(ResultSet row) throws SQLException {
        Optional<Instant> asOf = Columns.optionalInstant(row, "points_at");
        return new Pace(
                AccountId.of(row.getString("account")),
                Optional.ofNullable(row.getObject("per_second", Double.class)),
                asOf.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new CallBudget(
                                row.getDouble("points_left"),
                                row.getDouble("points_most"),
                                row.getDouble("points_a_second"),
                                asOf.get())));
    }
}
