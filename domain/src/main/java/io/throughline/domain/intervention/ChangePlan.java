package io.throughline.domain.intervention;

import io.throughline.domain.hash.Sha256;
import io.throughline.domain.money.CurrencyCode;
import io.throughline.domain.money.Money;
import io.throughline.domain.order.OrderId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a change of an order would set off, as its facts stand. Two plans are the same when every step is, whatever else of the order has
 * changed; so a plan is carried out as it was shown, or not at all. {@code content} is what was asked for, and of which version of the order,
 * where that is more than the steps tell.
 */
public record ChangePlan(OrderId order, Optional<String> content, List<PlannedStep> steps) {
    public ChangePlan {
        steps = List.copyOf(steps);
    }

    /** By which whoever was shown the plan asks for it; the same for the same plan. */
    public String token() {
        return Sha256.hex(order + "\n" + content.orElse("") + "\n" + steps);
    }

    /** What is planned otherwise now, in words. */
    public List<String> differencesTo(ChangePlan now) {
        List<String> differences = Stream.concat(
                        steps.stream()
                                .filter(step -> !now.steps().contains(step))
                                .map(step -> "not any more: " + step.words()),
                        now.steps().stream()
                                .filter(step -> !steps.contains(step))
                                .map(step -> "now: " + step.words()))
                .toList();
        return differences.isEmpty() && !equals(now)
                ? List.of("the same would come of it, but of another version of the order")
                : differences;
    }

    /** Whether a person is asked first. */
    public boolean asksFirst() {
        return steps.stream().anyMatch(step -> step.kind() == PlannedStep.Kind.ASK);
    }

    public int units(PlannedStep.Kind kind) {
        return ofKind(kind).mapToInt(step -> step.units().orElse(0)).sum();
    }

    public Money amount(PlannedStep.Kind kind, CurrencyCode currency) {
        return Money.sum(
                currency, ofKind(kind).flatMap(step -> step.amount().stream()).toList());
    }

    public int count(PlannedStep.Kind kind) {
        return Math.toIntExact(ofKind(kind).count());
    }

    private Stream<PlannedStep> ofKind(PlannedStep.Kind kind) {
        return steps.stream().filter(step -> step.kind() == kind);
    }
}
