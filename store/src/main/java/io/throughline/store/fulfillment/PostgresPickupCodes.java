package io.throughline.store.fulfillment;

import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.fulfillment.PickupCode;
import io.throughline.domain.fulfillment.PickupCodes;
import io.throughline.store.internal.Columns;
import io.throughline.store.internal.Transactions;
import java.time.Clock;
import org.jdbi.v3.core.Handle;

/** The digests of the codes that customers were told, in PostgreSQL. */
public final class PostgresPickupCodes implements PickupCodes {
    private final Transactions transactions;
    private final Clock clock;

    public PostgresPickupCodes(Transactions transactions, Clock clock) {
        this.transactions = transactions;
        this.clock = clock;
    }

    @Override
    public void made(FulfillmentOrderId work, PickupCode code) {
        transactions.run(handle -> handle.createUpdate("""
                        insert into pickup_code (work_id, digest, made_at) values (:work, :digest, :now)
                        on conflict do nothing
                        """)
                .bind("work", work.value())
                .bind("digest", code.digest(work))
                .bind("now", Columns.at(clock.instant()))
                .execute());
    }

    static boolean isGood(Handle handle, FulfillmentOrderId work, PickupCode code) {
        return handle.createQuery("select exists (select from pickup_code where work_id = :work and digest = :digest)")
                .bind("work", work.value())
                .bind("digest", code.digest(work))
                .mapTo(Boolean.class)
                .one();
    }
}
