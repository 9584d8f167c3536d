package io.throughline.domain.intervention;

import io.throughline.domain.catalog.Bundles;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.LessWork;
import io.throughline.domain.inventory.OrderReservations.Reserved;
import io.throughline.domain.inventory.OrderStock;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.order.OrderLine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * Tells what an edit of an order would set off. What still waits is given up before what is reserved. What is given out is asked back where the
 * order's policy plans edits, as {@link LessWork} has it, and stays as it is elsewhere: then only what nobody was given yet can be taken off.
 */
public final class EditPlanner {
    private static final String OF = " of ";

    /** What an order has or will have, given out or not, also on its way to where it is collected. */
    private static final Set<String> HAVING = Set.of("HELD", "BACKORDERED", "CONFIRMED", "CONSUMED", "IN_TRANSIT");

    private final Bundles bundles;

    public EditPlanner(Bundles bundles) {
        this.bundles = bundles;
    }

    /** {@code samePerson}: whom it is for, and where, stays. */
    public ChangePlan plan(
            Order before, OrderEdits.Edit edit, boolean samePerson, List<Reserved> reservations, GivenOut given) {
        Order after = edit.order();
        List<PlannedStep> steps = new ArrayList<>();
        before.lines().forEach(line -> less(line, after.quantity(line.id()), steps));
        if (!samePerson || !before.destination().equals(after.destination())) {
            steps.add(PlannedStep.of(PlannedStep.Kind.CHANGE, "address", "it is for another person or address"));
        }
        money(before, after, steps);
        stock(edit, reservations, steps);
        given.steps(after, steps);
        return new ChangePlan(before.id(), Optional.of(edit.contentHash() + OF + before.version()), steps);
    }

    /** Why an order can't become that of which a part is given out; {@code rest} says what is still to come of it. */
    public Optional<String> objection(Order before, OrderEdits.Edit edit, boolean samePerson, OrderStock rest) {
        Order after = edit.order();
        Optional<String> elsewhere = objectionToPlace(before, edit, samePerson);
        if (elsewhere.isPresent()) {
            return elsewhere;
        }
        return before.lines().stream()
                .filter(line ->
                        line.quantity() - after.quantity(line.id()) > rest.outstanding(line.id(), line.sku(), bundles))
                .findFirst()
                .map(line -> "only " + rest.outstanding(line.id(), line.sku(), bundles) + " × " + line.sku()
                        + " are still to come, the others are given out: leave those in the order, and take them back"
                        + " as a return");
    }

    /** Why what is given out can't go elsewhere. */
    public Optional<String> objectionToPlace(Order before, OrderEdits.Edit edit, boolean samePerson) {
        return samePerson && before.destination().equals(edit.order().destination())
                ? Optional.empty()
                : Optional.of("a part of it is given out, and goes where it was to go: what is still to come can be"
                        + " taken off and handed over as an order of its own");
    }

    /** Whether it was made for exactly this edit, of whichever version of the order. */
    public static boolean isFor(ChangePlan plan, OrderEdits.Edit edit) {
        return plan.content()
                .filter(content -> content.startsWith(edit.contentHash() + OF))
                .isPresent();
    }

    private static void less(OrderLine line, int units, List<PlannedStep> steps) {
        if (units < line.quantity()) {
            steps.add(PlannedStep.units(
                    PlannedStep.Kind.CHANGE,
                    line.id(),
                    line.quantity() - units,
                    units == 0
                            ? line.quantity() + " × " + line.sku() + " are taken off"
                            : units + " × " + line.sku() + " in place of " + line.quantity()));
        }
    }

    private static void money(Order before, Order after, List<PlannedStep> steps) {
        if (!after.total().equals(before.total())) {
            steps.add(PlannedStep.money(
                    PlannedStep.Kind.CHANGE,
                    "total",
                    after.total().shop(),
                    "it comes to " + after.total().shop() + " in place of "
                            + before.total().shop()));
        }
        Money less = before.paid().minus(after.paid());
        if (less.isPositive()) {
            steps.add(PlannedStep.money(
                    PlannedStep.Kind.REFUND,
                    before.key().account().value(),
                    less,
                    less + " less are paid: whoever took them gives them back"));
        }
    }

    private void stock(OrderEdits.Edit edit, List<Reserved> reservations, List<PlannedStep> steps) {
        Map<Part, Integer> surplus = surplus(edit, reservations);
        give("BACKORDERED", reservations, surplus)
                .forEach((sku, units) -> steps.add(PlannedStep.units(
                        PlannedStep.Kind.STOP_WAITING, sku, units, units + " × " + sku + " wait no more")));
        give("HELD", reservations, surplus)
                .forEach((sku, units) -> steps.add(PlannedStep.units(
                        PlannedStep.Kind.RELEASE, sku, units, units + " × " + sku + " are free again")));
    }

    private record Part(String lineId, Sku sku) {}

    private Map<Part, Integer> surplus(OrderEdits.Edit edit, List<Reserved> reservations) {
        Map<Part, Integer> surplus = new HashMap<>();
        reservations.stream()
                .filter(row -> HAVING.contains(row.state()))
                .forEach(row -> surplus.merge(new Part(row.lineId(), row.sku()), row.quantity(), Integer::sum));
        LineQuantity.goods(edit.needs(), bundles)
                .forEach(need -> surplus.merge(new Part(need.lineId(), need.sku()), -need.quantity(), Integer::sum));
        return surplus;
    }

    /** By SKU; what is given is no surplus any more. */
    private static Map<String, Integer> give(String state, List<Reserved> reservations, Map<Part, Integer> surplus) {
        Map<String, Integer> given = new TreeMap<>();
        reservations.stream().filter(row -> row.state().equals(state)).forEach(row -> {
            Part part = new Part(row.lineId(), row.sku());
            int units = Math.min(row.quantity(), Math.max(0, surplus.getOrDefault(part, 0)));
            if (units > 0) {
                surplus.merge(part, -units, Integer::sum);
                given.merge(row.sku().value(), units, Integer::sum);
            }
        });
        return given;
    }
}
