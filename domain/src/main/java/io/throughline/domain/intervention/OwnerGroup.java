package io.throughline.domain.intervention;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * People who work on cases together, e.g. {@code FINANCE}: how they are reached, and who hears of their cases that are late, one after the
 * other.
 */
public record OwnerGroup(String name, String contact, List<Escalation> escalations) {
    public OwnerGroup {
        if (!name.matches("[A-Z][A-Z0-9_]{0,39}")) {
            throw new IllegalArgumentException("a group is named like RETAIL_IT: '" + name + "'");
        }
        escalations = List.copyOf(escalations);
        Set<String> told = new HashSet<>(Set.of(name));
        Duration last = Duration.ZERO;
        for (Escalation escalation : escalations) {
            if (!told.add(escalation.to())) {
                throw new IllegalArgumentException(escalation.to() + " knows of it already");
            }
            if (escalation.overdue().compareTo(last) < 0) {
                throw new IllegalArgumentException(
                        escalation.to() + " would hear of it before the one that it comes after");
            }
            last = escalation.overdue();
        }
    }

    /** A group that has nobody to tell. */
    static OwnerGroup ofLast(String name) {
        return new OwnerGroup(name, "", List.of());
    }

    /** The group {@code to} hears of a case that is overdue for so long. */
    public record Escalation(String to, Duration overdue) {
        public Escalation {
            if (overdue.isNegative()) {
                throw new IllegalArgumentException("nobody hears of a case as late before it is due");
            }
        }
    }
}
