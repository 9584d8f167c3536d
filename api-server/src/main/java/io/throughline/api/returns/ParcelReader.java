package io.throughline.api.returns;

import io.throughline.api.http.Parameters;
import io.throughline.api.order.Findings;
import io.throughline.api.problem.ProblemException;
import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.Tracking;
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
    private final Trace trace;

    public ParcelReader(Orders orders, Trace trace) {
        this.orders = orders;
        this.trace = trace;
    }

    ReturnRequest read(String number, ParcelSubmission submission) {
        FulfillmentOrder shipment = shipment(number);
        List<ReturnRequest.Line> lines = lines(shipment, submission);
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

    private FulfillmentOrder shipment(String number) {
        return Optional.of(number)
                .filter(text -> !text.isBlank() && text.length() <= LONGEST_NUMBER)
                .flatMap(trace::lookup)
                .flatMap(subject -> Parameters.name(subject, OrderId::new))
                .flatMap(orders::view)
                .flatMap(order -> shipment(order, number))
                .orElseThrow(() -> ProblemException.notFound("parcel of this number that has left"));
    }

    /** Of a shipment in several parcels the first is kept with it; the number of another is clear where nothing else of the order has left. */
    private static Optional<FulfillmentOrder> shipment(OrderView order, String number) {
        List<FulfillmentOrder> shipped = order.fulfillmentOrders().stream()
                .filter(work ->
                        work.status() == FulfillmentStatus.SHIPPED || work.status() == FulfillmentStatus.DELIVERED)
                .toList();
        return shipped.stream()
                .filter(work -> work.tracking().map(Tracking::number).equals(Optional.of(number)))
                .findFirst()
                .or(() -> shipped.size() == 1 ? Optional.of(shipped.getFirst()) : Optional.empty());
    }

    private static List<ReturnRequest.Line> lines(FulfillmentOrder shipment, ParcelSubmission submission) {
        ReturnReason reason = submission.outcome() == ParcelSubmission.Outcome.LOST
                ? ReturnReason.NEVER_ARRIVED
                : ReturnReason.UNWANTED;
        return submission
                .lines()
                .map(named -> named(shipment, named, reason))
                .orElseGet(() -> shipment.lines().stream()
                        .map(line -> line(line.lineId(), line.quantity(), reason))
                        .toList());
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
