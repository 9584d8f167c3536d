package io.throughline.store.inbox;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.inbox.InboxReplays;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/**
 * Puts messages back, in PostgreSQL. Who did so is one entry of the trace for each go. A dead letter has its own beside, which names them, too;
 * of handled messages the entry and the going back are one.
 */
public final class PostgresInboxReplays implements InboxReplays {
    private final Transactions transactions;
    private final TraceWriter trace;
    private final PostgresInbox inbox;
    private final InboxBell bell;

    public PostgresInboxReplays(Transactions transactions, TraceWriter trace, PostgresInbox inbox, InboxBell bell) {
        this.transactions = transactions;
        this.trace = trace;
        this.inbox = inbox;
        this.bell = bell;
    }

    @Override
    public Preview preview(Filter filter, int sample) {
        return transactions.with(handle -> new Preview(
                bind(handle.createQuery("select count(*) from inbox_message where " + where(filter)), filter)
                        .mapTo(Long.class)
                        .one(),
                ids(handle, filter, 0, sample).stream()
                        .flatMap(id -> InboxRows.find(handle, id).stream())
                        .toList()));
    }

    @Override
    public Put replay(Filter filter, long after, String actor) {
        List<Long> ids = transactions.with(handle -> ids(handle, filter, after, MOST_AT_ONCE));
        int replayed = filter.kind() == Kind.DEAD_LETTERS ? readAgain(ids, actor) : handleAgain(ids, actor);
        return new Put(replayed, ids.isEmpty() ? after : ids.getLast(), ids.size() == MOST_AT_ONCE);
    }

    /** Each by itself, with its case; the go is told behind them, and where that is not reached, each of them names who wanted it. */
    private int readAgain(List<Long> ids, String actor) {
        int replayed = (int)
                ids.stream().filter(id -> inbox.replay(id, Optional.of(actor))).count();
        transactions.run(handle -> tell(handle, Kind.DEAD_LETTERS, replayed, actor));
        return replayed;
    }

    private int handleAgain(List<Long> ids, String actor) {
        int replayed = transactions.in(handle -> {
            int again = InboxRows.again(handle, ids);
            tell(handle, Kind.HANDLED, again, actor);
            return again;
        });
        bell.ring();
        return replayed;
    }

    private void tell(Handle handle, Kind kind, int replayed, String actor) {
        if (replayed > 0) {
            trace.append(
                    handle,
                    "recovery/inbox",
                    "recovery.replayed",
                    replayed + " messages were put back to be handled again",
                    Map.of("actor", actor, "messages", Integer.toString(replayed), "kind", kind.name()));
        }
    }

    private static List<Long> ids(Handle handle, Filter filter, long after, int limit) {
        return bind(
                        handle.createQuery("select id from inbox_message where id > :after and " + where(filter)
                                + " order by id limit :limit"),
                        filter)
                .bind("after", after)
                .bind("limit", limit)
                .mapTo(Long.class)
                .list();
    }

    /** Only what is asked for is a condition, and the state stands in the statement itself, so that their indexes are used. */
    private static String where(Filter filter) {
        List<String> conditions = new ArrayList<>();
        conditions.add(filter.kind() == Kind.DEAD_LETTERS ? "state = 'DEAD'" : "state = 'DONE'");
        filter.account().ifPresent(account -> conditions.add("account = :account"));
        filter.topic().ifPresent(topic -> conditions.add("topic = :topic"));
        filter.subject().ifPresent(subject -> conditions.add("subject = :subject"));
        filter.from().ifPresent(from -> conditions.add("received_at >= :from"));
        filter.until().ifPresent(until -> conditions.add("received_at < :until"));
        return String.join(" and ", conditions);
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Filter filter) {
        filter.account().map(AccountId::value).ifPresent(account -> statement.bind("account", account));
        filter.topic().ifPresent(topic -> statement.bind("topic", topic));
        filter.subject().ifPresent(subject -> statement.bind("subject", subject));
        filter.from().ifPresent(from -> statement.bind("from", Columns.at(from)));
        filter.until().ifPresent(until -> statement.bind("until", Columns.at(until)));
        return statement;
    }
}
