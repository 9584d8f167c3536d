package io.throughline.api.order;

import io.throughline.api.http.StrictJson;
import io.throughline.domain.fulfillment.DeliveryMethod;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.hash.Sha256;
import io.throughline.domain.intervention.OrderEdits;
import io.throughline.domain.order.Delivery;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Makes an edit of the order as its client says it anew, or tells what of it an edit can't change: INVALID_CONTENT. */
final class EditReader {
    private final SubmissionReader reader;
    private final Clock clock;

    EditReader(SubmissionReader reader, Clock clock) {
        this.reader = reader;
        this.clock = clock;
    }

    OrderEdits.Edit read(Order before, OrderSubmission submission) {
        SubmittedOrder told = reader.read(submission);
        Order after = told.order().withVersion(laterThan(before.version()));
        Findings findings = new Findings();
        same(findings, "/externalId", before, after, Order::key);
        same(findings, "/placedAt", before, after, Order::placedAt);
        same(findings, "/currency", before, after, Order::currency);
        same(findings, "/taxesIncluded", before, after, Order::taxesIncluded);
        same(findings, "/channel", before, after, Order::channel);
        same(findings, "/soldAt", before, after, Order::soldAt);
        findings.require(
                ways(before).equals(ways(after)),
                "/delivery",
                "as it was: for another method or facility, cancel the order and hand it over anew");
        findings.require(told.basket().isEmpty(), "/basketId", "none: the order has its stock");
        lines(before, after, findings);
        findings.throwIfAny("The order");
        return new OrderEdits.Edit(after, told.person(), Sha256.hex(StrictJson.canonical(submission)));
    }

    /** An order may have been placed a little in the future of our clock, and only what is later is news. */
    private Instant laterThan(Instant version) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        return now.isAfter(version)
                ? now
                : version.truncatedTo(ChronoUnit.MICROS).plus(1, ChronoUnit.MICROS);
    }

    private static <T> void same(
            Findings findings, String pointer, Order before, Order after, Function<Order, T> part) {
        findings.require(part.apply(before).equals(part.apply(after)), pointer, "as it was");
    }

    private record Way(DeliveryMethod method, Optional<FacilityId> facility) {}

    private static List<Way> ways(Order order) {
        return order.deliveries().stream()
                .map((Delivery delivery) -> new Way(delivery.method(), delivery.facility()))
                .distinct()
                .toList();
    }

    private static void lines(Order before, Order after, Findings findings) {
        Map<String, OrderLine> lines =
                before.lines().stream().collect(Collectors.toMap(OrderLine::id, Function.identity()));
        for (int at = 0; at < after.lines().size(); at++) {
            OrderLine line = after.lines().get(at);
            Optional<OrderLine> known = Optional.ofNullable(lines.get(line.id()));
            findings.require(
                    known.filter(was -> was.sku().equals(line.sku())).isPresent(),
                    "/lines/" + at,
                    "a line of the order: what is wanted besides is an order of its own");
            findings.require(
                    known.filter(was -> was.quantity() < line.quantity()).isEmpty(),
                    "/lines/" + at + "/quantity",
                    "no more than before: what is wanted besides is an order of its own");
        }
    }
}
