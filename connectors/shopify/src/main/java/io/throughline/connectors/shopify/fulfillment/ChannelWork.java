package io.throughline.connectors.shopify.fulfillment;

import io.throughline.connectors.shopify.client.Connection;
import io.throughline.connectors.shopify.client.Gid;
import io.throughline.connectors.shopify.client.Reference;
import io.throughline.domain.fulfillment.Tracking;
import io.throughline.domain.order.LineQuantity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/** A fulfillment order of Shopify as it was read. Statuses are Shopify's words, so that a new one is no error. */
record ChannelWork(
        String id,
        String orderId,
        String status,
        String requestStatus,
        List<SupportedAction> supportedActions,
        Assigned assignedLocation,
        Connection<Line> lineItems,
        Connection<MerchantRequest> merchantRequests,
        Connection<Fulfillment> fulfillments) {
    private static final String MANUAL_CARRIER = "Other";

    ChannelWork {
        supportedActions = List.copyOf(supportedActions);
    }

    ChannelWork withLines(List<Line> all) {
        return new ChannelWork(
                id,
                orderId,
                status,
                requestStatus,
                supportedActions,
                assignedLocation,
                new Connection<>(Optional.empty(), all),
                merchantRequests,
                fulfillments);
    }

    boolean supports(String action) {
        return supportedActions.stream()
                .anyMatch(supported -> supported.action().equals(action));
    }

    /** Shopify's words for a state in which something was refused. */
    String describe() {
        return Gid.number(id) + " is " + status + "/" + requestStatus + " and allows "
                + supportedActions.stream().map(SupportedAction::action).toList();
    }

    boolean ended() {
        return switch (status) {
            case "CLOSED", "CANCELLED", "INCOMPLETE" -> true;
            default -> false;
        };
    }

    /** Somebody, or a rule of the shop, says that nobody shall begin with it. */
    boolean onHold() {
        return status.equals("ON_HOLD");
    }

    boolean liesAt(String location) {
        return assignedLocation
                .location()
                .filter(at -> at.number().equals(location))
                .isPresent();
    }

    /** Open, and its units still to be done are these and no others. */
    boolean holdsExactly(List<LineQuantity> lines) {
        Map<String, Integer> remaining = units(Line::remainingQuantity);
        remaining.values().removeIf(units -> units == 0);
        return !ended() && remaining.equals(wanted(lines));
    }

    /** Open, and these units are among those still to be done. */
    boolean holds(List<LineQuantity> lines) {
        return !ended() && covers(units(Line::remainingQuantity), lines);
    }

    boolean remaining() {
        return lineItems.nodes().stream().anyMatch(line -> line.remainingQuantity() > 0);
    }

    /** The newest of the fulfillments that count; of many, the newest are read. */
    Optional<Fulfillment> fulfillment() {
        return fulfillments.nodes().stream().filter(Fulfillment::succeeded).findFirst();
    }

    Optional<Tracking> tracking() {
        return fulfillment()
                .flatMap(fulfillment -> fulfillment.trackingInfo().stream().findFirst())
                .flatMap(info ->
                        info.number().map(number -> new Tracking(info.company().orElse(MANUAL_CARRIER), number)));
    }

    boolean wasAskedFor(String reference) {
        return merchantRequests.nodes().stream()
                .anyMatch(request -> request.message()
                        .filter(text -> text.contains(reference))
                        .isPresent());
    }

    /** When its service was asked last to give it back. */
    Optional<Instant> askedBackAt() {
        return merchantRequests.nodes().stream()
                .filter(request -> request.kind().equals("CANCELLATION_REQUEST"))
                .findFirst()
                .flatMap(MerchantRequest::sentAt);
    }

    /** These units as Shopify wants them named: its own line ids with quantities. */
    List<Map<String, Object>> lineInput(List<LineQuantity> lines) {
        Map<String, Integer> left = wanted(lines);
        List<Map<String, Object>> input = new ArrayList<>();
        for (Line line : lineItems.nodes()) {
            String lineId = line.lineItem().number();
            int units = Math.min(left.getOrDefault(lineId, 0), line.remainingQuantity());
            if (units > 0) {
                input.add(Map.of("id", line.id(), "quantity", units));
                left.merge(lineId, -units, Integer::sum);
            }
        }
        return input;
    }

    private Map<String, Integer> units(ToIntFunction<Line> quantity) {
        return lineItems.nodes().stream()
                .collect(Collectors.toMap(line -> line.lineItem().number(), quantity::applyAsInt, Integer::sum));
    }

    /** Units by order line. */
    static Map<String, Integer> wanted(List<LineQuantity> lines) {
        return lines.stream().collect(Collectors.toMap(LineQuantity::lineId, LineQuantity::quantity, Integer::sum));
    }

    private static boolean covers(Map<String, Integer> units, List<LineQuantity> lines) {
        return wanted(lines).entrySet().stream()
                .allMatch(line -> units.getOrDefault(line.getKey(), 0) >= line.getValue());
    }

    record SupportedAction(String action) {}

    record Assigned(Optional<Reference> location) {}

    record Line(String id, int totalQuantity, int remainingQuantity, Reference lineItem) {}

    /** What was asked of a fulfillment service, newest first, and what it answered. */
    record MerchantRequest(
            String kind,
            Optional<String> message,
            Optional<com.fasterxml.jackson.databind.JsonNode> responseData,
            Optional<Instant> sentAt) {}

    record Fulfillment(
            String id,
            String status,
            Optional<String> displayStatus,
            Instant createdAt,
            List<TrackingInfo> trackingInfo) {
        Fulfillment {
            trackingInfo = List.copyOf(trackingInfo);
        }

        boolean succeeded() {
            return status.equals("SUCCESS");
        }

        boolean readyForPickup() {
            return displayStatus.filter("READY_FOR_PICKUP"::equals).isPresent();
        }
    }

    record TrackingInfo(Optional<String> company, Optional<String> number) {}
}
