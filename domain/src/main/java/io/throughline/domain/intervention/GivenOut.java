package io.throughline.domain.intervention;

import io.throughline.domain.fulfillment.FulfillmentOrder;
import io.throughline.domain.fulfillment.FulfillmentStatus;
import io.throughline.domain.fulfillment.LessWork;
import io.throughline.domain.order.LineQuantity;
import io.throughline.domain.order.Order;
import io.throughline.domain.returns.FollowedChange;
import io.throughline.domain.returns.Return;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What is given out of an order whose edits are planned, and what it returns. What is less is asked back; what is packed or has left stays, and a
 * person settles that with its customer.
 */
public record GivenOut(List<FulfillmentOrder> work, List<Return> returns) {
    public static final GivenOut NOTHING = new GivenOut(List.of(), List.of());

    public GivenOut {
        work = List.copyOf(work);
        returns = List.copyOf(returns);
    }

    /** What would be less of it. */
    public LessWork less(Order after) {
        return LessWork.of(work, beyond(after));
    }

    private Map<String, Integer> beyond(Order after) {
        Map<String, Integer> beyond = new HashMap<>();
        work.stream()
                .flatMap(one -> one.lines().stream())
                .map(LineQuantity::lineId)
                .distinct()
                .forEach(line -> beyond.put(
                        line,
                        LessWork.givenOut(line, work)
                                - after.quantity(line)
                                - FollowedChange.takenOff(returns, after, line)));
        beyond.values().removeIf(units -> units <= 0);
        return beyond;
    }

    void steps(Order after, List<PlannedStep> steps) {
        LessWork less = less(after);
        Map<String, Integer> off = beyond(after);
        less.stays().forEach((line, units) -> off.merge(line, -units, Integer::sum));
        less.askedBack().forEach(one -> steps.add(askedBack(one, off)));
        work.stream()
                .flatMap(one -> one.lines().stream())
                .map(LineQuantity::lineId)
                .distinct()
                .filter(less.stays()::containsKey)
                .forEach(line -> steps.add(kept(line, less.stays().getOrDefault(line, 0))));
        if (!less.stays().isEmpty()) {
            steps.add(PlannedStep.of(
                    PlannedStep.Kind.ASK,
                    after.id().value(),
                    "what stays is settled by a person, by a case CHANGED_AFTER_SHIPMENT"));
        }
    }

    /** {@code off}: the units that are still to be taken off, by line. */
    private static PlannedStep askedBack(FulfillmentOrder one, Map<String, Integer> off) {
        List<String> goesOn = new ArrayList<>();
        int takenOff = 0;
        for (LineQuantity line : one.lines()) {
            int units = Math.min(line.quantity(), off.getOrDefault(line.lineId(), 0));
            off.merge(line.lineId(), -units, Integer::sum);
            takenOff += units;
            if (units < line.quantity()) {
                goesOn.add(line.quantity() - units + " × " + line.sku());
            }
        }
        boolean told = one.status() != FulfillmentStatus.ALLOCATED && !one.onlyPlanned();
        return PlannedStep.units(
                told ? PlannedStep.Kind.RECALL : PlannedStep.Kind.DROP,
                one.id().value(),
                takenOff,
                one.id()
                        + (told
                                ? " is asked back from " + one.facility() + ", which has it " + one.status()
                                : " ends, of which " + one.facility() + " was not told")
                        + (goesOn.isEmpty() ? "" : "; given out again there: " + String.join(", ", goesOn)));
    }

    private PlannedStep kept(String lineId, int units) {
        List<FulfillmentOrder> having = work.stream()
                .filter(one -> one.status().givenOut())
                .filter(one ->
                        one.lines().stream().anyMatch(part -> part.lineId().equals(lineId)))
                .toList();
        String sku = having.stream()
                .flatMap(one -> one.lines().stream())
                .filter(part -> part.lineId().equals(lineId))
                .map(part -> part.sku().value())
                .findFirst()
                .orElse(lineId);
        String where = having.stream()
                .map(one -> one.id() + " " + one.status() + " at " + one.facility())
                .collect(Collectors.joining(", "));
        return PlannedStep.units(
                PlannedStep.Kind.KEEP,
                lineId,
                units,
                units + " × " + sku + " can't be had back (" + where + "), and go on or come back as a return");
    }
}
