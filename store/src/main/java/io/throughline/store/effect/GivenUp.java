package io.throughline.store.effect;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger.Effect;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Effects that nobody wants any more and that have come to no end. */
final class GivenUp {
    private final TraceWriter trace;

    GivenUp(TraceWriter trace) {
        this.trace = trace;
    }

    /** An attempt that holds its lease, or has let it run out, may have its effect; what it says from then on is kept, and counts no more. */
    void giveUp(
            Handle handle,
            AccountId account,
            String subject,
            String operation,
            String purpose,
            String why,
            Instant now) {
        Optional<Boolean> unclear = handle.createQuery("""
                        update effect set state = 'GIVEN_UP', must_probe = must_probe or state = 'LEASED', lease_until = null,
                            detail = :why, changed_at = :now
                        where account = :account and subject = :subject and operation = :operation and purpose = :purpose
                            and token is not null
                            and state in ('PENDING', 'UNKNOWN', 'LEASED')
                        returning must_probe
                        """)
                .bind("account", account.value())
                .bind("subject", subject)
                .bind("operation", operation)
                .bind("purpose", purpose)
                .bind("why", why)
                .bind("now", Columns.at(now))
                .mapTo(Boolean.class)
                .findOne();
        unclear.ifPresent(mayHaveHappened -> trace.append(
                handle,
                subject,
                "effect.given-up",
                operation + " at " + account + " is given up: " + why
                        + (mayHaveHappened ? "; whether it has happened is to be found out" : ""),
                Map.of("account", account.value(), "operation", operation, "purpose", purpose)));
    }

    List<Effect> unclear(Handle handle, AccountId account, String operation, int most) {
        return handle.createQuery(EffectRows.SELECT + """
                        where account = :account and operation = :operation and state = 'GIVEN_UP' and must_probe
                        order by changed_at, subject limit :most
                        """)
                .bind("account", account.value())
                .bind("operation", operation)
                .bind("most", most)
                .map((row, context) -> EffectRows.map(row).effect())
                .list();
    }

    /** What it did is undone: wanted again, it would be asked for under another vendor key. */
    void clarified(Handle handle, EffectKey key, String outcome, Instant now) {
        boolean news = EffectRows.bind(
                                handle.createUpdate(
                                        """
                                update effect set must_probe = false, generation = generation + 1, detail = :outcome,
                                    changed_at = :now
                                """ + EffectRows.WHERE_KEY + "and state = 'GIVEN_UP' and must_probe"),
                                key)
                        .bind("outcome", outcome)
                        .bind("now", Columns.at(now))
                        .execute()
                == 1;
        if (news) {
            trace.append(
                    handle,
                    key.subject(),
                    "effect.clarified",
                    key.operation() + " at " + key.account() + ", which was given up: " + outcome,
                    Map.of("effect", key.toString()));
        }
    }
}
