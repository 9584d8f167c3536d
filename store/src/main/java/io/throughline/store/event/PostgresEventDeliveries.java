package io.throughline.store.event;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.event.EventDeliveries;
import io.throughline.domain.event.PublicEvent;
import io.throughline.domain.event.Subscription;
import io.throughline.domain.event.SubscriptionId;
import io.throughline.domain.event.WebhookSecret;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.retention.Aged;
import io.throughline.store.event.LineRows.Line;
import io.throughline.store.event.SubscriptionRows.Stored;
import io.throughline.store.internal.AgedRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Deliveries, in PostgreSQL. No transaction stays open while something is delivered: a lease keeps the others away, and its token tells
 * whoever comes too late.
 */
public final class PostgresEventDeliveries implements EventDeliveries {
    private static final int MOST_LINES = 500;
    private static final int LONGEST_REASON = 500;

    private final Transactions transactions;
    private final TraceWriter trace;
    private final CaseWriter cases;
    private final Clock clock;

    public PostgresEventDeliveries(Transactions transactions, TraceWriter trace, CaseWriter cases, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.cases = cases;
        this.clock = clock;
    }

    /** Events that nobody waits for; what they tell stays in the trace. */
    public static Aged told(Transactions transactions) {
        return new AgedRows(transactions, EventRows.FORGET);
    }

    @Override
    public int place() {
        return transactions.in(EventRows::place);
    }

    @Override
    public List<SubscriptionId> due() {
        return transactions.with(SubscriptionRows::due);
    }

    @Override
    public List<Claim> claim(SubscriptionId id, int lanes, int atMost, Duration lease) {
        return transactions.in(handle -> SubscriptionRows.locked(handle, id)
                .filter(stored -> stored.subscription().state() == Subscription.State.ACTIVE)
                .map(stored -> claim(handle, stored, lanes, atMost, lease))
                .orElseGet(List::of));
    }

    private List<Claim> claim(Handle handle, Stored stored, int lanes, int atMost, Duration lease) {
        SubscriptionId id = stored.subscription().id();
        LineRows.Load load = LineRows.load(handle, id);
        long position = takeUp(handle, stored, MOST_LINES - load.open());
        int limit = Math.min(atMost, lanes - load.leased());
        List<Claim> claims = new ArrayList<>();
        while (claims.size() < limit) {
            List<Line> lines = LineRows.claim(handle, id, limit - claims.size(), lease);
            if (lines.isEmpty()) {
                break;
            }
            for (Line line : lines) {
                claim(handle, stored, line, position)
                        .ifPresentOrElse(claims::add, () -> LineRows.close(handle, id, line.lane()));
            }
        }
        return claims;
    }

    private static long takeUp(Handle handle, Stored stored, int room) {
        if (room <= 0) {
            return stored.position();
        }
        long position = LineRows.open(handle, stored.subscription(), stored.position(), room);
        if (position != stored.position()) {
            SubscriptionRows.moveTo(handle, stored.subscription().id(), position);
        }
        return position;
    }

    /** Of a run of events of which each supersedes the one before, the last one is told. */
    private Optional<Claim> claim(Handle handle, Stored stored, Line line, long position) {
        List<PublicEvent> next = EventRows.next(
                handle,
                stored.subscription(),
                line.subject(),
                line.after(),
                line.until().orElse(position));
        return next.isEmpty()
                ? Optional.empty()
                : Optional.of(new Claim(
                        stored.subscription().id(),
                        line.lane(),
                        line.token(),
                        line.attempts(),
                        stored.subscription().url(),
                        secrets(stored),
                        next.getLast()));
    }

    private List<WebhookSecret> secrets(Stored stored) {
        boolean overlap = stored.subscription()
                .previousSecretUntil()
                .filter(clock.instant()::isBefore)
                .isPresent();
        return overlap ? stored.secrets() : stored.secrets().subList(0, 1);
    }

    @Override
    public Optional<Claim> delivered(Claim claim, Duration lease) {
        return transactions.in(handle -> LineRows.advance(handle, claim, lease).flatMap(line -> {
            Optional<Claim> next = SubscriptionRows.find(handle, claim.subscription())
                    .filter(stored -> stored.subscription().state() == Subscription.State.ACTIVE)
                    .flatMap(stored -> claim(handle, stored, line, stored.position()));
            if (next.isEmpty()) {
                // More may have come up since: the line is closed by whoever claims it, under the subscription's lock.
                LineRows.release(handle, claim);
            }
            return next;
        }));
    }

    @Override
    public void putOff(Claim claim, String reason, Duration after) {
        transactions.run(handle -> LineRows.putOff(handle, claim, shortened(reason), after));
    }

    @Override
    public void giveUp(Claim claim, String reason) {
        transactions.run(handle -> {
            if (LineRows.advance(handle, claim, Duration.ZERO).isEmpty()) {
                return;
            }
            LineRows.release(handle, claim);
            DeadLetterRows.insert(handle, claim, shortened(reason));
            open(handle, claim, claim.event().id() + " was given up: " + shortened(reason));
        });
    }

    @Override
    public void disable(Claim claim, String reason) {
        transactions.run(handle -> {
            boolean active = SubscriptionRows.locked(handle, claim.subscription())
                    .filter(stored -> stored.subscription().state() == Subscription.State.ACTIVE)
                    .isPresent();
            LineRows.release(handle, claim);
            if (active) {
                SubscriptionRows.become(
                        handle, claim.subscription(), Subscription.State.DISABLED, Optional.of(shortened(reason)));
                open(handle, claim, "the subscriber wants nothing more: " + shortened(reason));
                trace.append(
                        handle,
                        claim.subscription().subject(),
                        "subscription.disabled",
                        "disabled: " + shortened(reason),
                        Map.of("reason", shortened(reason)));
            }
        });
    }

    private void open(Handle handle, Claim claim, String detail) {
        AccountId account = SubscriptionRows.find(handle, claim.subscription())
                .flatMap(stored -> stored.subscription().account())
                .orElse(AccountId.OWN);
        cases.open(
                handle,
                account,
                claim.subscription().subject(),
                PostgresEventSubscriptions.STEP,
                FailureCode.EVENT_UNDELIVERABLE,
                detail);
    }

    @Override
    public List<Lag> lags() {
        return transactions.with(handle -> SubscriptionRows.all(handle).stream()
                .map(stored -> new Lag(
                        stored.subscription().id(),
                        LagRows.oldest(handle, stored),
                        DeadLetterRows.count(handle, stored.subscription().id())))
                .toList());
    }

    private static String shortened(String reason) {
        return reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON);
    }
}
