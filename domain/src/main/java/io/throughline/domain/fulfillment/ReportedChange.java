package io.throughline.domain.fulfillment;

import io.throughline.domain.order.LineQuantity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;

/**
 * What a store's report means for its work: decided by the work's status alone. Work goes forward, steps may be left out; what is packed
 * leaves the store, so it can be rejected or short only before. What the till has told before is not news, and not refused.
 */
public sealed interface ReportedChange {
    /** The work has come this far. */
    record Moves(FulfillmentStatus to, Optional<Tracking> tracking) implements ReportedChange {}

    /** These units are not done here; with none kept, the work as a whole is rejected. */
    record GivesBack(List<LineQuantity> kept, List<LineQuantity> missing) implements ReportedChange {
        public GivesBack {
            kept = List.copyOf(kept);
            missing = List.copyOf(missing);
        }
    }

    /** The customer has got these units; the rest waits for him, or is not there. */
    record HandsOverPart(List<LineQuantity> handed, List<LineQuantity> left, StoreReport.Rest rest)
            implements ReportedChange {
        public HandsOverPart {
            handed = List.copyOf(handed);
            left = List.copyOf(left);
        }
    }

    /** It is known already, or worth no more than a note. */
    record Stays() implements ReportedChange {}

    /** The present status does not allow it. */
    record Forbidden(String why) implements ReportedChange {}

    /** It speaks of what the work does not have; {@code where} is the line's id. */
    record Unfit(String where, String rule) implements ReportedChange {}

    static ReportedChange of(FulfillmentOrder work, StoreReport report) {
        if (!work.status().reached(FulfillmentStatus.RELEASED) || work.onlyPlanned()) {
            return new Forbidden(
                    work.status().terminal() ? "it is not the store's any more" : "the store was not given it yet");
        }
        return switch (report) {
            case StoreReport.Acknowledged ack -> forward(work, FulfillmentStatus.ACKNOWLEDGED, Optional.empty());
            case StoreReport.PickStarted pick -> forward(work, FulfillmentStatus.PICKING, Optional.empty());
            case StoreReport.Packing packing -> packed(work, packing);
            case StoreReport.Ready ready ->
                work.method() == DeliveryMethod.PICKUP
                        ? forward(work, FulfillmentStatus.READY_FOR_PICKUP, Optional.empty())
                        : new Forbidden("it is not to be collected");
            case StoreReport.Handover handover ->
                handover.part().map(part -> handedOver(work, part)).orElseGet(() -> handedOver(work));
            case StoreReport.Arrival arrival -> arrived(work);
            case StoreReport.Shortage(Map<String, Integer> found, var ground, var words) -> shortOf(work, found);
            case StoreReport.Rejection(var scope, Set<String> lines, var ground, var words) -> rejected(work, lines);
        };
    }

    private static ReportedChange forward(FulfillmentOrder work, FulfillmentStatus to, Optional<Tracking> tracking) {
        if (work.status() == to) {
            return new Stays();
        }
        return work.status().mayBecome(to) ? new Moves(to, tracking) : new Forbidden("it has come further than that");
    }

    private static ReportedChange packed(FulfillmentOrder work, StoreReport.Packing packing) {
        boolean shipped = work.method() == DeliveryMethod.SHIPPING;
        if (shipped == packing.parcels().isEmpty()) {
            return new Unfit("", shipped ? "at least one parcel" : "no parcels: it is collected");
        }
        if (!holdsExactly(work, packing)) {
            return new Unfit("", "parcels that hold exactly what is packed, or of which none names its lines");
        }
        Optional<Tracking> first = packing.parcels().stream()
                .flatMap(parcel -> parcel.tracking().stream())
                .findFirst();
        boolean unlabelled =
                work.status() == FulfillmentStatus.PACKED && work.tracking().isEmpty() && first.isPresent();
        return unlabelled
                ? new Moves(FulfillmentStatus.PACKED, first)
                : work.status() == FulfillmentStatus.PACKED
                        ? new Forbidden("it is packed already")
                        : forward(work, FulfillmentStatus.PACKED, first);
    }

    private static boolean holdsExactly(FulfillmentOrder work, StoreReport.Packing packing) {
        Map<String, Integer> left = new HashMap<>();
        packing.parcels()
                .forEach(parcel -> parcel.units().forEach((line, units) -> left.merge(line, units, Integer::sum)));
        if (left.isEmpty()) {
            return true;
        }
        work.lines().forEach(line -> left.merge(line.lineId(), -line.quantity(), Integer::sum));
        return left.values().stream().allMatch(units -> units == 0);
    }

