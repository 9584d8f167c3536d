package io.throughline.store.trace;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.trace.TraceChecks;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A turn is one transaction: the lines that it has checked, what was found, the cases about that, and from where the next one goes on. */
public final class PostgresTraceChecks implements TraceChecks {
    private static final String STEP = "trace.verification";

    /** The lines of busy places are long: a turn ends with the line that reaches so many entries. */
    private static final long ENTRIES_A_TURN = 20_000;

    private final Transactions transactions;
    private final CaseWriter cases;
    private final Clock clock;

    public PostgresTraceChecks(Transactions transactions, CaseWriter cases, Clock clock) {
        this.transactions = transactions;
        this.cases = cases;
        this.clock = clock;
    }

    /** {@code behind}: its head has a lower number than its last entry, so nothing can be appended to it. */
    private record Line(String subject, @Nullable Long broken, boolean behind, int found) {}

    @Override
    public int check(int most, Duration every) {
        return transactions.in(handle ->
                turn(handle, every).map(after -> check(handle, after, most)).orElse(0));
    }

    /** After which line it goes on: one that is under way, or a new pass whose time has come. */
    private Optional<String> turn(Handle handle, Duration every) {
        Instant now = clock.instant();
        Optional<Pass> pass = handle.createQuery(
                        "select after, began_at from trace_check for no key update skip locked")
                .map((row, context) ->
                        new Pass(Columns.optionalText(row, "after"), Columns.optionalInstant(row, "began_at")))
                .findOne();
        if (pass.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> underWay = pass.get().after();
        boolean due = pass.get()
                .beganAt()
                .filter(began -> began.plus(every).isAfter(now))
                .isEmpty();
        if (underWay.isPresent() || !due) {
            return underWay;
        }
        handle.createUpdate("update trace_check set after = '', began_at = :now, ended_at = null, lines = 0")
                .bind("now", Columns.at(now))
                .execute();
        return Optional.of("");
    }

    private record Pass(Optional<String> after, Optional<Instant> beganAt) {}

    private int check(Handle handle, String after, int most) {
        List<Line> lines = lines(handle, after, most);
        boolean over = lines.size() < most && lines.stream().allMatch(line -> line.found() == lines.size());
        handle.createUpdate("""
                        update trace_check set lines = lines + :checked, after = :after,
                            ended_at = case when :over then cast(:now as timestamptz) end
                        """)
                .bind("checked", lines.size())
                .bind("after", over ? null : lines.getLast().subject())
                .bind("over", over)
                .bind("now", Columns.at(clock.instant()))
                .execute();
        lines.forEach(line -> show(handle, line));
        return lines.size();
    }

    /**
     * As {@link PostgresTrace#verify} does it for one: each entry has its number and follows from the one before, and the head is the
     * last. It is one statement, so what is appended meanwhile is either in all of it or in none. Each line is read by its own index
     * scan, whatever the statistics say about their lengths.
     */
    private static List<Line> lines(Handle handle, String after, int most) {
        return handle.createQuery("""
                        with next as (
                            select subject, seq, hash from trace_subject where subject > :after
                            order by subject limit :most),
                        line as (
                            select subject, seq, hash, sum(seq) over (order by subject) - seq as before from next)
                        select line.subject, coalesce(chain.broken,
                                case when line.seq <> chain.entries or line.hash <> coalesce(chain.last_hash, '')
                                    then chain.entries + 1 end) as broken,
                            coalesce(chain.last_seq > line.seq, false) as behind,
                            (select count(*) from next) as found
                        from line cross join lateral (
                            select count(*) as entries, min(entry.expected) filter (where not entry.sound) as broken,
                                max(entry.seq) as last_seq,
                                (select hash from trace_entry
                                    where subject = line.subject order by seq desc limit 1) as last_hash
                            from (
                                select e.seq, row_number() over chain as expected,
                                    e.seq = row_number() over chain
                                        and e.hash = sha256(
                                            coalesce(lag(e.hash) over chain, '') || convert_to(e.body, 'UTF8'))
                                        and starts_with(e.body,
                                            '{"subject" : ' || to_json(e.subject) || ', "seq" : ' || e.seq
                                            || ', "key" : ' || coalesce(to_json(e.entry_key)::text, 'null') || ',')
                                        as sound
                                from trace_entry e where e.subject = line.subject
                                window chain as (order by e.seq)) entry) chain
                        where line.before < :entries
                        order by line.subject
                        """)
                .bind("after", after)
                .bind("most", most)
                .bind("entries", ENTRIES_A_TURN)
                .map((row, context) -> new Line(
                        row.getString("subject"),
                        row.getObject("broken", Long.class),
                        row.getBoolean("behind"),
                        row.getInt("found")))
                .list();
    }

    /**
     * A case about an order's line is the order's, unless nothing can be appended to it. Any other is about the line and not about its
     * subject: whoever sees to a shelf or a letter must not take the decision for one about that.
     */
    private void show(Handle handle, Line line) {
        if (line.broken() == null || !isNews(handle, line.subject(), line.broken())) {
            return;
        }
        Optional<AccountId> ofOrder = accountOfOrder(handle, line.subject());
        cases.open(
                handle,
                ofOrder.orElse(AccountId.OWN),
                ofOrder.isPresent() && !line.behind() ? line.subject() : "trace/" + line.subject(),
                STEP,
                FailureCode.TRACE_BROKEN,
                "entry " + line.broken() + " of the trace does not follow from what comes before it, or is gone:"
                        + " somebody has changed the database past the program");
    }

    /** Earlier in the line than what was shown before is news again. */
    private boolean isNews(Handle handle, String subject, long seq) {
        return handle.createUpdate("""
                                insert into trace_break (subject, seq, found_at) values (:subject, :seq, :now)
                                on conflict (subject) do update set seq = excluded.seq, found_at = excluded.found_at
                                    where trace_break.seq > excluded.seq
                                """)
                        .bind("subject", subject)
                        .bind("seq", seq)
                        .bind("now", Columns.at(clock.instant()))
                        .execute()
                == 1;
    }

    private static Optional<AccountId> accountOfOrder(Handle handle, String subject) {
        return handle.createQuery("select account from customer_order where id = :subject")
                .bind("subject", subject)
                .mapTo(String.class)
                .findOne()
                .map(AccountId::of);
    }

    @Override
    public Standing standing() {
        return transactions.with(handle -> handle.createQuery("""
                        select began_at, ended_at, lines, (select count(*) from trace_break) as broken from trace_check
                        """)
                .map((row, context) -> new Standing(
                        Columns.optionalInstant(row, "began_at"),
                        Columns.optionalInstant(row, "ended_at"),
                        row.getLong("lines"),
                        row.getLong("broken")))
                .one());
    }
}
