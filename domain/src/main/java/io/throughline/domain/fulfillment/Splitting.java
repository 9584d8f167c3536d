package io.throughline.domain.fulfillment;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.order.LineQuantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Shares the lines of a delivery among facilities: each time the one that serves most of what is left, the nearer one when equal. Where
 * that takes three or more, or leads nowhere, all smaller combinations are tried, and of the smallest that will do the nearest together is
 * taken. Different bundles that need the same components are put together in their order, which may hide a combination.
 */
final class Splitting {
    /** Combinations of one size that are tried: a matter of milliseconds, where those of many stores would take hours. */
    static final int MOST_TRIES = 20_000;

    private final Bundles bundles;
    private final Proximity proximity;
    private final FreeStock stock;

    Splitting(Bundles bundles, Proximity proximity, FreeStock stock) {
        this.bundles = bundles;
        this.proximity = proximity;
        this.stock = stock;
    }

    /** Takes the goods out of the stock. Empty when the candidates, the nearest first, can't serve everything. */
    Optional<Split> share(List<LineQuantity> wanted, List<Facility> candidates) {
        List<Facility> useful = candidates.stream()
                .filter(facility -> !stock.servable(facility.id(), wanted).isEmpty())
                .toList();
        // The components of a bundle must lie together; the rest may come from anywhere.
        List<LineQuantity> bundlesFirst = wanted.stream()
                .sorted(Comparator.comparing(line -> !isBundle(line)))
                .toList();
        Optional<Split> split = mostFirst(wanted, useful)
                .or(() -> together(bundlesFirst, useful))
                .map(found -> fewer(found, bundlesFirst, useful));
        split.ifPresent(agreed ->
                agreed.shares().forEach(share -> stock.take(share.facility().id(), share.lines())));
        return split;
    }

    private Optional<Split> mostFirst(List<LineQuantity> wanted, List<Facility> candidates) {
        List<LineQuantity> left = wanted;
        List<Facility> unused = new ArrayList<>(candidates);
        List<Split.Share> shares = new ArrayList<>();
        while (!left.isEmpty()) {
            List<LineQuantity> open = left;
            // The candidates are sorted by distance and max() keeps the first of equals.
            Optional<Split.Share> most = unused.stream()
                    .map(facility -> new Split.Share(facility, stock.servable(facility.id(), open)))
                    .max(Comparator.comparingInt(Split.Share::units))
                    .filter(share -> share.units() > 0);
            if (most.isEmpty()) {
                return Optional.empty();
            }
            shares.add(most.get());
            unused.remove(most.get().facility());
            left = minus(open, most.get().lines());
        }
        return Optional.of(new Split(shares, true));
    }

    private Split fewer(Split found, List<LineQuantity> wanted, List<Facility> candidates) {
        for (int size = 2; size < found.shares().size(); size++) {
            List<List<Facility>> combinations =
                    combinations(candidates, size).limit(MOST_TRIES + 1).toList();
            if (combinations.size() > MOST_TRIES) {
                return new Split(found.shares(), false);
            }
            Optional<Split> nearest = combinations.stream()
                    .flatMap(facilities -> together(wanted, facilities).stream())
                    .min(Comparator.comparing(Split::facilities, proximity.together()));
            if (nearest.isPresent()) {
                return nearest.get();
            }
        }
        return found;
    }

    private static Stream<List<Facility>> combinations(List<Facility> from, int size) {
        return size == 0
                ? Stream.of(List.of())
                : IntStream.rangeClosed(0, from.size() - size)
                        .boxed()
                        .flatMap(first -> combinations(from.subList(first + 1, from.size()), size - 1)
                                .map(rest -> Stream.concat(Stream.of(from.get(first)), rest.stream())
                                        .toList()));
    }

    /** {@code wanted} has its bundles first. */
    private Optional<Split> together(List<LineQuantity> wanted, List<Facility> facilities) {
        List<Split.Share> shares = new ArrayList<>();
        List<LineQuantity> left = wanted;
        for (Facility facility : facilities) {
            List<LineQuantity> served = stock.servable(facility.id(), left);
            if (!served.isEmpty()) {
                shares.add(new Split.Share(facility, served));
                left = minus(left, served);
            }
        }
        return left.isEmpty() ? Optional.of(new Split(shares, true)) : Optional.empty();
    }

    private boolean isBundle(LineQuantity line) {
        return bundles.partsOf(line.sku()).size() > 1
                || !bundles.partsOf(line.sku()).getFirst().sku().equals(line.sku());
    }

    private static List<LineQuantity> minus(List<LineQuantity> wanted, List<LineQuantity> served) {
        Map<String, Integer> done = new HashMap<>();
        served.forEach(part -> done.merge(part.lineId(), part.quantity(), Integer::sum));
        return wanted.stream()
                .filter(part -> part.quantity() > done.getOrDefault(part.lineId(), 0))
                .map(part -> new LineQuantity(
                        part.lineId(), part.sku(), part.quantity() - done.getOrDefault(part.lineId(), 0)))
                .toList();
    }
}
