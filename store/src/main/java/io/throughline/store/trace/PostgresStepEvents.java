package io.throughline.store.trace;

import io.throughline.domain.trace.StepAttempt;
import io.throughline.domain.trace.StepEvents;
import io.throughline.store.internal.Transactions;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Entries put their steps into {@code trace_step_sought} by a trigger; what is found, or gone for good, stands in {@code trace_step}. */
public final class PostgresStepEvents implements StepEvents {
    private final Transactions transactions;

    public PostgresStepEvents(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public List<Sought> take(int most) {
        return transactions.in(handle -> {
            List<Sought> due = due(handle, most);
            Set<Long> known = known(handle, numbers(due));
            return due.stream().filter(one -> !known.contains(one.number())).toList();
        });
    }

    private static List<Sought> due(Handle handle, int most) {
        return handle
                .createQuery("""
                        with due as (
                            select number from trace_step_sought where due_at <= clock_timestamp()
                            order by number limit :most for update skip locked)
                        update trace_step_sought sought set due_at = clock_timestamp() + interval '1 minute'
                        from due where sought.number = due.number
                        returning sought.number, sought.workflow_id, sought.run_id, sought.activity_id,
                            cast(extract(epoch from clock_timestamp() - sought.told_at) as bigint) as age
                        """)
                .bind("most", most)
                .map((row, context) -> new Sought(
                        row.getLong("number"),
                        new StepAttempt(
                                row.getString("workflow_id"),
                                row.getObject("run_id", UUID.class),
                                row.getString("activity_id")),
                        Duration.ofSeconds(row.getLong("age"))))
                .list()
                .stream()
                .sorted(Comparator.comparingLong(Sought::number))
                .toList();
    }

    /** A step writes several entries, and is looked for once. */
    private static Set<Long> known(Handle handle, List<Long> numbers) {
        return new HashSet<>(handle.createQuery("""
                        delete from trace_step_sought sought using trace_step step
                        where sought.number = any(:numbers)
                            and step.run_id = sought.run_id and step.activity_id = sought.activity_id
                        returning sought.number
                        """)
                .bindArray("numbers", Long.class, numbers)
                .mapTo(Long.class)
                .list());
    }

    @Override
    public void settle(Collection<Settled> settled) {
        if (settled.isEmpty()) {
            return;
        }
        transactions.run(handle -> {
            PreparedBatch steps = handle.prepareBatch("""
                    insert into trace_step (run_id, activity_id, event) values (:run, :activity, :event)
                    on conflict do nothing
                    """);
            settled.forEach(one -> steps.bind("run", one.sought().step().runId())
                    .bind("activity", one.sought().step().activityId())
                    .bind("event", one.event().orElse(null))
                    .add());
            steps.execute();
            handle.createUpdate("delete from trace_step_sought where number = any(:numbers)")
                    .bindArray(
                            "numbers",
                            Long.class,
                            numbers(settled.stream().map(Settled::sought).toList()))
                    .execute();
        });
    }

    @Override
    public void putOff(Collection<Sought> sought, Duration by) {
        transactions.run(handle -> handle.createUpdate("""
                        update trace_step_sought set due_at = clock_timestamp() + :seconds * interval '1 second'
                        where number = any(:numbers)
                        """)
                .bind("seconds", by.toSeconds())
                .bindArray("numbers", Long.class, numbers(sought))
                .execute());
    }

    private static List<Long> numbers(Collection<Sought> sought) {
        return sought.stream().map(Sought::number).toList();
    }
}
