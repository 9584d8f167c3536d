package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.inventory.Measure;

/** Who had nothing new to tell is not silent: a quiet store's stock is as good as a busy one's. */
record SignsOfLife(StockBooks books, Facilities facilities) {
    /** The account's system has told all that it has. */
    void heardFrom(AccountId account) {
        books.observations()
                .heardFrom(
                        account,
                        facilities.all().stream()
                                .map(Facility::id)
                                .filter(facility ->
                                        books.authorities().isMovedBy(account.value(), facility, Measure.ON_HAND))
                                .toList());
    }
}
