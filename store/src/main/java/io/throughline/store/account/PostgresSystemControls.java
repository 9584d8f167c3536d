package io.throughline.store.account;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SystemControls;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** What was said about systems, in PostgreSQL. Acts about one account are done one after the other. */
public final class PostgresSystemControls implements SystemControls {
    private static final String SELECT = """
            select account, pause_actor, pause_reason, paused_at, resumed_at, per_second, limit_actor, limit_reason, limited_at
            from system_control
            """;

    private final Transactions transactions;
    private final TraceWriter trace;
    private final Clock clock;

    public PostgresSystemControls(Transactions transactions, TraceWriter trace, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.clock = clock;
    }

    @Override
    public List<Control> all() {
        return transactions.with(handle -> handle.createQuery(SELECT + "order by account")
                .map((row, context) -> map(row))
                .list());
    }

    @Override
    public Control pause(AccountId account, Word word) {
        return say(account, Control::paused, new Act(Kind.PAUSED, Optional.empty(), said(word)), """
                pause_actor = :actor, pause_reason = :reason, paused_at = :now
                """);
    }

    @Override
    public Control resume(AccountId account, Word word) {
        return say(
                account,
                control -> !control.paused(),
                new Act(Kind.RESUMED, Optional.empty(), said(word)),
                "pause_actor = null, pause_reason = null, paused_at = null, resumed_at = :now");
    }

    @Override
    public Control limit(AccountId account, Optional<Double> perSecond, Word word) {
        Predicate<Control> asItStands =
                control -> control.limit().map(Limit::perSecond).equals(perSecond);
        Said said = said(word);
        perSecond.ifPresent(rate -> new Limit(rate, said));
        return perSecond.isPresent()
                ? say(account, asItStands, new Act(Kind.LIMITED, perSecond, said), """
                        per_second = :perSecond, limit_actor = :actor, limit_reason = :reason, limited_at = :now,
                            next_turn_at = clock_timestamp()
                        """)
                : say(
                        account,
                        asItStands,
                        new Act(Kind.UNLIMITED, Optional.empty(), said),
                        "per_second = null, limit_actor = null, limit_reason = null, limited_at = null");
    }

    private Said said(Word word) {
        return new Said(word, clock.instant());
    }

    private Control say(AccountId account, Predicate<Control> asItStands, Act act, String change) {
        return transactions.in(handle -> {
            Control before = locked(handle, account);
            if (asItStands.test(before)) {
                return before;
            }
            handle.createUpdate("update system_control set " + change + " where account = :account")
                    .bind("account", account.value())
                    .bind("actor", act.said().word().actor())
                    .bind("reason", act.said().word().reason())
                    .bind("perSecond", orNull(act.perSecond()))
                    .bind("now", Columns.at(act.said().at()))
                    .execute();
            keep(handle, account, act);
            tell(handle, account, act);
            return locked(handle, account);
        });
    }

    private static Control locked(Handle handle, AccountId account) {
        handle.createUpdate("""
                        insert into system_control (account, next_turn_at) values (:account, clock_timestamp())
                        on conflict do nothing
                        """).bind("account", account.value()).execute();
        return handle.createQuery(SELECT + "where account = :account for update")
                .bind("account", account.value())
                .map((row, context) -> map(row))
                .one();
    }

    private static void keep(Handle handle, AccountId account, Act act) {
        handle.createUpdate("""
                        insert into system_act (account, kind, per_second, actor, reason, acted_at)
                        values (:account, :kind, :perSecond, :actor, :reason, :now)
                        """)
                .bind("account", account.value())
                .bind("kind", act.kind())
                .bind("perSecond", orNull(act.perSecond()))
                .bind("actor", act.said().word().actor())
                .bind("reason", act.said().word().reason())
                .bind("now", Columns.at(act.said().at()))
                .execute();
    }

    private void tell(Handle handle, AccountId account, Act act) {
        Map<String, String> detail = new HashMap<>();
        detail.put("account", account.value());
        detail.put("actor", act.said().word().actor());
        act.perSecond().ifPresent(rate -> detail.put("perSecond", Double.toString(rate)));
        trace.append(handle, "system/" + account, kind(act), summary(account, act), detail);
    }

    private static String kind(Act act) {
        return switch (act.kind()) {
            case PAUSED -> "system.paused";
            case RESUMED -> "system.resumed";
            case LIMITED -> "system.limited";
            case UNLIMITED -> "system.unlimited";
        };
    }

    private static String summary(AccountId account, Act act) {
        return switch (act.kind()) {
            case PAUSED -> "nothing is asked of " + account + " any more";
            case RESUMED -> account + " is asked again";
            case LIMITED -> account + " is asked at most " + act.perSecond().orElseThrow() + " times a second";
            case UNLIMITED -> account + " is asked as often as there is need";
        };
    }

    @Override
    public List<Act> acts(AccountId account, int limit) {
        return transactions.with(handle -> handle.createQuery("""
                        select kind, per_second, actor, reason, acted_at from system_act
                        where account = :account order by number desc limit :limit
                        """)
                .bind("account", account.value())
                .bind("limit", limit)
                .map((row, context) -> new Act(
                        Kind.valueOf(row.getString("kind")),
                        number(row, "per_second"),
                        new Said(
                                new Word(row.getString("actor"), row.getString("reason")),
                                Columns.instant(row, "acted_at"))))
                .list());
    }

    private static Control map(ResultSet row) throws SQLException {
        Optional<Said> pause = said(row, "pause_actor", "pause_reason", "paused_at");
        Optional<Double> perSecond = number(row, "per_second");
        Optional<Said> limit = said(row, "limit_actor", "limit_reason", "limited_at");
        return new Control(
                AccountId.of(row.getString("account")),
                pause,
                limit.map(said -> new Limit(perSecond.orElseThrow(), said)),
                Columns.optionalInstant(row, "resumed_at"));
    }

    private static Optional<Said> said(ResultSet row, String actor, String reason, String at) throws SQLException {
        Optional<Instant> when = Columns.optionalInstant(row, at);
        return when.isEmpty()
                ? Optional.empty()
                : Optional.of(new Said(new Word(row.getString(actor), row.getString(reason)), when.get()));
    }

    private static Optional<Double> number(ResultSet row, String column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, Double.class));
    }

    private static @Nullable Double orNull(Optional<Double> number) {
        return number.orElse(null);
    }
}
