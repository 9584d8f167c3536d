package io.throughline.domain.inventory;

import io.throughline.domain.inventory.StockTelling.Line;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * What an account's system is to be told next. On hand follows by differences: what the system takes in by itself is no part of them, so
 * that its own orders count once, whether we have heard of them or not. What withholds stock is told before what offers it, so that
 * nothing is on offer in between that shall not be.
 */
public final class PublicationPlan {
    private final Set<ShownState> states;

    /** {@code states} are those that the system shows. */
    public PublicationPlan(Set<ShownState> states) {
        this.states = Set.copyOf(states);
    }

    /** The lines of the next call, at most so many; none when the system shows all that it shall. */
    public List<Line> next(Collection<StockPicture> pictures, int most) {
        List<Line> lines = pictures.stream()
                .filter(picture -> !picture.mustRead() && !picture.refused())
                .flatMap(this::differences)
                .toList();
        return Stream.<Predicate<Line>>of(
                        line -> line.withholds() && !line.moves(),
                        line -> line.withholds() && line.moves(),
                        line -> !line.moves(),
                        Line::moves)
                .map(kind -> lines.stream().filter(kind).limit(most).toList())
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private Stream<Line> differences(StockPicture picture) {
        StockPicture.Known known = picture.known().orElseThrow();
        StockPicture.Wanted wanted = picture.wanted();
        return Stream.of(
                        onHand(picture.place(), known, wanted),
                        moved(
                                picture.place(),
                                known,
                                ShownState.RESERVED,
                                known.shown().reserved(),
                                wanted.reserved()),
                        moved(
                                picture.place(),
                                known,
                                ShownState.SAFETY_STOCK,
                                known.shown().safetyStock(),
                                wanted.safetyStock()))
                .flatMap(Optional::stream)
                .filter(line -> states.contains(line.state()));
    }

    /** No system shows less than nothing: what is beyond that stays owed. */
    private static Optional<Line> onHand(StockSubject place, StockPicture.Known known, StockPicture.Wanted wanted) {
        int from = known.expectedOnHand();
        int ideal = from + known.untold();
        int to = Math.max(0, ideal);
        return known.untold() == 0 || to == from
                ? Optional.empty()
                : Optional.of(new Line(
                        place,
                        known.shown().item(),
                        ShownState.ON_HAND,
                        from,
                        to,
                        wanted.ordinal(),
                        wanted.net(),
                        ideal - to,
                        0));
    }

    private static Optional<Line> moved(
            StockSubject place, StockPicture.Known known, ShownState state, int from, int to) {
        // What is moved leaves the units on hand, and how the ledger stood to them, as they were.
        return from == to
                ? Optional.empty()
                : Optional.of(new Line(place, known.shown().item(), state, from, to, 0, 0, 0, 0));
    }
}
