package io.throughline.domain.inventory;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.transfer.ErpTransfer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What an ERP tells of stock when it is asked. Failures are {@code SystemFailure}. */
public interface ErpStock {
    /** What it has taken in since an instant of its own clock. A cursor is good only with the {@code since} that it came with. */
    Page since(AccountId account, Instant since, Optional<String> cursor);

    /** What suppliers are still to bring, however long ago it was ordered. */
    Page onOrder(AccountId account, Optional<String> cursor);

    /** All that it has ever taken in about one product. */
    Page about(AccountId account, Sku sku, Optional<String> cursor);

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
     * What has moved or was counted, what is still to come, whose goods have arrived, and which transfers are over; where these are about the
     * same goods, what has moved goes first. {@code upTo} is when the ERP took in the last of these, by its own clock; {@code next} is the
     * cursor of the following page.
     */
    record Page(
            List<Movement> moved,
            List<Expected> awaited,
            List<Arrival> arrived,
            List<ErpTransfer> ended,
            Optional<Instant> upTo,
            Optional<String> next) {
        public Page {
            moved = List.copyOf(moved);
            awaited = List.copyOf(awaited);
            arrived = List.copyOf(arrived);
            ended = List.copyOf(ended);
        }

        /** Where no transfer is over. */
        public Page(
                List<Movement> moved,
                List<Expected> awaited,
                List<Arrival> arrived,
                Optional<Instant> upTo,
                Optional<String> next) {
            this(moved, awaited, arrived, List.of(), upTo, next);
        }

        /** The same with another cursor. */
        public Page goingOn(Optional<String> cursor) {
            return new Page(moved, awaited, arrived, ended, upTo, cursor);
        }
    }

    /**
     * Goods of a purchase order have come in at a facility; {@code delivery} is the ERP's own name for what they came with. {@code goods} is one line of them,
     * where they are products of ours.
     */
    record Arrival(String purchaseOrder, FacilityId facility, String delivery, Optional<Goods> goods) {
        /** {@code id} is the ERP's own name of the line. */
        public record Goods(String id, Sku sku, int units) {}
    }
}
