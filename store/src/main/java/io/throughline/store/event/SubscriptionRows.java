package io.throughline.store.event;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.event.EventType;
import io.throughline.domain.event.Subscription;
import io.throughline.domain.event.SubscriptionId;
import io.throughline.domain.event.WebhookSecret;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/** The rows of {@code event_subscription}. Whoever changes how far one has come holds its lock. */
final class SubscriptionRows {
    private static final String SELECT = "select * from event_subscription ";

    private SubscriptionRows() {}

    /** {@code position}: how far it has come; every event up to there is delivered or has a line. */
    record Stored(Subscription subscription, List<WebhookSecret> secrets, long position) {}

    static void insert(Handle handle, Subscription subscription, WebhookSecret secret) {
        handle.createUpdate("""
                        insert into event_subscription (id, url, types, account, state, secret, position, created_by, created_at)
                        select :id, :url, cast(:types as text[]), :account, 'ACTIVE', :secret, position, :by, :at
                        from public_event_head
                        """)
                .bind("id", subscription.id().value())
                .bind("url", subscription.url())
                .bindArray("types", String.class, names(subscription.types()))
                .bind("account", subscription.account().map(AccountId::value).orElse(null))
                .bind("secret", secret.value())
                .bind("by", subscription.createdBy())
                .bind("at", Columns.at(subscription.createdAt()))
                .execute();
    }

    static List<String> names(Set<EventType> types) {
        return types.stream().map(EventType::fullName).sorted().toList();
    }

    static List<Stored> all(Handle handle) {
        return handle.createQuery(SELECT + "order by created_at, id")
                .map((row, context) -> map(row))
                .list();
    }

    static Optional<Stored> find(Handle handle, SubscriptionId id) {
        return find(handle, id, "");
    }

    /** Nobody else changes it until the transaction ends. */
    static Optional<Stored> locked(Handle handle, SubscriptionId id) {
        return find(handle, id, "for no key update");
    }

    private static Optional<Stored> find(Handle handle, SubscriptionId id, String lock) {
        return handle.createQuery(SELECT + "where id = :id " + lock)
                .bind("id", id.value())
                .map((row, context) -> map(row))
                .findOne();
    }

    static List<SubscriptionId> due(Handle handle) {
        return handle.createQuery("""
                        select id from event_subscription s
                        where state = 'ACTIVE' and (
                            position < (select position from public_event_head)
                            or exists (select from event_line l
                                where l.subscription = s.id and l.due_at <= clock_timestamp()
                                    and (l.lease_until is null or l.lease_until <= clock_timestamp())))
                        order by id
                        """)
                .mapTo(String.class)
                .map(SubscriptionId::new)
                .list();
    }

    static boolean delete(Handle handle, SubscriptionId id) {
        return handle.createUpdate("delete from event_subscription where id = :id")
                        .bind("id", id.value())
                        .execute()
                == 1;
    }

    static void become(Handle handle, SubscriptionId id, Subscription.State state, Optional<String> reason) {
        handle.createUpdate("update event_subscription set state = :state, state_reason = :reason where id = :id")
                .bind("state", state)
                .bind("reason", reason.orElse(null))
                .bind("id", id.value())
                .execute();
    }

    static void rotate(Handle handle, SubscriptionId id, WebhookSecret secret, Instant previousUntil) {
        handle.createUpdate("""
                        update event_subscription
                        set secret = :secret, previous_secret = secret, previous_until = :until where id = :id
                        """)
                .bind("secret", secret.value())
                .bind("until", Columns.at(previousUntil))
                .bind("id", id.value())
                .execute();
    }

    static void moveTo(Handle handle, SubscriptionId id, long position) {
        handle.createUpdate("update event_subscription set position = :position where id = :id")
                .bind("position", position)
                .bind("id", id.value())
                .execute();
    }

    private static Stored map(ResultSet row) throws SQLException {
        Subscription subscription = new Subscription(
                new SubscriptionId(row.getString("id")),
                row.getString("url"),
                types((String[]) row.getArray("types").getArray()),
                Columns.optionalText(row, "account").map(AccountId::of),
                Subscription.State.valueOf(row.getString("state")),
                Columns.optionalText(row, "state_reason"),
                row.getString("created_by"),
                Columns.instant(row, "created_at"),
                Columns.optionalInstant(row, "previous_until"));
        List<WebhookSecret> secrets = Stream.concat(
                        Stream.of(row.getString("secret")), Columns.optionalText(row, "previous_secret").stream())
                .map(WebhookSecret::new)
                .toList();
        return new Stored(subscription, secrets, row.getLong("position"));
    }

    /** A type that this version of the program does not know any more is not told any more. */
    private static Set<EventType> types(String[] names) {
        return Arrays.stream(names)
                .map(EventType::named)
                .flatMap(Optional::stream)
                .collect(Collectors.toSet());
    }
}
