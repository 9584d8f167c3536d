package io.throughline.store.routing;

import io.throughline.domain.routing.Turnovers;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** A turn is one transaction: what it has reckoned, and from where the next one goes on. */
public final class PostgresTurnovers implements Turnovers {
    private final Transactions transactions;
    private final Clock clock;

    public PostgresTurnovers(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public int reckon(int most, Duration every) {
        return transactions.in(handle ->
                turn(handle, every).map(after -> reckon(handle, after, most)).orElse(0));
    }

    private record Pass(Optional<String> after, Optional<Instant> beganAt) {}

    /** After which SKU it goes on: a pass that is under way, or a new one whose time has come. */
    private Optional<String> turn(Handle handle, Duration every) {
        Instant now = clock.instant();
        Optional<Pass> pass = handle.createQuery(
                        "select after, began_at from stock_turnover_pass for no key update skip locked")
                .map((row, context) ->
                        new Pass(Columns.optionalText(row, "after"), Columns.optionalInstant(row, "began_at")))
                .findOne();
        if (pass.isEmpty() || pass.get().after().isPresent()) {
            return pass.flatMap(Pass::after);
        }
        if (pass.get().beganAt().filter(began -> began.plus(every).isAfter(now)).isPresent()) {
            return Optional.empty();
        }
        handle.createUpdate("update stock_turnover_pass set after = '', began_at = :now")
                .bind("now", Columns.at(now))
                .execute();
        return Optional.of("");
    }

    private int reckon(Handle handle, String after, int most) {
        List<String> skus = handle.createQuery("""
                        select distinct sku from stock_balance where sku > :after order by sku limit :most
                        """)
                .bind("after", after)
                .bind("most", most)
                .mapTo(String.class)
                .list();
        if (!skus.isEmpty()) {
            TurnoverRows.reckon(handle, skus, clock.instant());
        }
        handle.createUpdate("update stock_turnover_pass set after = :after")
                .bind("after", skus.size() < most ? null : skus.getLast())
                .execute();
        return skus.size();
    }
}
