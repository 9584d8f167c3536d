package io.throughline.store.sale;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.StoreSales;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.internal.Transactions;
import java.util.Optional;

/** Sales of tills, in PostgreSQL. */
public final class PostgresStoreSales implements StoreSales {
    private final Transactions transactions;
    private final SaleBooking booking;
    private final InboxBell bell;

    public PostgresStoreSales(Transactions transactions, SaleBooking booking, InboxBell bell) {
        this.transactions = transactions;
        this.booking = booking;
        this.bell = bell;
    }

    @Override
    public Taken take(StoreSale sale) {
        Taken taken = transactions.in(handle -> booking.take(handle, sale));
        bell.ring();
        return taken;
    }

    @Override
    public Optional<Standing> find(FacilityId store, String id) {
        return transactions.with(handle -> SaleRows.standing(handle, store, id)
                .map(found -> new Standing(found.sale(), found.soldOn(), EntryRows.ofSale(handle, store, id))));
    }
}
