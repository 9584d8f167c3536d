package io.throughline.store.sale;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.sale.LateSales;
import io.throughline.domain.sale.SoldGoods;
import io.throughline.domain.sale.StoreCalendar;
import io.throughline.domain.sale.StoreDayId;
import io.throughline.domain.sale.StoreSale;
import io.throughline.domain.sale.StoreSales.Taken;
import io.throughline.domain.sale.StoreSales.Verdict;
import io.throughline.store.inbox.InboxRows;
import io.throughline.store.internal.TraceWriter;
import io.throughline.store.inventory.PostgresInventory;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Books a sale in a transaction of whoever heard of it. Locks are taken in one order: the sale, its days, the balances, the traces. The
 * first sale that waits for a summary wakes the process of its day.
 */
public final class SaleBooking {
    private static final String TOPIC = "throughline/store-day";

    private final PostgresInventory inventory;
    private final Facilities facilities;
    private final StoreCalendar calendar;
    private final TraceWriter trace;
    private final Clock clock;

    public SaleBooking(
            PostgresInventory inventory,
            Facilities facilities,
            StoreCalendar calendar,
            TraceWriter trace,
            Clock clock) {
        this.inventory = inventory;
        this.facilities = facilities;
        this.calendar = calendar;
        this.trace = trace;
        this.clock = clock;
    }

    /** In which line of the trace a sale is told, and by what it shall be found. */
    record Line(String subject, List<String> names) {
        Line {
            names = List.copyOf(names);
        }
    }

    /** A sale that was handed over is told in the line of its day. */
    Taken take(Handle handle, StoreSale sale) {
        return take(handle, sale, SaleRows.lock(handle, sale), Optional.empty());
    }

    /** For whoever reads a sale anew without knowing whether it has changed: what says the same as before corrects nothing. */
    Taken takeUnlessSame(Handle handle, StoreSale sale, Line line) {
        Optional<StoreSale> holds = SaleRows.lock(handle, sale);
        if (holds.filter(known -> known.saysAs(sale)).isPresent()) {
            return EntryRows.asBefore(handle, holds.get(), Verdict.KNOWN);
        }
        return take(handle, sale, holds, Optional.of(line));
    }

    /**
     * What came back over a counter, whose stock moves by {@code movements}, is told in a line of its own. That its money went back is told
     * where it does.
     */
    public Taken takeBack(Handle handle, StoreSale sale, List<Movement> movements, String subject, List<String> names) {
        Optional<StoreSale> holds = SaleRows.lock(handle, sale);
        return holds.filter(known -> known.version() >= sale.version())
                .map(known -> knownBefore(handle, sale))
                .orElseGet(() -> {
                    Taken taken = place(handle, sale, holds);
                    inventory.record(handle, movements, "return " + sale.id() + " at " + sale.facility());
                    tell(handle, sale, holds.isPresent(), taken, new Line(subject, names));
                    return taken;
                });
    }

    private Taken take(Handle handle, StoreSale sale, Optional<StoreSale> holds, Optional<Line> own) {
        return holds.filter(known -> known.version() >= sale.version())
                .map(known -> knownBefore(handle, sale))
                .orElseGet(() -> enter(handle, sale, holds, own));
    }

    Taken knownBefore(Handle handle, StoreSale sale) {
        return SaleRows.find(handle, sale, sale.version())
                .map(stored ->
                        EntryRows.asBefore(handle, stored, stored.equals(sale) ? Verdict.KNOWN : Verdict.CONFLICT))
                .orElseGet(() -> new Taken(Verdict.SUPERSEDED, calendar.dayOf(sale.facility(), sale.soldAt()), false));
    }

    Taken leftOut(StoreSale sale) {
        return new Taken(Verdict.LEFT_OUT, calendar.dayOf(sale.facility(), sale.soldAt()), false);
    }

