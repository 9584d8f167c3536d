package io.throughline.store.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.failure.FailureCode;
import io.throughline.domain.fulfillment.FulfillmentOrderId;
import io.throughline.domain.intervention.Case;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.Booking.Displaced;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.StockAuthorities;
import io.throughline.domain.inventory.StockSubject;
import io.throughline.store.internal.CaseRows;
import io.throughline.store.internal.CaseWriter;
import io.throughline.store.internal.TraceWriter;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/**
 * The case of a place where more was sold or promised than there is: opened by the booking that shows it, closed by what makes up for
 * all of it. The caller holds the lock of the place.
 */
final class Shortfalls {
    private static final String STEP = "stock.shortfall";

    private final StockAuthorities authorities;
    private final CaseWriter cases;
    private final TraceWriter trace;

    Shortfalls(StockAuthorities authorities, CaseWriter cases, TraceWriter trace) {
        this.authorities = authorities;
        this.cases = cases;
        this.trace = trace;
    }

    void settle(Handle handle, Balance before, Balance after, Collection<Displaced> displaced, String cause) {
        if (after.lacking() > before.lacking()) {
            tell(handle, after, after.lacking() - before.lacking(), displaced, cause);
        } else if (before.lacking() > 0 && after.lacking() == 0) {
            current(handle, subject(after))
                    .ifPresent(open -> cases.close(handle, open.id(), cause + " made up for it"));
        }
    }

    private void tell(Handle handle, Balance after, int more, Collection<Displaced> displaced, String cause) {
        String subject = subject(after).toString();
        String work = displaced.stream()
                .map(Displaced::work)
                .map(FulfillmentOrderId::value)
                .distinct()
                .collect(Collectors.joining(", "));
        String detail =
                cause + " took " + more + " more than was there" + (work.isEmpty() ? "" : ", and the stock of " + work);
        cases.open(handle, account(after), subject, STEP, FailureCode.STOCK_DISCREPANCY, detail);
        trace.append(
                handle,
                subject,
                "stock.short",
                detail,
                Map.of(
                        "shortfall", Integer.toString(after.shortfall()),
                        "uncovered", Integer.toString(after.uncovered())),
                List.of());
    }

    /** The case that stands for the place, if there is one. */
    static Optional<Case> current(Handle handle, StockSubject place) {
        return CaseRows.current(handle, place.toString(), STEP);
    }

    private AccountId account(Balance balance) {
        return AccountId.of(authorities.of(balance.facility(), Measure.ON_HAND).system());
    }

    private static StockSubject subject(Balance balance) {
        return new StockSubject(balance.facility(), balance.sku());
    }
}
