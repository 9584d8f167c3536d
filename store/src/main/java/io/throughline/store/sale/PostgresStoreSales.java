package io.throughline.store.sale;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.order.OrderKey;
import io.throughline.domain.sale.RefusedSale;
import io.throughline.domain.sale.RefusedSaleId;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.StoreSales;
import io.throughline.store.inbox.InboxBell;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.internal.Transactions;
import io.throughline.store.inventory.FacilityWords;
import io.throughline.store.order.PostgresAwaitedProducts;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Sales of tills, in PostgreSQL: those that are booked, and those that could not be. */
public final class PostgresStoreSales implements StoreSales {
    private static final String STEP = "sale.book";

    private final Transactions transactions;
    private final SaleBooking booking;
    private final Facilities facilities;
    private final CaseWriter cases;
    private final TraceWriter trace;
    private final InboxBell bell;
    private final Clock clock;

    public PostgresStoreSales(
            Transactions transactions,
            SaleBooking booking,
            Facilities facilities,
            CaseWriter cases,
            TraceWriter trace,
            InboxBell bell,
            Clock clock) {
        this.transactions = transactions;
        this.booking = booking;
        this.facilities = facilities;
        this.cases = cases;
        this.trace = trace;
        this.bell = bell;
        this.clock = clock;
    }

    @Override
    public Taken take(StoreSale sale) {
        Taken taken = transactions.in(handle -> take(handle, sale));
        bell.ring();
        if (isNews(taken)) {
            transactions.run(
                    handle -> FacilityWords.said(handle, FacilityWords.TILLS, sale.facility(), clock.instant()));
        }
        return taken;
    }

    private Taken take(Handle handle, StoreSale sale) {
        RefusedSaleId id = RefusedSaleId.of(sale);
        RefusedSaleRows.lock(handle, id);
        List<RefusedSaleRows.Kept> refused = RefusedSaleRows.of(handle, id);
        if (refused.stream().anyMatch(kept -> kept.leavesOut(sale.version()))
                && SaleRows.heldVersion(handle, sale.facility(), sale.id()).isEmpty()) {
            return booking.leftOut(sale);
        }
        Taken taken = booking.take(handle, sale);
        if (isNews(taken)
                && !refused.isEmpty()
                && RefusedSaleRows.booked(handle, id, sale.version(), clock.instant())) {
            closeUnlessMoreIsOpen(handle, id);
        }
        return taken;
    }

    private static boolean isNews(Taken taken) {
        return taken.verdict() == Verdict.ACCEPTED || taken.verdict() == Verdict.CORRECTED;
    }

    private void closeUnlessMoreIsOpen(Handle handle, RefusedSaleId id) {
        if (RefusedSaleRows.open(handle, id).isEmpty()) {
            CaseRows.current(handle, id.value(), STEP)
                    .ifPresent(open -> cases.close(handle, open.id(), "the sale is booked"));
        }
    }

    @Override
    public Refusal refuse(RefusedSale refused) {
        return transactions.in(handle -> refuse(handle, refused));
    }

    private Refusal refuse(Handle handle, RefusedSale refused) {
        RefusedSaleId id = refused.id();
        RefusedSaleRows.lock(handle, id);
        Optional<Long> booked = SaleRows.heldVersion(handle, id.facility(), id.sale());
        if (booked.filter(version -> version > refused.version()).isPresent()) {
            return new Refusal.Superseded();
        }
        boolean leftOut = booked.isEmpty()
                && RefusedSaleRows.of(handle, id).stream().anyMatch(kept -> kept.leavesOut(refused.version()));
        if (leftOut || !RefusedSaleRows.keep(handle, refused, clock.instant())) {
            return new Refusal.Settled();
        }
        trace.append(
                handle,
                id.value(),
                "refused/" + HexFormat.of().formatHex(RefusedSaleRows.digest(refused), 0, 8),
                "sale.refused",
                id.sale() + " can't be booked: " + refused.reason(),
                Map.of("sale", id.sale(), "version", Long.toString(refused.version()), "reason", refused.reason()),
                List.of(id.sale()));
        AccountId account = facilities.get(id.facility()).workAccount();
        awaitProducts(handle, account, refused);
        Case open = cases.open(handle, account, id.value(), STEP, FailureCode.SALE_NOT_BOOKED, refused.reason());
        return new Refusal.Kept(open.id());
    }

    /** Which of its products are known is the catalogue's to say: where they are, it is looked at once more, and nothing comes of it. */
    private void awaitProducts(Handle handle, AccountId account, RefusedSale refused) {
        RefusedSaleId id = refused.id();
        List<Sku> sold = refused.sale().stream()
                .flatMap(sale -> sale.lines().stream())
                .map(StoreSale.Line::sku)
                .distinct()
                .toList();
        PostgresAwaitedProducts.await(handle, new OrderKey(account, id.sale()), id.value(), sold, clock.instant());
    }

    @Override
    public Optional<RefusedSale> refused(RefusedSaleId id) {
        return transactions.with(handle -> RefusedSaleRows.open(handle, id));
    }

    @Override
    public void leaveOut(RefusedSaleId id, Instant decidedAt) {
        transactions.run(handle -> {
            RefusedSaleRows.lock(handle, id);
            RefusedSaleRows.leaveOut(handle, id, decidedAt, clock.instant());
            if (RefusedSaleRows.open(handle, id).isPresent()) {
                return;
            }
            CaseRows.current(handle, id.value(), STEP)
                    .ifPresent(open -> cases.close(handle, open.id(), "the sale is left out"));
        });
    }

    @Override
    public Optional<Standing> find(FacilityId store, String id) {
        return transactions.with(handle -> SaleRows.standing(handle, store, id)
                .map(found -> new Standing(found.sale(), found.soldOn(), EntryRows.ofSale(handle, store, id))));
    }
}
