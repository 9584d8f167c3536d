package io.throughline.store.account;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.SystemControls;
import io.throughline.domain.account.SystemControls.Control;
import io.throughline.domain.account.SystemControls.Limit;
import io.throughline.domain.account.SystemGate;
import io.throughline.domain.failure.SystemFailure;
import io.throughline.domain.failure.Wordless;
import io.throughline.store.internal.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The gate as people have set it. A process asks the database for that at most once a second, when somebody wants to pass; while the
 * database is away, what it heard last holds. Turns of a system that is asked only so often are given out by the database, to all
 * processes together.
 */
public final class PostgresSystemGate implements SystemGate {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresSystemGate.class);
    private static final Duration HEARD_FOR = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Whoever is held back comes again within these two, so that not all come at once. */
    private static final Duration SOONEST = Duration.ofSeconds(5);

    private static final Duration LATEST = Duration.ofSeconds(15);

    private final SystemControls controls;
    private final Transactions transactions;
    private final LongSupplier nanoTime;
    private volatile Heard heard;

    public PostgresSystemGate(SystemControls controls, Transactions transactions) {
        this(controls, transactions, System::nanoTime);
    }

    PostgresSystemGate(SystemControls controls, Transactions transactions, LongSupplier nanoTime) {
        this.controls = controls;
        this.transactions = transactions;
        this.nanoTime = nanoTime;
        this.heard = new Heard(Map.of(), nanoTime.getAsLong() - HEARD_FOR.toNanos());
    }

    private record Heard(Map<AccountId, Control> controls, long at) {
        Heard {
            controls = Map.copyOf(controls);
        }
    }

    @Override
    public void pass(AccountId account) {
        Control control = control(account);
        control.pause().ifPresent(pause -> {
            throw SystemFailure.heldBack(account + " is paused since " + pause.at(), later());
        });
        control.limit().ifPresent(limit -> awaitTurn(account, limit));
    }

    @Override
    public Optional<Instant> resumedAt(AccountId account) {
        return control(account).resumedAt();
    }

    private Control control(AccountId account) {
        Control control = heard().get(account);
        return control == null ? Control.free(account) : control;
    }

    private Map<AccountId, Control> heard() {
        Heard last = heard;
        long now = nanoTime.getAsLong();
        if (now - last.at() < HEARD_FOR.toNanos()) {
            return last.controls();
        }
        try {
            last = new Heard(
                    controls.all().stream().collect(Collectors.toMap(Control::account, Function.identity())), now);
        } catch (RuntimeException away) {
            LOG.warn("how systems are to be asked can't be read just now: {}", Wordless.words(away));
            last = new Heard(last.controls(), now);
        }
        heard = last;
        return last.controls();
    }

    private void awaitTurn(AccountId account, Limit limit) {
        Duration wait = turn(account)
                .orElseThrow(() -> SystemFailure.heldBack(
                        account + " is asked at most " + limit.perSecond() + " times a second, and many wait",
                        later()));
        try {
            Thread.sleep(wait);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw SystemFailure.heldBack("this process is to stop before its turn at " + account, later());
        }
    }

    /** How long it is until the turn that was given; empty where the next one is too far off. Where the limit has just gone, it is now. */
    private Optional<Duration> turn(AccountId account) {
        return transactions.with(handle -> handle.createQuery("""
                        with given as (
                            update system_control set next_turn_at = greatest(next_turn_at, clock_timestamp())
                                + make_interval(secs => 1 / per_second)
                            where account = :account and per_second is not null
                                and next_turn_at <= clock_timestamp() + make_interval(secs => :patience)
                            returning greatest(0, extract(epoch from old.next_turn_at - clock_timestamp())) as seconds)
                        select seconds from given
                        union all
                        select 0 where not exists (
                            select from system_control where account = :account and per_second is not null)
                        """)
                .bind("account", account.value())
                .bind("patience", PATIENCE.toSeconds())
                .mapTo(Double.class)
                .findFirst()
                .map(seconds -> Duration.ofMillis(Math.round(seconds * 1000))));
    }

    private static Duration later() {
        return Duration.ofMillis(ThreadLocalRandom.current().nextLong(SOONEST.toMillis(), LATEST.toMillis()));
    }
}
