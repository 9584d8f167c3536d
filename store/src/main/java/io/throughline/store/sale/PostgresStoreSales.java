package io.throughline.store.sale;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.StoreSales;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.FacilityWords;
import java.time.Clock;
import java.util.Optional;

/** Sales of tills, in PostgreSQL. */
public final class PostgresStoreSales implements StoreSales {
    private final Transactions transactions;
    private final SaleBooking booking;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresStoreSales(Transactions transactions, SaleBooking booking, InboxBell bell, Clock clock) {
        this.transactions = transactions;
        this.booking = booking;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public Taken take(StoreSale sale) {
        Taken taken = transactions.in(handle -> booking.take(handle, sale));
        bell.ring();
        if (taken.verdict() == Verdict.ACCEPTED || taken.verdict() == Verdict.CORRECTED) {
            transactions.run(
                    handle -> FacilityWords.said(handle, FacilityWords.TILLS, sale.facility(), clock.instant()));
        }
        return taken;
    }

    @Override
    public Optional<Standing> find(FacilityId store, String id) {
        return transactions.with(handle -> SaleRows.standing(handle, store, id)
                .map(found -> new Standing(found.sale(), found.soldOn(), EntryRows.ofSale(handle, store, id))));
    }
}
