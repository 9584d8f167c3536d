package io.throughline.activities.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.reconciliation.Watermarks;
import java.time.Clock;

/** Who had nothing new to tell is not silent: a quiet store's stock is as good as a busy one's. */
record SignsOfLife(StockBooks books, Facilities facilities, Watermarks watermarks, Clock clock) {
    /** Until when it was asked for its news; what they are dated says nothing of that, for there may be none. */
    static final String ASKED = "stock-news";

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
        watermarks.advance(account, ASKED, clock.instant());
    }
}
