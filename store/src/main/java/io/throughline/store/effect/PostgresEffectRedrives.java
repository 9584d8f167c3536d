package io.throughline.store.effect;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectRedrives;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ReturnId;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Wakes the processes of unknown effects by the inbox, in one transaction with the entry that says who wanted it. */
public final class PostgresEffectRedrives implements EffectRedrives {
    private static final String TOPIC = "throughline/redrive";
    private static final String UNKNOWN = "from effect where state = 'UNKNOWN'";

    private final Transactions transactions;
    private final TraceWriter trace;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresEffectRedrives(Transactions transactions, TraceWriter trace, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public Preview preview(Filter filter, int sample) {
        return transactions.with(handle -> new Preview(
                bind(handle.createQuery("select count(*) " + UNKNOWN + and(filter)), filter)
                        .mapTo(Long.class)
                        .one(),
                found(handle, filter, sample).stream()
                        .map(Found::key)
                        .flatMap(key -> EffectRows.find(handle, key).stream())
                        .map(EffectRows.Stored::effect)
                        .toList()));
    }

    @Override
    public Driven redrive(Filter filter, String actor) {
        Driven driven = transactions.in(handle -> {
            Map<String, AccountId> subjects = new LinkedHashMap<>();
            List<String> left = new ArrayList<>();
            for (Found found : found(handle, filter, MOST_AT_ONCE)) {
                Optional<WokenProcess> process = process(handle, found);
                process.ifPresent(one -> subjects.putIfAbsent(one.subject(), one.account()));
                if (process.isEmpty() && !left.contains(found.key().subject())) {
                    left.add(found.key().subject());
                }
            }
            Instant now = clock.instant();
            String wish = UUID.randomUUID().toString();
            subjects.forEach((subject, account) ->
                    InboxRows.insert(handle, account, TOPIC, subject + " " + wish, subject, "{}", now));
            if (!subjects.isEmpty()) {
                trace.append(
                        handle,
                        "recovery/effects",
                        "recovery.redriven",
                        subjects.size() + " processes are to look for what nobody knows the outcome of",
                        Map.of("actor", actor, "processes", Integer.toString(subjects.size())));
            }
            return new Driven(subjects.size(), left);
        });
        bell.ring();
        return driven;
    }

    private record Found(EffectKey key, String line) {}

    private static List<Found> found(Handle handle, Filter filter, int limit) {
        return bind(
                        handle.createQuery("select account, subject, operation, intent, line " + UNKNOWN + and(filter)
                                + " order by changed_at limit :limit"),
                        filter)
                .bind("limit", limit)
                .map((row, context) -> new Found(
                        new EffectKey(
                                AccountId.of(row.getString("account")),
                                row.getString("subject"),
                                row.getString("operation"),
                                row.getInt("intent")),
                        row.getString("line")))
                .list();
    }

    /** What the inbox knows a process by, and whose messages it gets. */
    private record WokenProcess(String subject, AccountId account) {}

    /** Who asks for an effect: a return, or the order in whose line it is told. Others look for theirs as soon as they do anything. */
    private static Optional<WokenProcess> process(Handle handle, Found effect) {
        Optional<ReturnId> returned = ReturnId.about(effect.key().subject());
        return handle.createQuery("""
                        select account, external_id from customer_order
                        where id = :line and (:returned or status not in ('COMPLETED', 'CANCELLED', 'REJECTED'))
                        """)
                .bind("line", effect.line())
                .bind("returned", returned.isPresent())
                .map((row, context) ->
                        new OrderKey(AccountId.of(row.getString("account")), row.getString("external_id")))
                .findOne()
                .map(order ->
                        new WokenProcess(returned.map(ReturnId::value).orElseGet(order::workflowId), order.account()));
    }

    private static String and(Filter filter) {
        return (filter.account().isPresent() ? " and account = :account" : "")
                + (filter.operation().isPresent() ? " and operation = :operation" : "");
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Filter filter) {
        filter.account().map(AccountId::value).ifPresent(account -> statement.bind("account", account));
        filter.operation().ifPresent(operation -> statement.bind("operation", operation));
        return statement;
    }
}
