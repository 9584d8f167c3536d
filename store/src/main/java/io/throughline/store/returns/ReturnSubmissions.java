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
        return find(handle, submission.by().owner(), submission.key())
                .map(known -> known.bodyHash().equals(submission.bodyHash())
                        ? new Outcome.Replayed(known.id())
                        : new Outcome.KeyReused());
    }

    static Optional<ReturnId> authorised(Handle handle, String owner, String key) {
        return find(handle, owner, key).map(Known::id);
    }

    private record Known(String bodyHash, ReturnId id) {}

    private static Optional<Known> find(Handle handle, String owner, String key) {
        return handle.createQuery("""
            select body_hash, return_id from return_submission where client = :client and idempotency_key = :key
            """)
                .bind("client", owner)
                .bind("key", key)
                .map((row, context) -> new Known(row.getString("body_hash"), new ReturnId(row.getString("return_id"))))
                .findOne();
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
