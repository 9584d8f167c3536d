package io.throughline.connectors.square;

import com.squareup.square.types.InventoryAdjustment;
import com.squareup.square.types.InventoryState;
import io.throughline.domain.inventory.Measure;
import io.throughline.domain.inventory.Movement.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Units on their way from one state to another, perhaps of another location. What they mean for our measures follows from the states that
 * are part of one; whatever else Square may call the other side, the units have come or gone.
 */
record Shift(InventoryState from, String fromLocation, InventoryState to, String toLocation) {
    private static final int LONGEST_STATE = 40;

    /** So many units of a measure at a location. */
    record Effect(String location, Measure measure, Kind kind, int units) {}

    /** Older versions of the API name one location for both sides. */
    static Shift of(InventoryAdjustment adjustment) {
        Optional<String> both = Optional.ofNullable(
                        adjustment.getAdditionalProperties().get("location_id"))
                .map(Objects::toString);
        Optional<String> from = adjustment.getFromLocationId().or(() -> both);
        Optional<String> to = adjustment.getToLocationId().or(() -> both);
        return new Shift(
                adjustment.getFromState().orElse(InventoryState.NONE),
                from.or(() -> to).orElse(""),
                adjustment.getToState().orElse(InventoryState.NONE),
                to.or(() -> from).orElse(""));
    }

    /** Reserved units are none that anybody may be sold, so they don't count as on hand, as Square's own counts don't count them. */
    static Optional<Measure> measure(InventoryState state) {
        return switch (state.getEnumValue()) {
            case IN_STOCK -> Optional.of(Measure.ON_HAND);
            case IN_TRANSIT, IN_TRANSIT_TO -> Optional.of(Measure.IN_TRANSIT);
            default -> Optional.empty();
        };
    }

    List<String> locations() {
        return fromLocation.equals(toLocation) ? List.of(toLocation) : List.of(fromLocation, toLocation);
    }

    List<Effect> effects(int units) {
        boolean stays = fromLocation.equals(toLocation) && measure(from).equals(measure(to));
        List<Effect> effects = new ArrayList<>();
        if (!stays && units != 0) {
            measure(from)
                    .ifPresent(measure -> effects.add(new Effect(fromLocation, measure, kindOfGoing(measure), -units)));
            measure(to)
                    .ifPresent(measure -> effects.add(new Effect(toLocation, measure, kindOfComing(measure), units)));
        }
        return effects;
    }

    private Kind kindOfGoing(Measure measure) {
        if (measure != Measure.ON_HAND) {
            return Kind.ADJUSTMENT;
        }
        if (!fromLocation.equals(toLocation)) {
            return Kind.TRANSFER_OUT;
        }
        return switch (to.getEnumValue()) {
            case SOLD, SOLD_ONLINE -> Kind.SALE;
            case IN_TRANSIT, IN_TRANSIT_TO -> Kind.TRANSFER_OUT;
            default -> Kind.ADJUSTMENT;
        };
    }

    private Kind kindOfComing(Measure measure) {
        if (measure != Measure.ON_HAND) {
            return Kind.ADJUSTMENT;
        }
        if (!fromLocation.equals(toLocation)) {
            return Kind.TRANSFER_IN;
        }
        return switch (from.getEnumValue()) {
            case SOLD, SOLD_ONLINE, RETURNED_BY_CUSTOMER, UNLINKED_RETURN -> Kind.RETURN;
            case NONE, ORDERED_FROM_VENDOR, RECEIVED_FROM_VENDOR -> Kind.RECEIPT;
            case IN_TRANSIT, IN_TRANSIT_TO -> Kind.TRANSFER_IN;
            default -> Kind.ADJUSTMENT;
        };
    }

    /** Whether units are sold, or a sale is taken back. */
    boolean ofSale() {
        return withBuyer(from) || withBuyer(to);
    }

    private static boolean withBuyer(InventoryState state) {
        return switch (state.getEnumValue()) {
            case SOLD, SOLD_ONLINE, RETURNED_BY_CUSTOMER, UNLINKED_RETURN -> true;
            default -> false;
        };
    }

    String words() {
        return words(from) + " to " + words(to);
    }

    private static String words(InventoryState state) {
        String text = state.toString();
        return text.length() > LONGEST_STATE ? text.substring(0, LONGEST_STATE) : text;
    }
}
