package io.throughline.store.access;

import io.throughline.domain.access.ConsoleSessions;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/** The sessions of the console, in PostgreSQL. */
public final class PostgresConsoleSessions implements ConsoleSessions {
    private final Transactions transactions;
    private final Clock clock;

    public PostgresConsoleSessions(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void begin(String secretSha256, String keyId, Instant expiresAt) {
        transactions.run(handle -> {
            handle.createUpdate("delete from console_session where expires_at <= :now")
                    .bind("now", Columns.at(clock.instant()))
                    .execute();
            handle.createUpdate("""
                        insert into console_session (secret_sha256, key_id, began_at, expires_at)
                        values (:secret, :key, :now, :expires)
                        """)
                    .bind("secret", secretSha256)
                    .bind("key", keyId)
                    .bind("now", Columns.at(clock.instant()))
                    .bind("expires", Columns.at(expiresAt))
                    .execute();
        });
    }

    @Override
    public Optional<ConsoleSession> find(String secretSha256) {
        return transactions.with(handle -> handle.createQuery("""
                        select key_id, expires_at from console_session
                        where secret_sha256 = :secret and expires_at > :now
                        """)
                .bind("secret", secretSha256)
                .bind("now", Columns.at(clock.instant()))
                .map((row, context) -> new ConsoleSession(row.getString("key_id"), Columns.instant(row, "expires_at")))
                .findOne());
    }

    @Override
    public void end(String secretSha256) {
        transactions.with(handle -> handle.createUpdate("delete from console_session where secret_sha256 = :secret")
                .bind("secret", secretSha256)
                .execute());
    }
}
