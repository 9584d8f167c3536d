package io.throughline.api.fulfillment;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.domain.fulfillment.WorkLists;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What a store has sold for others to ship, a page of it; {@code next} is what the next page comes after. */
public record SoldHere(String facility, List<Item> orders, Optional<String> next) {

    /** An order, and who ships it. Nothing of it is this store's to do. */
    @Schema(name = "SoldOrder")
    public record Item(String order, String orderName, String status, Instant receivedAt, List<Shipper> shippers) {
        static Item of(WorkLists.Sold sold) {
            return new Item(
                    sold.order().value(),
                    sold.orderName(),
                    sold.status().name(),
                    sold.receivedAt(),
                    sold.shippers().stream()
                            .map(one -> new Shipper(
                                    one.facility().value(), one.status().name(), one.trackingNumber()))
                            .toList());
        }
    }

    @Schema(name = "SoldOrderShipper")
    public record Shipper(String facility, String status, Optional<String> trackingNumber) {}
}
