package io.throughline.domain.fulfillment;

import io.throughline.domain.order.LineQuantity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Compares where work was given out with where a channel's own items of it lie, unit by unit, however the channel has split or merged them. Units
 * that are nowhere are done, or off the order: that is no move.
 */
public final class WorkPlaces {
    private final Map<String, Map<String, Integer>> left = new LinkedHashMap<>();
    private final List<ChannelItem> items;

    private WorkPlaces(List<ChannelItem> items) {
        this.items = List.copyOf(items);
        items.forEach(item -> left.put(item.id(), new LinkedHashMap<>(item.open())));
    }

    /** Work as we have given it out: {@code location} is what the channel calls its facility, {@code item} the channel's item of it that we know. */
    public record Given(FulfillmentOrderId id, String location, String item, List<LineQuantity> lines) {
        public Given {
            lines = List.copyOf(lines);
        }
    }

    /** Where the channel has work. */
    public sealed interface Place {
        /** Where it was given out, or nowhere; {@code item} is the first that has something of it. */
        record There(Optional<String> item) implements Place {}

        /** All that is left of it lies at one other place. */
        record Elsewhere(String location, String item) implements Place {}

        /** A part of it lies at other places, {@code locations}; {@code shares} are all units of it that lie anywhere, item by item. */
        record Apart(Set<String> locations, List<Share> shares) implements Place {
            public Apart {
                locations = Set.copyOf(locations);
                shares = List.copyOf(shares);
            }
        }
    }

    /** Units of work, by line, in one of the channel's items. */
    public record Share(String location, String item, Map<String, Integer> units) {
        public Share {
            units = Map.copyOf(units);
        }
    }

    /** What lies where it should is taken first, so that each unit counts once. */
    public static Map<FulfillmentOrderId, Place> of(List<Given> work, List<ChannelItem> items) {
        WorkPlaces places = new WorkPlaces(items);
        Map<FulfillmentOrderId, Place> found = new LinkedHashMap<>();
        Map<Given, Missing> missing = new LinkedHashMap<>();
        for (Given one : work) {
            Map<String, Integer> wanted = wanted(one);
            List<Share> taken = places.take(places.at(one), wanted);
            if (wanted.isEmpty()) {
                found.put(
                        one.id(),
                        new Place.There(taken.stream().map(Share::item).findFirst()));
            } else {
                missing.put(one, new Missing(wanted, taken));
            }
        }
        missing.forEach((one, rest) -> found.put(one.id(), places.elsewhere(one, rest)));
        return found;
    }

    /** The units that don't lie where they should, beside the shares that do. */
    private record Missing(Map<String, Integer> units, List<Share> there) {}

    private static Map<String, Integer> wanted(Given one) {
        Map<String, Integer> wanted = new LinkedHashMap<>();
        one.lines().forEach(line -> wanted.merge(line.lineId(), line.quantity(), Integer::sum));
        return wanted;
    }

    /** Those at its own place, its own item first. */
    private List<ChannelItem> at(Given one) {
        List<ChannelItem> there = new ArrayList<>();
        items.stream().filter(item -> isAt(item, one.location())).forEach(item -> {
            if (item.id().equals(one.item())) {
                there.addFirst(item);
            } else {
                there.add(item);
            }
        });
        return there;
    }

    private static boolean isAt(ChannelItem item, String location) {
        return item.location().filter(location::equals).isPresent();
    }

    /** Takes what there is, of what is wanted; gives what each item had of it. */
    private List<Share> take(List<ChannelItem> from, Map<String, Integer> wanted) {
        List<Share> taken = new ArrayList<>();
        for (ChannelItem item : from) {
            Map<String, Integer> share = share(left.getOrDefault(item.id(), Map.of()), wanted);
            if (!share.isEmpty()) {
                taken.add(new Share(item.location().orElseThrow(), item.id(), share));
            }
        }
        return taken;
    }

    private static Map<String, Integer> share(Map<String, Integer> open, Map<String, Integer> wanted) {
        Map<String, Integer> share = new LinkedHashMap<>();
        for (String line : List.copyOf(wanted.keySet())) {
            int units = Math.min(wanted.getOrDefault(line, 0), open.getOrDefault(line, 0));
            if (units > 0) {
                share.put(line, units);
                open.merge(line, -units, Integer::sum);
                wanted.merge(line, -units, Integer::sum);
                wanted.remove(line, 0);
            }
        }
        return share;
    }

    private Place elsewhere(Given one, Missing rest) {
        List<ChannelItem> others = items.stream()
                .filter(item -> item.location().isPresent() && !isAt(item, one.location()))
                .sorted((a, b) -> Boolean.compare(b.id().equals(one.item()), a.id().equals(one.item())))
                .toList();
        Map<String, Integer> wanted = new LinkedHashMap<>(rest.units());
        List<Share> taken = take(others, wanted);
        Set<String> locations = taken.stream().map(Share::location).collect(Collectors.toCollection(TreeSet::new));
        if (locations.isEmpty()) {
            return new Place.There(Optional.empty());
        }
        return rest.there().isEmpty() && wanted.isEmpty() && locations.size() == 1
                ? new Place.Elsewhere(
                        taken.getFirst().location(), taken.getFirst().item())
                : new Place.Apart(
                        locations,
                        Stream.concat(rest.there().stream(), taken.stream()).toList());
    }
}
