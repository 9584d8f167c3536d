package io.throughline.domain.intervention;

import io.throughline.domain.money.Money;
import java.util.Optional;

/**
 * One thing that a change of an order would set off. {@code about} is the name of what it happens to: a SKU at a facility, work, a tender, a
 * journal. The words are for people, and the same for the same step.
 */
public record PlannedStep(Kind kind, String about, String words, Optional<Integer> units, Optional<Money> amount) {
    static PlannedStep of(Kind kind, String about, String words) {
        return new PlannedStep(kind, about, words, Optional.empty(), Optional.empty());
    }

    static PlannedStep units(Kind kind, String about, int units, String words) {
        return new PlannedStep(kind, about, words, Optional.of(units), Optional.empty());
    }

    static PlannedStep money(Kind kind, String about, Money amount, String words) {
        return new PlannedStep(kind, about, words, Optional.empty(), Optional.of(amount));
    }

    /** What can come of a change. */
    public enum Kind {
        /** The order is another one: fewer units, another address, another total. */
        CHANGE,
        /** Reserved units are free again. */
        RELEASE,
        /** Units that wait for supply wait no more. */
        STOP_WAITING,
        /** A facility is asked to give its work back. */
        RECALL,
        /** Work ends of which its facility was never told. */
        DROP,
        /** What has left is not undone: it comes back as a return. */
        KEEP,
        /** An authorisation is let go. */
        VOID,
        /** Money that was taken goes back. */
        REFUND,
        /** The ERP's demand is withdrawn. */
        WITHDRAW,
        /** A payment in the books is set off by its refund. */
        REVERSE,
        /** The order ends at its channel. */
        END_AT_CHANNEL,
        /** Somebody is told. */
        TELL,
        /** A person is asked, by a case. */
        ASK
    }
}
