package io.throughline.store.effect;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectRedrives;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.store.fulfillment.RerouteNews;
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
import java.util.stream.Stream;
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
                List<WokenProcess> processes = processes(handle, found);
                processes.forEach(one -> subjects.putIfAbsent(one.subject(), one.account()));
                if (processes.isEmpty() && !left.contains(found.key().subject())) {
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

    /**
     * Who may have asked for an effect: a return, a store's day, or the order in whose line it is told, with those of its reroutes that are
     * open, for they ask for what is the order's. Others look for theirs as soon as they do anything.
     */
    private static List<WokenProcess> processes(Handle handle, Found effect) {
        String subject = effect.key().subject();
        Optional<StoreDayId> day = StoreDayId.of(subject);
        if (day.isPresent()) {
            return List.of(new WokenProcess(day.get().value(), effect.key().account()));
        }
        Optional<CounterReturnId> overCounter = CounterReturnId.about(subject);
        if (overCounter.isPresent()) {
            return overCounter.filter(id -> isOpen(handle, id)).stream()
                    .map(id -> new WokenProcess(id.workflowId(), effect.key().account()))
                    .toList();
        }
        return ofOrder(handle, effect);
    }

    private static boolean isOpen(Handle handle, CounterReturnId id) {
        return handle.createQuery("select exists (select from counter_return where id = :id and closed_at is null)")
                .bind("id", id.value())
                .mapTo(Boolean.class)
                .one();
    }

    private static List<WokenProcess> ofOrder(Handle handle, Found effect) {
        Optional<ReturnId> returned = ReturnId.about(effect.key().subject());
        List<WokenProcess> woken = handle
                .createQuery("""
                        select account, external_id from customer_order
                        where id = :line and (:returned or status not in ('COMPLETED', 'CANCELLED', 'REJECTED'))
                        """)
                .bind("line", effect.line())
                .bind("returned", returned.isPresent())
                .map((row, context) ->
                        new OrderKey(AccountId.of(row.getString("account")), row.getString("external_id")))
                .stream()
                .map(order ->
                        new WokenProcess(returned.map(ReturnId::value).orElseGet(order::workflowId), order.account()))
                .toList();
        return returned.isPresent()
                ? woken
                : Stream.concat(woken.stream(), reroutes(handle, effect)).toList();
    }

    /** They are few, and one that did not ask for it only looks once more. */
    private static Stream<WokenProcess> reroutes(Handle handle, Found effect) {
        return RerouteNews.open(handle, effect.line()).stream()
                .map(id -> new WokenProcess(id.workflowId(), effect.key().account()));
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
