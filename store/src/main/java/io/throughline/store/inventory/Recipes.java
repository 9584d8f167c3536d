package io.throughline.store.inventory;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.inventory.Movement;
import io.throughline.domain.inventory.StockSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * What statements mean for single products: those about bundles speak of the components of today. Recipes have no versions, so a later
 * version of a statement takes back what an earlier one said of products of which it no longer speaks; and one that is told again, or
 * late, says nothing, whatever the recipe is by now.
 */
final class Recipes {
    private final Bundles bundles;

    Recipes(Bundles bundles) {
        this.bundles = bundles;
    }

    /** A statement about one product, and the id of the one about a bundle from which it follows, if it does. */
    record Part(Movement movement, Optional<String> bundle) {}

    /** In the order of the statements. So many bundles don't tell how many of each component are there. */
    List<List<Part>> of(Handle handle, List<Movement> statements) {
        List<List<Stated>> before = before(handle, statements);
        List<List<Part>> parts = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            parts.add(parts(statements.get(i), before.get(i)));
        }
        return parts;
    }

    private List<Part> parts(Movement movement, List<Stated> before) {
        long latest = before.stream()
                .mapToLong(stated -> stated.source().version())
                .max()
                .orElse(0);
        if (latest >= movement.source().version()) {
            return List.of();
        }
        List<Part> parts = new ArrayList<>(today(movement));
        Set<String> spokenOf = new HashSet<>();
        parts.forEach(part -> spokenOf.add(part.movement().source().id()));
        before.stream()
                .filter(stated -> !spokenOf.contains(stated.source().id()))
                .filter(stated -> stated.units() != 0)
                .forEach(stated -> parts.add(takenBack(movement, stated)));
        return parts;
    }

    private List<Part> today(Movement movement) {
        if (!bundles.isBundle(movement.sku())) {
            return List.of(new Part(movement, Optional.empty()));
        }
        if (movement.kind().absolute()) {
            throw new IllegalArgumentException(
                    movement.sku() + " is a bundle and has no stock to count: count its components");
        }
        Optional<String> bundle = Optional.of(movement.source().id());
        return bundles.partsOf(movement.sku()).stream()
                .map(part -> new Part(movement.ofPart(part.sku(), part.units()), bundle))
                .toList();
    }

    private static Part takenBack(Movement movement, Stated before) {
        String id = before.source().id();
        Movement nothing = new Movement(
                new StockSource(before.source().system(), id, movement.source().version()),
                before.cell().place().facility(),
                before.cell().place().sku(),
                before.cell().measure(),
                before.absolute() ? movement.kind() : before.kind(),
                0,
                movement.reason().or(() -> Optional.of("the recipe has changed")),
                movement.occurredAt());
        String bundle = movement.source().id();
        return new Part(nothing, Optional.of(bundle).filter(whole -> !whole.equals(id)));
    }

    /** What each statement's latest version so far says, of components and of the product itself, which may have become a bundle since. */
    private static List<List<Stated>> before(Handle handle, List<Movement> statements) {
        Map<Integer, List<Stated>> before = new HashMap<>();
        handle.createQuery("""
                        select said.position, p.source as p_source, p.source_id as p_source_id, p.version as p_version,
                            p.sku as p_sku, p.facility as p_facility, p.measure as p_measure, p.kind as p_kind,
                            p.stated as p_stated, p.occurred_at as p_occurred_at
                        from unnest(cast(:systems as text[]), cast(:ids as text[]))
                            with ordinality as said (system, id, position)
                        join lateral (
                            select distinct on (m.source_id) m.* from (
                                select * from stock_movement
                                where source = said.system and source_id = said.id and part = 0
                                union all
                                select * from stock_movement
                                where source = said.system and bundle = said.id and part = 0) m
                            order by m.source_id, m.corrects desc) p on true
                        order by said.position, p.source_id
                        """)
                .bindArray("systems", String.class, texts(statements, StockSource::system))
                .bindArray("ids", String.class, texts(statements, StockSource::id))
                .map((row, context) -> Map.entry(
                        row.getInt("position"), Chain.stated(row, "p_").orElseThrow()))
                .forEach(stated -> before.computeIfAbsent(stated.getKey() - 1, key -> new ArrayList<>())
                        .add(stated.getValue()));
        List<List<Stated>> inOrder = new ArrayList<>();
        for (int i = 0; i < statements.size(); i++) {
            inOrder.add(before.getOrDefault(i, List.of()));
        }
        return inOrder;
    }

    private static List<String> texts(List<Movement> statements, Function<StockSource, String> text) {
        return statements.stream().map(Movement::source).map(text).toList();
    }
}
