package io.throughline.store.effect;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.OutsideSystem;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger.Effect;
import io.throughline.domain.effect.EffectLedger.State;
import io.throughline.domain.effect.Receipt;
import io.throughline.domain.failure.FailureCode;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/** Reads the rows of {@code effect}. */
final class EffectRows {
    static final String WHERE_KEY =
            " where account = :account and subject = :subject and operation = :operation and intent = :intent ";
    static final String SELECT = """
            select account, subject, operation, intent, system, state, attempts, receipt, code, detail, request_hash,
                lease_until, first_failed_at, changed_at
            from effect
            """;

    private EffectRows() {}

    /** An effect with what only its ledger needs to know. */
    record Stored(Effect effect, Optional<String> requestHash, Optional<Instant> leaseUntil) {}

    static <S extends SqlStatement<S>> S bind(S statement, EffectKey key) {
        return statement
                .bind("account", key.account().value())
                .bind("subject", key.subject())
                .bind("operation", key.operation())
                .bind("intent", key.intent());
    }

    static Optional<Stored> find(Handle handle, EffectKey key) {
        return bind(handle.createQuery(SELECT + WHERE_KEY + "and system is not null"), key)
                .map((row, context) -> map(row))
                .findOne();
    }

    /** The effects of a subject; those of an order with those of its work. */
    static List<Effect> ofSubject(Handle handle, String subject) {
        return handle.createQuery(SELECT + """
                        where (subject = :subject or line = :subject) and system is not null
                        order by token, account, subject, operation, intent
                        """)
                .bind("subject", subject)
                .map((row, context) -> map(row).effect())
                .list();
    }

    static Stored map(ResultSet row) throws SQLException {
        Effect effect = new Effect(
                new EffectKey(
                        AccountId.of(row.getString("account")),
                        row.getString("subject"),
                        row.getString("operation"),
                        row.getInt("intent")),
                OutsideSystem.valueOf(row.getString("system")),
                State.valueOf(row.getString("state")),
                row.getInt("attempts"),
                Columns.optionalText(row, "receipt").map(receipt -> CanonicalJson.read(receipt, Receipt.class)),
                Columns.optionalText(row, "code").map(FailureCode::valueOf),
                Columns.optionalText(row, "detail"),
                Columns.optionalInstant(row, "first_failed_at"),
                Columns.instant(row, "changed_at"));
        return new Stored(
                effect, Columns.optionalText(row, "request_hash"), Columns.optionalInstant(row, "lease_until"));
    }
}
