package io.throughline.api.order;

import io.swagger.v3.oas.annotations.media.Schema;
import io.throughline.api.customer.AddressView;
import io.throughline.api.customer.Mask;
import io.throughline.api.fulfillment.ParcelView;
import io.throughline.domain.customer.PersonalData;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.fulfillment.WorkHold;
import io.throughline.domain.inventory.Commitment;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** One order: where it stands, what it consists of, who works on it, whom it is for. Lines are there once the channel was read. */
public record OrderDetail(
        OrderSummary order,
        Optional<Content> content,
        List<Work> fulfillmentOrders,
        Optional<Wait> waitsForStock,
        Optional<PersonView> customer,
        Optional<String> cancelReason,
        Optional<MarketplaceView> marketplace,

        @Schema(
                description = "The return whose credit pays it, if it was taken in exchange",
                example = "O-7K2M9Q4XTA-R1")
        Optional<String> exchangeOf) {

    /** What the channel told last. */
    @Schema(name = "OrderContent")
    public record Content(
            Instant version,
            Instant placedAt,
            String currency,
            boolean taxesIncluded,
            List<Line> lines,
            String tax,
            String total,
            String paid,
            List<String> tags,

            @Schema(description = "The store that has sold it for others to ship")
            Optional<String> soldAt) {
        static Content of(Order order) {
            return new Content(
                    order.version(),
                    order.placedAt(),
                    order.currency().code(),
                    order.taxesIncluded(),
                    order.lines().stream().map(Line::of).toList(),
                    text(order.tax()),
                    text(order.total().shop()),
                    text(order.paid()),
                    order.tags(),
                    order.soldAt().map(FacilityId::value));
        }
    }

    @Schema(name = "OrderLine")
    public record Line(String id, String sku, String title, int quantity, String total, String discount, String tax) {
        static Line of(OrderLine line) {
            return new Line(
                    line.id(),
                    line.sku().value(),
                    line.title(),
                    line.quantity(),
                    text(line.total()),
                    text(line.discount()),
                    text(line.tax()));
        }
    }

    /** What an order waits for; no date: nobody expects all of it. */
    @Schema(name = "StockWait")
    public record Wait(Optional<Instant> promisedAt, List<WaitingUnits> lines) {
        static Optional<Wait> of(OrderStock stock) {
            return stock.waiting().isEmpty()
                    ? Optional.empty()
                    : Optional.of(new Wait(
                            stock.promisedAt(),
                            stock.waiting().stream().map(WaitingUnits::of).toList()));
        }
    }

    /** Units of a line that are not there yet; of a bundle, those of its part. */
    @Schema(name = "WaitingUnits")
    public record WaitingUnits(String lineId, String sku, int quantity, Optional<Instant> promisedAt) {
        static WaitingUnits of(Commitment.Waiting waiting) {
            return new WaitingUnits(waiting.lineId(), waiting.sku().value(), waiting.units(), waiting.expected());
        }
    }

    /** Work at one facility. */
    @Schema(name = "FulfillmentOrder")
    public record Work(
            String id,
            String facility,
            String method,
            String status,
            List<Units> lines,
            Optional<String> channelWork,
            Optional<String> workReference,
            Optional<String> trackingNumber,
            Optional<String> reason,
            Optional<Instant> deadline,

            @Schema(description = "What it left in, or is to leave in, and where that is")
            List<ParcelView> parcels,

            @Schema(description = "The facility that has still to send what is to be handed over here")
            Optional<String> awaitsGoodsFrom,

            @Schema(description = "Why nobody goes on with it for the time being")
            Optional<String> held) {
        static Work of(FulfillmentOrder work, List<Parcel> packed, boolean showWords) {
            return new Work(
                    work.id().value(),
                    work.facility().value(),
                    work.method().name(),
                    work.status().name(),
                    work.lines().stream()
                            .map(line -> new Units(line.lineId(), line.sku().value(), line.quantity()))
                            .toList(),
                    work.channelWork(),
                    work.workReference(),
                    work.tracking().map(tracking -> tracking.number()),
                    work.reason().filter(words -> showWords),
                    work.deadline(),
                    packed.stream()
                            .filter(parcel -> parcel.id().work().equals(work.id()))
                            .map(ParcelView::of)
                            .toList(),
                    work.inbound()
                            .filter(goods -> work.awaitsGoods())
                            .map(goods -> goods.from().value()),
                    work.heldOpen().map(WorkHold::reason));
        }
    }

    @Schema(name = "FulfillmentOrderUnits")
    public record Units(String lineId, String sku, int quantity) {}

    /** Whom an order is for; {@code masked} says that only the first letters are shown. */
    @Schema(name = "Customer")
    public record PersonView(
            boolean masked,
            Optional<String> name,
            Optional<String> email,
            Optional<String> phone,
            Optional<AddressView> shipTo,
            Optional<AddressView> billTo) {
        static PersonView of(PersonalData person) {
            return new PersonView(
                    false,
                    person.name(),
                    person.email(),
                    person.phone(),
                    person.shipTo().map(AddressView::of),
                    person.billTo().map(AddressView::of));
        }

        static PersonView masked(PersonalData person) {
            return new PersonView(
                    true,
                    person.name().map(Mask::words),
                    person.email().map(Mask::email),
                    person.phone().map(Mask::all),
                    person.shipTo().map(AddressView::masked),
                    person.billTo().map(AddressView::masked));
        }
    }

    private static String text(Money money) {
        return money.toDecimal().toPlainString();
    }
}
