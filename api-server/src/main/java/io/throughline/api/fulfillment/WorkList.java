package io.throughline.api.fulfillment;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.customer.AddressView;
import io.throughline.api.customer.Mask;
import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.WorkHold;
import io.throughline.domain.fulfillment.WorkLists;
import io.throughline.domain.order.LineQuantity;
import io.throughline.runtime.retailer.ConfiguredCatalog.Product;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The work of a facility, a page of it; {@code next} is what the next page comes after. */
public record WorkList(String facility, List<Item> work, Optional<String> next) {

    /** Work for one order. */
    @Schema(name = "Work")
    public record Item(
            String id,
            String order,
            String orderName,
            String method,
            String status,

            @Schema(description = "What was sold; reports speak of these lines")
            List<Line> lines,

            @Schema(description = "What is taken from the shelf for it: of a bundle, its components")
            List<Goods> goods,

            Optional<Instant> deadline,

            @Schema(description = "Masked but for whom it is needed by")
            Optional<String> customer,

            @Schema(
                    description =
                            "Where it goes; shown to the role STORE of a facility that labels by itself what it is to ship, as"
                                    + " long as that is open")
            Optional<AddressView> shipTo,

            @Schema(description = "Since when the customer waits to collect it")
            Optional<Instant> arrivedAt,

            @Schema(description = "Where he waits; shown to the roles STORE and SUPPORT")
            Optional<String> spot,

            Optional<String> carrier,
            Optional<String> trackingNumber,

            @Schema(
                    description =
                            "Why nobody goes on with it for the time being; until it is let go, reports of it get 409")
            Optional<String> held) {
        static Item of(
                WorkLists.Item item, Bundles bundles, Map<Sku, Product> products, Shown shown, boolean showSpot) {
            FulfillmentOrder work = item.work();
            return new Item(
                    work.id().value(),
                    work.id().order().value(),
                    item.orderName(),
                    work.method().name(),
                    work.status().name(),
                    work.lines().stream()
                            .map(line -> new Line(line.lineId(), line.sku().value(), line.quantity()))
                            .toList(),
                    LineQuantity.goods(work.lines(), bundles).stream()
                            .map(part -> new Goods(
                                    part.sku().value(),
                                    Optional.ofNullable(products.get(part.sku()))
                                            .map(Product::title),
                                    part.quantity()))
                            .toList(),
                    work.deadline(),
                    item.customer().map(name -> shown.name() ? name : Mask.words(name)),
                    item.shipTo().filter(address -> shown.address()).map(AddressView::of),
                    item.arrivedAt(),
                    item.spot().filter(words -> showSpot),
                    work.tracking().map(tracking -> tracking.carrier()),
                    work.tracking().map(tracking -> tracking.number()),
                    work.heldOpen().map(WorkHold::reason));
        }
    }

    /** What of its customer is shown. */
    record Shown(boolean name, boolean address) {}

    @Schema(name = "WorkLine")
    public record Line(String lineId, String sku, int quantity) {}

    @Schema(name = "WorkGoods")
    public record Goods(String sku, Optional<String> title, int quantity) {}
}
