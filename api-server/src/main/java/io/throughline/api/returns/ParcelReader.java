package io.throughline.api.returns;

import io.throughline.api.http.Parameters;
import io.throughline.api.order.Findings;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Parcel;
import io.throughline.domain.fulfillment.ParcelStatus;
import io.throughline.domain.fulfillment.Parcels;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import io.throughline.domain.order.OrderView;
import io.throughline.domain.order.Orders;
import io.throughline.domain.returns.ReturnCause;
import io.throughline.domain.returns.ReturnReason;
import io.throughline.domain.returns.ReturnRequest;
import io.throughline.domain.returns.ReturnedTo;
import io.throughline.domain.trace.Trace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Makes a request of what a carrier says of a parcel, by the parcel's number alone. */
public final class ParcelReader {
    private static final int LONGEST_NUMBER = 100;

    private final Orders orders;
    private final Parcels parcels;
    private final Trace trace;

    public ParcelReader(Orders orders, Parcels parcels, Trace trace) {
        this.orders = orders;
        this.parcels = parcels;
        this.trace = trace;
    }

    ReturnRequest read(String number, ParcelSubmission submission) {
        OrderView order = order(number);
        Optional<Parcel> parcel = parcels.ofOrder(order.id()).stream()
                .filter(one -> one.tracking().map(Tracking::number).equals(Optional.of(number)))
                .filter(one -> one.status() != ParcelStatus.VOIDED && one.status() != ParcelStatus.UNLABELLED)
                .findFirst();
        FulfillmentOrder shipment = shipment(order, number, parcel)
                .orElseThrow(() -> ProblemException.notFound("parcel of this number that has left"));
        List<ReturnRequest.Line> lines = lines(shipment, parcel, submission);
        return switch (submission.outcome()) {
            case REFUSED ->
                new ReturnRequest(
                        shipment.id().order(),
                        new ReturnCause.ParcelRefused(number),
                        new ReturnedTo.ByCarrier(),
                        lines);
            case LOST ->
                new ReturnRequest(
                        shipment.id().order(), new ReturnCause.ParcelLost(number), new ReturnedTo.Never(), lines);
        };
    }

    private OrderView order(String number) {
        return Optional.of(number)
                .filter(text -> !text.isBlank() && text.length() <= LONGEST_NUMBER)
                .flatMap(trace::lookup)
                .flatMap(subject -> Parameters.name(subject, OrderId::new))
                .flatMap(orders::view)
                .orElseThrow(() -> ProblemException.notFound("parcel of this number that has left"));
    }

    /** Of a number that no parcel bears it is clear where nothing else of the order has left. */
    private static Optional<FulfillmentOrder> shipment(OrderView order, String number, Optional<Parcel> parcel) {
        List<FulfillmentOrder> shipped = order.fulfillmentOrders().stream()
                .filter(work ->
                        work.status() == FulfillmentStatus.SHIPPED || work.status() == FulfillmentStatus.DELIVERED)
                .toList();
        if (parcel.isPresent()) {
            return shipped.stream()
                    .filter(work -> work.id().equals(parcel.get().id().work()))
                    .findFirst();
        }
        return shipped.stream()
                .filter(work -> work.tracking().map(Tracking::number).equals(Optional.of(number)))
                .findFirst()
                .or(() -> shipped.size() == 1 ? Optional.of(shipped.getFirst()) : Optional.empty());
    }

    /** What lies in the parcel, as far as that was said; a shipment whose facility told of one number only is one parcel. */
    private static List<ReturnRequest.Line> lines(
            FulfillmentOrder shipment, Optional<Parcel> parcel, ParcelSubmission submission) {
        ReturnReason reason = submission.outcome() == ParcelSubmission.Outcome.LOST
                ? ReturnReason.NEVER_ARRIVED
                : ReturnReason.UNWANTED;
        return submission
                .lines()
                .map(named -> named(shipment, named, reason))
                .orElseGet(() -> contents(shipment, parcel).stream()
                        .map(line -> line(line.lineId(), line.quantity(), reason))
                        .toList());
    }

    private static List<LineQuantity> contents(FulfillmentOrder shipment, Optional<Parcel> parcel) {
        List<LineQuantity> contents = parcel.map(Parcel::lines).orElseGet(shipment::lines);
        if (contents.isEmpty()) {
            Findings findings = new Findings();
            findings.add("/lines", "what lay in it: nobody has said so, and its shipment had several parcels");
            findings.throwIfAny("The request");
        }
        return contents;
    }

    private static List<ReturnRequest.Line> named(
            FulfillmentOrder shipment, List<ParcelSubmission.Units> named, ReturnReason reason) {
        Findings findings = new Findings();
        findings.require(
                !named.isEmpty() && named.size() <= ReturnSubmission.MOST_LINES,
                "/lines",
                "1 to " + ReturnSubmission.MOST_LINES + " lines");
        List<ReturnRequest.Line> lines = new ArrayList<>();
        for (int at = 0; at < Math.min(named.size(), ReturnSubmission.MOST_LINES); at++) {
            ParcelSubmission.Units units = named.get(at);
            findings.require(
                    shipment.lines().stream().anyMatch(part -> part.lineId().equals(units.lineId())),
                    "/lines/" + at + "/lineId",
                    "a line of the parcel's shipment");
            if (ReturnSubmission.fits(units.quantity(), at, findings)) {
                lines.add(line(units.lineId(), units.quantity(), reason));
            }
        }
        findings.throwIfAny("The request");
        return lines;
    }

    private static ReturnRequest.Line line(String lineId, int quantity, ReturnReason reason) {
        return new ReturnRequest.Line(lineId, quantity, reason, Optional.empty());
    }
}
