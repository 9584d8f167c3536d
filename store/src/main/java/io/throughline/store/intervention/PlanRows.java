package io.throughline.store.intervention;

import io.throughline.domain.intervention.ChangePlan;
import io.throughline.domain.intervention.PlanOutdated;
import io.throughline.domain.order.OrderId;
import io.throughline.store.internal.CanonicalJson;
import io.throughline.store.internal.Columns;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** The rows of {@code change_plan}. */
final class PlanRows {
    private static final Duration KEPT_FOR = Duration.ofDays(1);

    private PlanRows() {}

    /** A plan that was shown, and whether it was asked for. */
    record Shown(ChangePlan plan, boolean carriedOut) {
        void refuseOther(ChangePlan now) {
            if (!now.equals(plan)) {
                throw new PlanOutdated(plan.differencesTo(now));
            }
        }
    }

    static void put(Handle handle, ChangePlan plan, Instant now) {
        forget(handle, now);
        handle.createUpdate("""
            insert into change_plan (token, order_id, plan, shown_at)
            values (:token, :order, cast(:plan as jsonb), :now)
            on conflict (order_id, token) do update set shown_at = excluded.shown_at
            """)
                .bind("token", plan.token())
                .bind("order", plan.order().value())
                .bind("plan", CanonicalJson.write(plan))
                .bind("now", Columns.at(now))
                .execute();
    }

    /** Leaves those alone that another order's transaction is just busy with: whoever waited for it would hold up its own order. */
    private static void forget(Handle handle, Instant now) {
        handle.createUpdate("""
            delete from change_plan where (order_id, token) in (
                select order_id, token from change_plan where carried_out_at is null and shown_at < :oldest
                for update skip locked)
            """).bind("oldest", Columns.at(now.minus(KEPT_FOR))).execute();
    }

    /** Those that were carried out, and those that were shown within the last day. */
    static Optional<Shown> find(Handle handle, OrderId order, String token, Instant now) {
        return handle.createQuery("""
            select plan, carried_out_at from change_plan
            where order_id = :order and token = :token and (carried_out_at is not null or shown_at >= :oldest)
            """)
                .bind("order", order.value())
                .bind("token", token)
                .bind("oldest", Columns.at(now.minus(KEPT_FOR)))
                .map((row, context) -> new Shown(
                        CanonicalJson.read(row.getString("plan"), ChangePlan.class),
                        Columns.optionalInstant(row, "carried_out_at").isPresent()))
                .findOne();
    }

    static PlanOutdated gone() {
        return new PlanOutdated(List.of("this order has no such plan any more"));
    }

    static void carriedOut(Handle handle, ChangePlan plan, String actor, Instant now) {
        handle.createUpdate("""
            update change_plan set carried_out_at = :now, actor = :actor
            where order_id = :order and token = :token
            """)
                .bind("now", Columns.at(now))
                .bind("actor", actor)
                .bind("order", plan.order().value())
                .bind("token", plan.token())
                .execute();
    }
}
