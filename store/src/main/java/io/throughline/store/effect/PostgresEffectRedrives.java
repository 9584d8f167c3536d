package io.throughline.store.effect;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.counter.CounterReturnId;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger.Effect;
import io.throughline.domain.effect.EffectRedrives;
import io.throughline.domain.intervention.IllegalDecision;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.store.fulfillment.RerouteNews;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.Columns;
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
    private final EffectFindings findings;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresEffectRedrives(Transactions transactions, TraceWriter trace, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.findings = new EffectFindings(trace);
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public Preview preview(Filter filter, int sample) {
        return transactions.with(handle -> new Preview(
                bind(handle.createQuery("select count(*) " + UNKNOWN + and(filter)), filter)
                        .mapTo(Long.class)
                        .one(),
                found(handle, filter, RedriveMark.beginning(clock.instant()), sample).stream()
                        .map(Found::key)
                        .flatMap(key -> EffectRows.find(handle, key).stream())
                        .map(EffectRows.Stored::effect)
                        .toList()));
    }

    @Override
    public Driven redrive(Filter filter, Optional<String> after, String actor) {
        Instant now = clock.instant();
        RedriveMark from = after.map(RedriveMark::of).orElseGet(() -> RedriveMark.beginning(now));
        Driven driven = transactions.in(handle -> {
            Map<String, AccountId> subjects = new LinkedHashMap<>();
            List<EffectKey> left = new ArrayList<>();
            List<Found> page = found(handle, filter, from, MOST_AT_ONCE);
            for (Found found : page) {
                List<WokenProcess> processes = processes(handle, found);
                processes.forEach(one -> subjects.putIfAbsent(one.subject(), one.account()));
                if (processes.isEmpty()) {
                    left.add(found.key());
                }
            }
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
            return new Driven(subjects.size(), left, next(from, page));
        });
        bell.ring();
        return driven;
    }

    private static Optional<String> next(RedriveMark from, List<Found> page) {
        return page.size() < MOST_AT_ONCE
                ? Optional.empty()
                : Optional.of(
                        from.after(page.getLast().changedAt(), page.getLast().key())
                                .text());
    }

    @Override
    public Optional<Effect> settle(EffectKey effect, Finding found, String actor) {
        return transactions.in(handle -> {
            Optional<Found> unknown = unknown(handle, effect);
            unknown.map(one -> processes(handle, one)).ifPresent(processes -> {
                if (!processes.isEmpty()) {
                    throw new IllegalDecision(processes.getFirst().subject()
                            + " looks for it by itself: have it tried at once instead (redrive)");
                }
            });
            unknown.ifPresent(_ -> findings.settle(handle, effect, found, actor, clock.instant()));
            Optional<Effect> stands = EffectRows.find(handle, effect).map(EffectRows.Stored::effect);
            stands.filter(one -> !EffectFindings.agrees(one, found)).ifPresent(one -> {
                throw new IllegalDecision(effect + " is " + one.state()
                        + one.receipt()
                                .map(receipt -> " as " + receipt.reference())
                                .orElse("")
                        + ": only what is UNKNOWN is settled by hand");
            });
            return stands;
        });
    }

    /** Nobody else takes it up or settles it until the transaction ends. */
    private static Optional<Found> unknown(Handle handle, EffectKey effect) {
        return EffectRows.bind(
                        handle.createQuery("select line, changed_at from effect" + EffectRows.WHERE_KEY
                                + "and state = 'UNKNOWN' for no key update"),
                        effect)
                .map((row, context) -> new Found(effect, row.getString("line"), Columns.instant(row, "changed_at")))
                .findOne();
    }

    private record Found(EffectKey key, String line, Instant changedAt) {}

    private static List<Found> found(Handle handle, Filter filter, RedriveMark from, int limit) {
        return from.bind(bind(
                        handle.createQuery("select account, subject, operation, intent, line, changed_at " + UNKNOWN
                                + and(filter) + RedriveMark.BEYOND + " limit :limit"),
                        filter))
                .bind("limit", limit)
                .map((row, context) -> new Found(
                        new EffectKey(
                                AccountId.of(row.getString("account")),
                                row.getString("subject"),
                                row.getString("operation"),
                                row.getInt("intent")),
                        row.getString("line"),
                        Columns.instant(row, "changed_at")))
                .list();
    }

    /** What the inbox knows a process by, and whose messages it gets. */
    private record WokenProcess(String subject, AccountId account) {}

    /**
     * Who may have asked for an effect: a return, a store's day, the stock sync of its account, or the order in whose line it is told, with those of its reroutes that are
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
        return subject.equals(stockOf(effect)) ? ofStock(handle, effect) : ofOrder(handle, effect);
    }

    private static String stockOf(Found effect) {
        return "inventory/" + effect.key().account();
    }

    /** What an account was told of its stock is looked for as long as that is in hand; then nobody goes by it any more. */
    private static List<WokenProcess> ofStock(Handle handle, Found effect) {
        boolean inHand = EffectRows.bind(
                        handle.createQuery("select exists (select from effect" + EffectRows.WHERE_KEY
                                + "and exists (select from stock_telling told where told.account = effect.account"
                                + " and cast(told.number as text) = effect.purpose))"),
                        effect.key())
                .mapTo(Boolean.class)
                .one();
        return inHand ? List.of(new WokenProcess(stockOf(effect), effect.key().account())) : List.of();
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
                        where id = :line and case when :returned
                            then exists (select from goods_return where id = :return and closed_at is null)
                            else status not in ('COMPLETED', 'CANCELLED', 'REJECTED') end
                        """)
                .bind("line", effect.line())
                .bind("returned", returned.isPresent())
                .bind("return", returned.map(ReturnId::value).orElse(""))
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
