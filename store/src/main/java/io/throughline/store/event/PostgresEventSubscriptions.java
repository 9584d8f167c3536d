package io.throughline.store.event;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.event.EventSubscriptions;
import io.throughline.domain.event.Subscription;
import io.throughline.domain.event.Subscription.State;
import io.throughline.domain.event.SubscriptionId;
import io.throughline.domain.event.WebhookSecret;
import io.throughline.store.event.SubscriptionRows.Stored;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;

/** The subscriptions, in PostgreSQL. */
public final class PostgresEventSubscriptions implements EventSubscriptions {
    /** The step of a subscription's case. */
    static final String STEP = "event.deliver";

    private final Transactions transactions;
    private final TraceWriter trace;
    private final CaseWriter cases;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    public PostgresEventSubscriptions(Transactions transactions, TraceWriter trace, CaseWriter cases, Clock clock) {
        this.transactions = transactions;
        this.trace = trace;
        this.cases = cases;
        this.clock = clock;
    }

    @Override
    public Subscription create(Wish wish, WebhookSecret secret, String actor) {
        Subscription subscription = new Subscription(
                SubscriptionId.random(random),
                wish.url(),
                wish.types(),
                wish.account(),
                State.ACTIVE,
                Optional.empty(),
                actor,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                Optional.empty());
        transactions.run(handle -> {
            SubscriptionRows.insert(handle, subscription, secret);
            tell(
                    handle,
                    subscription.id(),
                    "subscription.created",
                    actor + " subscribes " + host(wish.url()),
                    Map.of(
                            "actor", actor,
                            "host", host(wish.url()),
                            "types", String.join(", ", SubscriptionRows.names(wish.types())),
                            "account", wish.account().map(AccountId::value).orElse("")));
        });
        return subscription;
    }

    /** The path may hold a token of the subscriber's. */
    private static String host(String url) {
        return Optional.ofNullable(URI.create(url).getHost()).orElse("");
    }

    @Override
    public List<Subscription> all() {
        return transactions.with(SubscriptionRows::all).stream()
                .map(Stored::subscription)
                .toList();
    }

    @Override
    public Optional<Subscription> find(SubscriptionId id) {
        return transactions.with(handle -> SubscriptionRows.find(handle, id)).map(Stored::subscription);
    }

    @Override
    public boolean delete(SubscriptionId id, String actor) {
        return change(id, actor, "subscription.deleted", "ends the subscription", (handle, stored) -> {
            close(handle, id, "the subscription is deleted");
            return SubscriptionRows.delete(handle, id);
        });
    }

    @Override
    public boolean pause(SubscriptionId id, String actor) {
        return change(id, actor, "subscription.paused", "pauses it", (handle, stored) -> {
            SubscriptionRows.become(handle, id, State.PAUSED, Optional.of("paused by " + actor));
            return true;
        });
    }

    @Override
    public boolean resume(SubscriptionId id, String actor) {
        return change(id, actor, "subscription.resumed", "resumes it", (handle, stored) -> {
            SubscriptionRows.become(handle, id, State.ACTIVE, Optional.empty());
            LineRows.hurry(handle, id);
            closeIfNothingIsDead(handle, id);
            return true;
        });
    }

    @Override
    public boolean rotate(SubscriptionId id, WebhookSecret secret, Duration overlap, String actor) {
        return change(id, actor, "subscription.secret-rotated", "gives it a new secret", (handle, stored) -> {
            SubscriptionRows.rotate(handle, id, secret, clock.instant().plus(overlap));
            return true;
        });
    }

    @Override
    public boolean replay(SubscriptionId id, Instant from, String actor) {
        return change(
                id,
                actor,
                "subscription.replayed",
                "has everything since " + from + " told again",
                (handle, stored) -> {
                    long position = EventRows.before(handle, from);
                    if (position < stored.position()) {
                        SubscriptionRows.moveTo(handle, id, position);
                        LineRows.closeAhead(handle, id, position);
                    }
                    return true;
                });
    }

    @Override
    public List<Undelivered> undelivered(SubscriptionId id, int limit) {
        return transactions.with(handle -> SubscriptionRows.find(handle, id)
                .map(stored -> UndeliveredRows.of(handle, stored, limit))
                .orElseGet(List::of));
    }

    @Override
    public boolean redeliver(SubscriptionId id, long position, String actor) {
        return change(
                id,
                actor,
                "subscription.redelivered",
                "has the dead letter at " + position + " tried again",
                (handle, stored) -> {
                    boolean found = position > 0 && DeadLetterRows.redeliver(handle, id, position) > 0;
                    closeIfNothingIsDead(handle, id);
                    return found;
                });
    }

    @Override
    public int redeliverAll(SubscriptionId id, String actor) {
        return resolveAll(
                id,
                actor,
                "subscription.redelivered",
                "tried again",
                handle -> DeadLetterRows.redeliver(handle, id, 0));
    }

    @Override
    public int discardAll(SubscriptionId id, String actor) {
        return resolveAll(
                id, actor, "subscription.discarded", "given up", handle -> DeadLetterRows.discard(handle, id));
    }

    private int resolveAll(SubscriptionId id, String actor, String kind, String what, ToIntFunction<Handle> resolver) {
        return transactions.in(handle -> {
            int resolved = resolver.applyAsInt(handle);
            String told = resolved + " dead letters are " + what;
            close(handle, id, told);
            tell(
                    handle,
                    id,
                    kind,
                    actor + ": " + told,
                    Map.of("actor", actor, "deadLetters", Integer.toString(resolved)));
            return resolved;
        });
    }

    private void closeIfNothingIsDead(Handle handle, SubscriptionId id) {
        if (DeadLetterRows.count(handle, id) == 0) {
            close(handle, id, "no dead letter is left");
        }
    }

    private void close(Handle handle, SubscriptionId id, String outcome) {
        CaseRows.current(handle, id.subject(), STEP).ifPresent(open -> cases.close(handle, open.id(), outcome));
    }

    /** Under the subscription's lock, and told if something was changed. */
    private boolean change(
            SubscriptionId id, String actor, String kind, String what, BiPredicate<Handle, Stored> change) {
        return transactions.in(handle -> {
            boolean changed = SubscriptionRows.locked(handle, id)
                    .filter(stored -> change.test(handle, stored))
                    .isPresent();
            if (changed) {
                tell(handle, id, kind, actor + " " + what, Map.of("actor", actor));
            }
            return changed;
        });
    }

    private void tell(Handle handle, SubscriptionId id, String kind, String summary, Map<String, String> detail) {
        trace.append(handle, id.subject(), kind, summary, detail, List.of(id.value()));
    }
}
