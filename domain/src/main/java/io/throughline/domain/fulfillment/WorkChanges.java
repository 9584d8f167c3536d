package io.throughline.domain.fulfillment;

import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.OrderId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What has changed at an order's channel of work since it was given out, and has not been acted upon yet. That an address has become another is
 * written with the version of the order that says so; no address is kept here.
 */
public interface WorkChanges {
    /** The work to be shipped that was there when its customer's address became another, unless it was brought in line since. */
    List<Readdressed> readdressed(OrderId order);

    /** All that was to be done about that was done, or begun. Nothing where the address has become another since. */
    void settled(Readdressed change);

    /**
     * Somebody has moved it to {@code target} at its channel, whose item {@code item} it is there: it is to go there, by a reroute that is opened in
     * the same transaction. False, and nothing, where it has come to its end, or goes elsewhere already.
     */
    boolean moved(FulfillmentOrderId work, FacilityId target, String item);

    /**
     * Somebody has cut it up at its channel, and moved some or all of it: each of the {@code parts}, which are all of it, is to be done where it lies
     * now, as work of its own. As {@link #moved(FulfillmentOrderId, FacilityId, String)}, and false where it was cut up just so before.
     */
    boolean parted(FulfillmentOrderId work, List<MovedPart> parts);

    /** Where it was moved to last; of what was cut up, the first of the others' places. */
    Optional<FacilityId> movedTo(FulfillmentOrderId work);

    /** As what it was cut up last; none where it was moved as a whole, or not at all. */
    List<MovedPart> parts(FulfillmentOrderId work);

    /** What of work lies in one item of its channel, and at whose place. */
    record MovedPart(FacilityId facility, String item, List<LineQuantity> lines) {
        public MovedPart {
            lines = List.copyOf(lines);
        }

        public String words() {
            return lines.stream()
                            .map(line -> line.quantity() + " × " + line.sku())
                            .collect(Collectors.joining(", ")) + " at " + facility;
        }
    }

    /**
     * {@code number} counts the changes of the address that this work has seen; {@code elsewhere} says that it goes to another place by now, which
     * may be another facility's to serve.
     */
    record Readdressed(FulfillmentOrderId work, int number, boolean elsewhere) {}
}
