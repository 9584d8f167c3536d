package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.account.Accounts;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/**
 * In which ERP's books a facility's stock stands without that ERP moving it: there it hears of what the ledger has adjusted. An ERP that moves
 * the stock has adjusted it by itself.
 */
@FunctionalInterface
public interface StockCompanies {
    Optional<Books> of(FacilityId facility);

    /** The ERP's account, and where the facility's days begin and end. */
    record Books(AccountId company, ZoneId zone) {
        public LocalDate businessDate(Instant at) {
            return LocalDate.ofInstant(at, zone);
        }
    }

    /** No stock stands in any books. */
    static StockCompanies none() {
        return _ -> Optional.empty();
    }

    /** A facility's stock stands where the orders of the account are posted that gives it its work. */
    static StockCompanies configured(Facilities facilities, Accounts accounts, StockAuthorities authorities) {
        return id -> facilities
                .find(id)
                .flatMap(facility ->
                        accounts.booksOf(facility.workAccount()).map(company -> new Books(company, facility.zone())))
                .filter(books -> !authorities.isMovedBy(books.company().value(), id, Measure.ON_HAND));
    }
}
