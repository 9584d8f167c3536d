package io.throughline.api.console.returns;

import io.throughline.api.console.Subjects;
import io.throughline.api.console.Words;
import io.throughline.domain.counter.CounterReturn;
import io.throughline.domain.counter.SaleName;
import io.throughline.domain.fulfillment.Facilities;
import io.throughline.domain.fulfillment.Facility;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.Return;
import io.throughline.domain.returns.ReturnParcel;
import io.throughline.domain.returns.ReturnedTo;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes the slips of returns, of orders as over counters. */
public final class Slips {
    private final Facilities facilities;
    private final Orders orders;

    public Slips(Facilities facilities, Orders orders) {
        this.facilities = facilities;
        this.orders = orders;
    }

    SlipPage of(Return returned) {
        Optional<Order> order = orders.find(returned.id().order());
        boolean toCome = !returned.ended() && !(returned.to() instanceof ReturnedTo.Never);
        return new SlipPage(
                returned.id().value(),
                Subjects.returned(returned.id().value()),
                "Order " + order.map(Order::name).orElse(returned.id().order().value()),
                returned.lines().stream()
                        .map(line -> new SlipPage.Line(
                                line.authorised(),
                                title(order, line),
                                line.sku().value(),
                                Words.of(line.reason())))
                        .toList(),
                List.of(returned.ended() ? "This return has ended: nothing is to be brought any more." : way(returned)),
                toCome
                        ? Optional.of(LocalDate.ofInstant(returned.waitedForUntil(), zone(returned))
                                .toString())
                        : Optional.empty(),
                Barcode.of(returned.id().value()));
    }

    /** Of where the goods go: whoever brings them there goes by its days. What comes by mail without a label of ours is nobody's yet. */
    private ZoneId zone(Return returned) {
        return (returned.to() instanceof ReturnedTo.InStore in
                        ? Optional.of(in.store())
                        : returned.fromCustomer().map(ReturnParcel::facility))
                .flatMap(facilities::find)
                .map(Facility::zone)
                .orElse(ZoneOffset.UTC);
    }

    private static String title(Optional<Order> order, Return.Line line) {
        return order.stream()
                .flatMap(sold -> sold.lines().stream())
                .filter(sold -> sold.id().equals(line.lineId()))
                .map(OrderLine::title)
                .findFirst()
                .orElse(line.sku().value());
    }

    private String way(Return returned) {
        return switch (returned.to()) {
            case ReturnedTo.ByMail mail -> "Lay this slip into the parcel, and send it by mail.";
            case ReturnedTo.InStore in -> "Bring the goods and this slip to " + name(in.store()) + ".";
            case ReturnedTo.ByCarrier carrier -> "The carrier brings the parcel back: nothing is to be done.";
            case ReturnedTo.Never nothing -> "No goods are to be brought back.";
        };
    }

    /** What was taken over a counter, for whoever has brought it. */
    public SlipPage of(CounterReturn returned) {
        return new SlipPage(
                returned.id().value(),
                Subjects.counterReturn(returned.id().value()),
                returned.sale().map(SaleName::link).orElse("No receipt"),
                returned.lines().stream()
                        .map(line -> new SlipPage.Line(
                                line.quantity(),
                                line.title(),
                                line.sku().value(),
                                Words.of(line.grade().name())))
                        .toList(),
                Stream.concat(Stream.of(taken(returned)), parts(returned)).toList(),
                Optional.empty(),
                Barcode.of(returned.id().value()));
    }

    private String taken(CounterReturn returned) {
        ZoneId zone = facilities.find(returned.store()).map(Facility::zone).orElse(ZoneOffset.UTC);
        LocalDate day = LocalDate.ofInstant(returned.takenAt(), zone);
        return returned.refusedAt().isPresent()
                ? "The goods were handed back at " + name(returned.store()) + "."
                : "Taken back at " + name(returned.store()) + " on " + day + ", worth "
                        + returned.refund().total().shop() + ".";
    }

    private static Stream<String> parts(CounterReturn returned) {
        return returned.refusedAt().isPresent()
                ? Stream.empty()
                : returned.parts().stream()
                        .map(part -> part.amount() + " by " + part.gateway() + ", " + standing(part) + ".");
    }

    private static String standing(CounterReturn.Part part) {
        if (part.given().isEmpty()) {
            return "still to be given back";
        }
        return part.confirmed() ? "given back" : "on its way";
    }

    private String name(FacilityId id) {
        return facilities
                .find(id)
                .map(Facility::name)
                .map(name -> name + " (" + id + ")")
                .orElse(id.value());
    }
}
