package io.throughline.store.effect;

import io.throughline.domain.effect.EffectKey;
import io.throughline.domain.effect.EffectLedger.Effect;
import io.throughline.domain.effect.EffectLedger.State;
import io.throughline.domain.effect.EffectRedrives.Finding;
import io.throughline.domain.effect.Receipt;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.TraceWriter;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** What people have found out about effects that nobody else looks for any more. */
final class EffectFindings {
    private static final String NOT_THERE = "somebody looked for it, and it is not there";

    private final TraceWriter trace;

    EffectFindings(TraceWriter trace) {
        this.trace = trace;
    }

    /** Whether an effect is as somebody has found it. */
    static boolean agrees(Effect effect, Finding found) {
        return switch (found) {
            case Finding.Happened(String reference) ->
                effect.receipt()
                        .map(Receipt::reference)
                        .filter(reference::equals)
                        .isPresent();
            case Finding.NotThere() ->
                effect.state() == State.GIVEN_UP
                        && effect.detail().filter(NOT_THERE::equals).isPresent();
        };
    }

    /** The row is locked, and unknown. An attempt that comes to its end after all is told in the trace, and changes nothing here. */
    void settle(Handle handle, EffectKey key, Finding found, String actor, Instant now) {
        switch (found) {
            case Finding.Happened(String reference) -> happened(handle, key, reference, actor, now);
            case Finding.NotThere() -> notThere(handle, key, actor, now);
        }
    }

    private void happened(Handle handle, EffectKey key, String reference, String actor, Instant now) {
        EffectRows.bind(handle.createUpdate("""
                        update effect set state = 'SUCCEEDED', receipt = cast(:receipt as jsonb), code = null, detail = null,
                            must_probe = false, changed_at = :now
                        """ + EffectRows.WHERE_KEY), key)
                .bind("receipt", CanonicalJson.write(Receipt.of(reference)))
                .bind("now", Columns.at(now))
                .execute();
        trace.append(
                handle,
                key.subject(),
                "effect.found",
                actor + " has found " + key.operation() + " at " + key.account() + ": " + reference,
                Map.of("effect", key.toString(), "reference", reference, "actor", actor),
                reference.contains(" ") ? List.of() : List.of(reference));
    }

    /** Wanted again after all it would be asked for under another vendor key. */
    private void notThere(Handle handle, EffectKey key, String actor, Instant now) {
        EffectRows.bind(handle.createUpdate("""
                        update effect set state = 'GIVEN_UP', must_probe = false, generation = generation + 1,
                            detail = :detail, changed_at = :now
                        """ + EffectRows.WHERE_KEY), key)
                .bind("detail", NOT_THERE)
                .bind("now", Columns.at(now))
                .execute();
        trace.append(
                handle,
                key.subject(),
                "effect.not-found",
                actor + " has looked for " + key.operation() + " at " + key.account() + ": it is not there",
                Map.of("effect", key.toString(), "actor", actor));
    }
}
