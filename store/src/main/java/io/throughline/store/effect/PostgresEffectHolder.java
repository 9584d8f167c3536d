package io.throughline.store.effect;

import io.throughline.domain.effect.EffectHolder;
import io.throughline.store.internal.Transactions;

/** One row for each process. Those that have been gone for a day, and with them all that they can have held, are forgotten. */
public final class PostgresEffectHolder implements EffectHolder {
    private final Transactions transactions;
    private final String id;

    public PostgresEffectHolder(Transactions transactions, String id) {
        this.transactions = transactions;
        this.id = id;
    }

    @Override
    public void alive() {
        transactions.run(handle -> handle.createUpdate("""
                        with gone as (
                            delete from effect_holder where id <> :id and seen_at < clock_timestamp() - interval '1 day')
                        insert into effect_holder (id, seen_at) values (:id, clock_timestamp())
                        on conflict (id) do update set seen_at = excluded.seen_at
                        """).bind("id", id).execute());
    }
}
