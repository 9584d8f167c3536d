package io.throughline.domain.sale;

import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Reading;
import io.throughline.domain.sale.StoreSales.Taken;
import java.time.Instant;
import java.util.Optional;

/** Which sales of the tills are known by the names that the tills' own systems have for them, and as of which reading, in PostgreSQL. */
public interface TillSales {
    Optional<Known> find(TillSaleId id);

    /**
     * Takes the sale as {@link StoreSales#take} does. What an earlier reading told corrects nothing, nor does a later one that says the
     * same. {@code readAt} is the instant just before the till's system was asked.
     */
    Taken book(TillSale sale, Instant readAt);

    /** As of this reading the sale could not be booked; whether it shall be, is the matter of a case. */
    void setAside(TillSaleId id, Reading reading);

    /** {@code bookedAt} is empty for what was only set aside. */
    record Known(Reading reading, Optional<FacilityId> bookedAt) {
        public boolean isOf(Instant version) {
            return reading.version().equals(version);
        }
    }
}
