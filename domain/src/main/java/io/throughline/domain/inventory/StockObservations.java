package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What other systems believe to have, and what we told them. */
public interface StockObservations {
    /**
     * Takes a level that a system tells. Booked as a count when the system moves this stock by its levels; otherwise stored to be
     * compared. A level that we published ourselves is recognised by its value, and by its version where the system gives that back.
     */
    default Booking observe(Level level) {
        return observe(List.of(level)).getFirst();
    }

    /** Takes several, as {@link #observe(Level)} would take them one after the other; what comes of each, in the same order. */
    List<Booking> observe(List<Level> levels);

    /** Keeps a movement that is booked by another way (the sale of an order), to be seen beside what was booked. */
    Booking keep(Movement movement);

    /**
     * All that a system had to tell of these facilities was read just now, be it nothing: that is a sign of life. Whether the tills
     * behind it can reach their system is not known by that.
     */
    void heardFrom(AccountId account, Collection<FacilityId> facilities);

    /** Which of these have been neither booked nor kept. */
    Set<StockSource> unheard(Collection<StockSource> told);

    /** Remembers what is about to be told to an account; gives its version, which grows with each. */
    long publish(AccountId account, FacilityId facility, Sku sku, Measure measure, int units);

    /**
     * Takes down what an ERP has on hand, as far as it is another number than last time. It hears of what others sell and take back by
     * documents and not by goods, so those units are taken off and added, as far as the ERP has not counted since.
     */
    void observeBooks(AccountId erp, Collection<ErpStock.OnHand> onHand);

    /** So many units are there, says a system. {@code publication} is the version of ours that it tells back, if it does. */
    record Level(
            StockSource source,
            FacilityId facility,
            Sku sku,
            Measure measure,
            int units,
            Instant observedAt,
            Optional<Long> publication) {}

    record Discrepancy(
            String system, FacilityId facility, Sku sku, Measure measure, int told, int ledger, Instant observedAt) {
        public StockSubject place() {
            return new StockSubject(facility, sku);
        }
    }
}