    private static ReportedChange handedOver(FulfillmentOrder work) {
        boolean collected = work.method() == DeliveryMethod.PICKUP;
        FulfillmentStatus before = collected ? FulfillmentStatus.READY_FOR_PICKUP : FulfillmentStatus.PACKED;
        if (work.status() == FulfillmentStatus.DELIVERED) {
            return new Stays();
        }
        FulfillmentStatus left = collected ? FulfillmentStatus.PICKED_UP : FulfillmentStatus.SHIPPED;
        return work.status() == before || work.status() == left
                ? forward(work, left, Optional.empty())
                : new Forbidden(collected ? "it does not lie ready yet" : "it is not packed yet");
    }

    private static ReportedChange handedOver(FulfillmentOrder work, StoreReport.HandedPart part) {
        if (work.method() != DeliveryMethod.PICKUP) {
            return new Forbidden("only what is collected is handed over in part");
        }
        if (work.status() != FulfillmentStatus.READY_FOR_PICKUP) {
            return new Forbidden(work.status().terminal() ? "it was collected" : "it does not lie ready yet");
        }
        Map<String, Integer> handed = part.units();
        Optional<ReportedChange> unfit = unknown(work, handed.keySet())
                .or(() -> work.lines().stream()
                        .filter(line -> outOfRange(line, handed.getOrDefault(line.lineId(), 0)))
                        .findFirst()
                        .map(line -> new Unfit(line.lineId(), "0 to " + line.quantity() + " units")));
        if (unfit.isPresent()) {
            return unfit.get();
        }
        GivesBack split = split(work, line -> handed.getOrDefault(line.lineId(), 0));
        return split.kept().isEmpty() || split.missing().isEmpty()
                ? new Unfit("", "at least one unit, and less than all; of all name no lines")
                : new HandsOverPart(split.kept(), split.missing(), part.rest());
    }

    private static ReportedChange arrived(FulfillmentOrder work) {
        if (work.method() != DeliveryMethod.PICKUP) {
            return new Forbidden("it is not to be collected");
        }
        return work.status().terminal() ? new Forbidden("it was collected") : new Stays();
    }

    private static ReportedChange shortOf(FulfillmentOrder work, Map<String, Integer> found) {
        Optional<ReportedChange> unfit = tooFar(work)
                .or(() -> unknown(work, found.keySet()))
                .or(() -> work.lines().stream()
                        .filter(line -> found.containsKey(line.lineId()))
                        .filter(line -> outOfRange(line, found.getOrDefault(line.lineId(), 0)))
                        .findFirst()
                        .map(line -> new Unfit(line.lineId(), "0 to " + line.quantity() + " units")));
        if (unfit.isPresent()) {
            return unfit.get();
        }
        GivesBack split = split(work, line -> found.getOrDefault(line.lineId(), line.quantity()));
        return split.missing().isEmpty() ? new Unfit("", "less than was asked for of some line") : split;
    }

    private static boolean outOfRange(LineQuantity line, int found) {
        return found < 0 || found > line.quantity();
    }

    private static ReportedChange rejected(FulfillmentOrder work, Set<String> lines) {
        return tooFar(work)
                .or(() -> unknown(work, lines))
                .orElseGet(() ->
                        split(work, line -> lines.isEmpty() || lines.contains(line.lineId()) ? 0 : line.quantity()));
    }

    private static Optional<ReportedChange> tooFar(FulfillmentOrder work) {
        return work.status().reached(FulfillmentStatus.PACKED)
                ? Optional.of(new Forbidden("what is packed leaves the store"))
                : Optional.empty();
    }

    private static Optional<ReportedChange> unknown(FulfillmentOrder work, Set<String> named) {
        Set<String> known = work.lines().stream().map(LineQuantity::lineId).collect(Collectors.toSet());
        return named.stream()
                .filter(line -> !known.contains(line))
                .sorted()
                .findFirst()
                .map(line -> new Unfit(line, "one of " + known.stream().sorted().toList()));
    }

    private static GivesBack split(FulfillmentOrder work, ToIntFunction<LineQuantity> keptOf) {
        List<LineQuantity> kept = new ArrayList<>();
        List<LineQuantity> missing = new ArrayList<>();
        work.lines().forEach(line -> {
            int stays = keptOf.applyAsInt(line);
            units(line, stays).ifPresent(kept::add);
            units(line, line.quantity() - stays).ifPresent(missing::add);
        });
        return new GivesBack(kept, missing);
    }

    private static Optional<LineQuantity> units(LineQuantity line, int units) {
        return units == 0 ? Optional.empty() : Optional.of(new LineQuantity(line.lineId(), line.sku(), units));
    }
}
