package io.throughline.store.returns;

import io.throughline.domain.returns.ReturnId;
import io.throughline.domain.returns.ReturnIntake.Outcome;
import io.throughline.domain.returns.ReturnIntake.Submission;
import io.throughline.store.internal.Columns;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What clients have handed in of returns, so that the same is taken in once. */
final class ReturnSubmissions {
    private ReturnSubmissions() {}

    /** What was answered to it before; empty where it is new. */
    static Optional<Outcome> known(Handle handle, Submission submission) {
        return handle.createQuery("""
            select body_hash, return_id from return_submission where client = :client and idempotency_key = :key
            """)
                .bind("client", submission.by().owner())
                .bind("key", submission.key())
                .<Outcome>map((row, context) -> row.getString("body_hash").equals(submission.bodyHash())
                        ? new Outcome.Replayed(new ReturnId(row.getString("return_id")))
                        : new Outcome.KeyReused())
                .findOne();
    }

    static Optional<ReturnId> authorised(Handle handle, String owner, String key) {
        return handle.createQuery("""
            select return_id from return_submission where client = :client and idempotency_key = :key
            """)
                .bind("client", owner)
                .bind("key", key)
                .mapTo(String.class)
                .findOne()
                .map(ReturnId::new);
    }

    static void remember(Handle handle, Submission submission, ReturnId id, Instant at) {
        handle.createUpdate("""
            insert into return_submission (client, idempotency_key, body_hash, return_id, stored_at)
            values (:client, :key, :hash, :id, :now)
            """)
                .bind("client", submission.by().owner())
                .bind("key", submission.key())
                .bind("hash", submission.bodyHash())
                .bind("id", id.value())
                .bind("now", Columns.at(at))
                .execute();
    }
}
