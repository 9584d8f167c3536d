package io.throughline.domain.finance;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.catalog.UnitCost;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.returns.ReturnId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the goods of orders have cost. A unit's cost is taken when it leaves, at what the ERP valued it at then, and reversed when a return brings it
 * back into stock: once, and at the value at which it was taken. What is scrapped, or never comes, stays a cost. The ERP values the stock; this is
 * the subsidiary ledger that its close is checked against. Nothing in it ever changes.
 */
public interface GoodsCosts {
    /** What a facility's books heard of in a time: from the first instant, before the other. One sum a currency, and one of what nobody valued. */
    List<Sum> sums(FacilityId facility, Instant from, Instant until);

    /** What of a return came back into stock, and what it had cost; in the order in which it did. */
    List<Reversal> ofReturn(ReturnId id);

    /**
     * Units that left a facility and units that came back to it, with what they cost, to the minor unit. {@code currency} is empty for units of which no
     * ERP had told a cost when they left: these have no value.
     */
    record Sum(Optional<CurrencyCode> currency, int unitsTaken, int unitsReversed, Optional<Value> value) {}

    /** {@code taken} is to be debited to the cost of goods and credited to the stock, {@code reversed} the other way round. */
    record Value(Money taken, Money reversed) {
        /** What the cost of goods grows by. */
        public Money net() {
            return taken.minus(reversed);
        }
    }

    /** {@code left} is the facility that had handed the units over; {@code cost} that at which they were taken, empty where nobody had told one. */
    record Reversal(
            String lineId,
            Sku sku,
            int units,
            Optional<UnitCost> cost,
            FacilityId left,
            FacilityId facility,
            Instant at) {}
}
