package io.throughline.domain.finance;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** What a facility's stock was adjusted by on a business date, where an ERP keeps its books and does not move it. A day that is over never changes. */
public interface AdjustedStock {
    /** One sum a currency, and one of what nobody valued. */
    List<Sum> sums(FacilityId facility, LocalDate date);

    /**
     * Units that were lost and units that were found, and how many of both an ERP is still to be told. {@code currency} is empty for units of which no
     * ERP had told a cost by then: these have no value.
     */
    record Sum(
            Optional<CurrencyCode> currency, int unitsLost, int unitsFound, int unitsUntold, Optional<Value> value) {}

    /** {@code lost} is to be debited to the adjustments and credited to the stock, {@code found} the other way round: as the journals are. */
    record Value(Money lost, Money found) {}
}
