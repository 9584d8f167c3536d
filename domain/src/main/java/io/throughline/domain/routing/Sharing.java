package io.throughline.domain.routing;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.order.LineQuantity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * A delivery's lines as they are shared out among facilities. Different bundles that need the same components are put together in their order,
 * which may hide a way to share them.
 */
final class Sharing {
    private final List<LineQuantity> lines;
    private final List<LineQuantity> bundlesFirst;
    private final StockAtHand stock;
    private final BiPredicate<Candidate, Sku> gives;
    private final int keep;
    private final boolean sharesParts;

    Sharing(List<LineQuantity> lines, Bundles bundles, StockAtHand stock, BiPredicate<Candidate, Sku> gives, int keep) {
        this.stock = stock;
        this.gives = gives;
        this.keep = keep;
        this.sharesParts = sharesParts(lines, bundles);
        this.lines = List.copyOf(lines);
        // The components of a bundle must lie together; the rest may come from anywhere.
        this.bundlesFirst = lines.stream()
                .sorted(Comparator.comparing(line -> !bundles.isBundle(line.sku())))
                .toList();
    }

    record Share(Candidate candidate, List<LineQuantity> lines) {
        Share {
            lines = List.copyOf(lines);
        }

        int units() {
            return units(lines);
        }

        static int units(List<LineQuantity> lines) {
            return lines.stream().mapToInt(LineQuantity::quantity).sum();
        }
    }

    /** Units that are wanted of each SKU. */
    Map<Sku, Integer> wanted() {
        Map<Sku, Integer> wanted = new LinkedHashMap<>();
        lines.forEach(line -> wanted.merge(line.sku(), line.quantity(), Integer::sum));
        return wanted;
    }

    int units(Candidate candidate, Sku sku) {
        return gives.test(candidate, sku) ? stock.units(candidate.id(), sku, keep) : 0;
    }

    /** Whether different things that are wanted are made of the same parts. */
    boolean sharesParts() {
        return sharesParts;
    }

    /** Each time the one that can give most of what is left, the earlier of equals; {@link #inTurn} where that leads nowhere. */
    List<Share> mostFirst(List<Candidate> candidates) {
        List<Share> shares = new ArrayList<>();
        List<Candidate> unused = new ArrayList<>(candidates);
        List<LineQuantity> left = lines;
        while (!left.isEmpty()) {
            List<LineQuantity> open = left;
            // max() keeps the first of equals.
            Optional<Share> most = unused.stream()
                    .map(candidate -> share(candidate, open))
                    .max(Comparator.comparingInt(Share::units))
                    .filter(share -> share.units() > 0);
            if (most.isEmpty()) {
                return inTurn(candidates);
            }
            shares.add(most.get());
            unused.remove(most.get().candidate());
            left = minus(open, most.get().lines());
        }
        return shares;
    }

    /** Each takes as much as it can, the earlier first; who has nothing to do is left out. */
    List<Share> inTurn(List<Candidate> candidates) {
        List<Share> shares = new ArrayList<>();
        List<LineQuantity> left = bundlesFirst;
        for (Candidate candidate : candidates) {
            Share share = share(candidate, left);
            if (!share.lines().isEmpty()) {
                shares.add(share);
                left = minus(left, share.lines());
            }
        }
        return shares;
    }

    private Share share(Candidate candidate, List<LineQuantity> left) {
        List<LineQuantity> allowed =
                left.stream().filter(line -> gives.test(candidate, line.sku())).toList();
        return new Share(candidate, stock.servable(candidate.id(), allowed, keep));
    }

    private static boolean sharesParts(List<LineQuantity> lines, Bundles bundles) {
        Set<Sku> skus = new LinkedHashSet<>();
        lines.forEach(line -> skus.add(line.sku()));
        List<Sku> parts = skus.stream()
                .flatMap(sku -> bundles.partsOf(sku).stream().map(Bundles.Part::sku))
                .toList();
        return parts.size() > Set.copyOf(parts).size();
    }

    private static List<LineQuantity> minus(List<LineQuantity> wanted, List<LineQuantity> given) {
        Map<String, Integer> done = new HashMap<>();
        given.forEach(part -> done.merge(part.lineId(), part.quantity(), Integer::sum));
        return wanted.stream()
                .filter(part -> part.quantity() > done.getOrDefault(part.lineId(), 0))
                .map(part -> new LineQuantity(
                        part.lineId(), part.sku(), part.quantity() - done.getOrDefault(part.lineId(), 0)))
                .toList();
    }
}