    private Taken enter(Handle handle, StoreSale sale, Optional<StoreSale> corrected, Optional<Line> own) {
        Taken taken = place(handle, sale, corrected);
        inventory.record(handle, SoldGoods.movements(sale, corrected), "sale " + sale.id() + " at " + sale.facility());
        Line line = own.orElseGet(() -> new Line(taken.day().value(), List.of(sale.link())));
        tell(handle, sale, corrected.isPresent(), taken, line);
        tellRefunds(handle, sale, corrected, line);
        return taken;
    }

    /** Enters it in its day, after what it corrects was taken back. */
    private Taken place(Handle handle, StoreSale sale, Optional<StoreSale> corrected) {
        Instant now = clock.instant();
        corrected.ifPresent(before -> {
            Place place = placeFor(handle, calendar.dayOf(before.facility(), before.soldAt()), now);
            EntryRows.insert(handle, before, true, place.day(), place.late());
            letWait(handle, place.day(), now);
        });
        StoreDayId soldOn = calendar.dayOf(sale.facility(), sale.soldAt());
        Place place = placeFor(handle, soldOn, now);
        SaleRows.insert(handle, sale, soldOn, now);
        EntryRows.insert(handle, sale, false, place.day(), place.late());
        letWait(handle, place.day(), now);
        return new Taken(corrected.isPresent() ? Verdict.CORRECTED : Verdict.ACCEPTED, place.day(), place.late());
    }

    /** With which day something is posted. */
    private record Place(StoreDayId day, boolean late) {}

    private Place placeFor(Handle handle, StoreDayId soldOn, Instant now) {
        DayRows.Day day = DayRows.lock(handle, soldOn, calendar);
        if (!day.posted() || day.lateSales() == LateSales.SUPPLEMENT) {
            return new Place(soldOn, day.posted());
        }
        StoreDayId today = calendar.dayOf(soldOn.facility(), now);
        StoreDayId next = today.compareTo(soldOn.next()) > 0 ? today : soldOn.next();
        while (DayRows.lock(handle, next, calendar).posted()) {
            next = next.next();
        }
        return new Place(next, true);
    }

    private void letWait(Handle handle, StoreDayId day, Instant now) {
        DayRows.letWait(handle, day, now).ifPresent(summary -> {
            AccountId account = facilities.get(day.facility()).workAccount();
            InboxRows.insert(handle, account, TOPIC, day + "/" + summary, day.value(), "{}", now);
        });
    }

    private void tell(Handle handle, StoreSale sale, boolean corrects, Taken place, Line line) {
        trace.append(
                handle,
                line.subject(),
                corrects ? "sale.corrected" : "sale.recorded",
                sale.id() + (corrects ? " is now " : ": ") + sale.total() + (place.late() ? ", heard of late" : ""),
                Map.of(
                        "sale", sale.id(),
                        "facility", sale.facility().value(),
                        "version", Long.toString(sale.version()),
                        "register", sale.register(),
                        "soldAt", sale.soldAt().toString(),
                        "total", sale.total().toString(),
                        "amount", sale.total().toDecimal().toPlainString(),
                        "currency", sale.total().currency().toString(),
                        "postedWith", place.day().value()),
                line.names());
    }

    /** What went back over the counter, unless an earlier version of the sale has told just that. */
    private void tellRefunds(Handle handle, StoreSale sale, Optional<StoreSale> before, Line line) {
        List<StoreSale.Tender> told = before.map(StoreSale::tenders).orElse(List.of());
        sale.tenders().stream()
                .filter(tender -> tender.amount().isNegative() && !told.contains(tender))
                .forEach(refund -> trace.append(
                        handle,
                        line.subject(),
                        "refund.issued",
                        refund.amount().negated() + " went back by " + refund.kind() + " with " + sale.id(),
                        Map.of(
                                "refund", sale.link(),
                                "amount", refund.amount().negated().toDecimal().toPlainString(),
                                "currency", refund.amount().currency().toString(),
                                "tender", refund.kind()),
                        line.names()));
    }
}
