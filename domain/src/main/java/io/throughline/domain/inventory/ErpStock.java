package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an ERP tells of stock when it is asked. Failures are {@code SystemFailure}. */
public interface ErpStock {
    /** What it has taken in since an instant of its own clock. A cursor is good only with the {@code since} that it came with. */
    Page since(AccountId account, Instant since, Optional<String> cursor);

    /** What it has on hand just now, page by page, in each facility that it keeps. */
    Shelves onHand(AccountId account, Optional<String> cursor);

    /** A page of what there is; {@code next} is the cursor of the following one. */
    record Shelves(List<OnHand> onHand, Optional<String> next) {
        public Shelves {
            onHand = List.copyOf(onHand);
        }
    }

    record OnHand(FacilityId facility, Sku sku, int units) {}

    /**
     * What has moved, and what is still to come; where both are about the same goods, what has moved goes first. {@code upTo} is when
     * the ERP took in the last of these, by its own clock; {@code next} is the cursor of the following page.
     */
    record Page(List<Movement> moved, List<Expected> awaited, Optional<Instant> upTo, Optional<String> next) {
        public Page {
            moved = List.copyOf(moved);
            awaited = List.copyOf(awaited);
        }
    }
}
