package io.throughline.store.routing;

import io.throughline.store.rebuild.Derivation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The rows of {@code stock_turnover}, reckoned from all that the ledger has. What was right on the day it was reckoned, and has aged since, differs, too. */
public final class TurnoverOfToday implements Derivation {
    /** As the daily pass: a statement is over long before its time is. */
    private static final int SKUS_A_TURN = 20;

    @Override
    public List<String> parts() {
        return List.of("stock_turnover");
    }

    @Override
    public Turn turn(Handle handle, int part, String after, Instant now) {
        List<String> skus = handle.createQuery("""
                        (select distinct sku from stock_balance where sku > :after order by sku limit :most)
                        union
                        (select distinct sku from stock_turnover where sku > :after order by sku limit :most)
                        order by sku limit :most
                        """)
                .bind("after", after)
                .bind("most", SKUS_A_TURN)
                .mapTo(String.class)
                .list();
        List<String> apart = new ArrayList<>();
        if (!skus.isEmpty()) {
            apart.addAll(TurnoverRows.reckonAnew(handle, skus, now));
            apart.addAll(TurnoverRows.takeAway(handle, skus));
        }
        long places = handle.createQuery("select count(*) from stock_turnover where sku = any(cast(:skus as text[]))")
                .bindArray("skus", String.class, skus)
                .mapTo(Long.class)
                .one();
        Turn page = Turn.of(skus, SKUS_A_TURN, apart, apart.size());
        return new Turn(places, page.apart(), page.mended(), page.last());
    }
}
