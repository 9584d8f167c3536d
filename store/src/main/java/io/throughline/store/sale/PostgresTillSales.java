package io.throughline.store.sale;

import io.throughline.domain.order.Reading;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.StoreSales.Taken;
import io.throughline.domain.sale.StoreSales.Verdict;
import io.throughline.domain.sale.TillSale;
import io.throughline.domain.sale.TillSaleId;
import io.throughline.domain.sale.TillSales;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.internal.Transactions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Sales of tills by the names of their own systems, in PostgreSQL. That a sale is such a system's own is stored with its movements, so that
 * nobody tells the system of goods that it has taken off itself.
 */
public final class PostgresTillSales implements TillSales {
    private final Transactions transactions;
    private final SaleBooking booking;
    private final TillReturns returns;
    private final InboxBell bell;

    public PostgresTillSales(Transactions transactions, SaleBooking booking, TillReturns returns, InboxBell bell) {
        this.transactions = transactions;
        this.booking = booking;
        this.returns = returns;
        this.bell = bell;
    }

    @Override
    public Optional<Known> find(TillSaleId id) {
        return transactions.with(handle -> TillRows.find(handle, id));
    }

    @Override
    public Taken book(TillSale told, Instant readAt) {
        StoreSale sale = told.toStoreSale();
        Taken taken = transactions.in(handle -> {
            Reading reading = new Reading(told.version(), readAt);
            if (!TillRows.put(handle, told.id(), reading, Optional.empty())) {
                return booking.knownBefore(handle, sale);
            }
            return inPlaceOf(handle, told, readAt)
                    .map(ours -> EntryRows.asBefore(handle, ours, Verdict.KNOWN))
                    .orElseGet(() -> {
                        TillRows.put(handle, told.id(), reading, Optional.of(sale.facility()));
                        return booking.takeUnlessSame(
                                handle, sale, new SaleBooking.Line(told.id().value(), names(told, sale)));
                    });
        });
        bell.ring();
        return taken;
    }

    /** What has come back is noted beside its sale; what is booked once stays so. */
    private Optional<StoreSale> inPlaceOf(Handle handle, TillSale told, Instant readAt) {
        TillRows.putReturns(handle, told.id(), told.returnsOf());
        boolean isBooked =
                TillRows.find(handle, told.id()).flatMap(Known::bookedAt).isPresent();
        return isBooked || told.returnsOf().isEmpty() ? Optional.empty() : returns.bookedFor(handle, told, readAt);
    }

    /** What the till's system and we call it, and what its messages are about. */
    private static List<String> names(TillSale told, StoreSale sale) {
        List<String> names = new ArrayList<>(told.payments());
        names.add(sale.id());
        names.add(sale.link());
        names.add("work/" + told.id().key());
        return names;
    }

    @Override
    public void setAside(TillSaleId id, Reading reading) {
        transactions.run(handle -> TillRows.put(handle, id, reading, Optional.empty()));
    }
}
