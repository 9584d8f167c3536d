package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import java.util.Optional;
import java.util.function.Function;

/**
 * What customers owe who were given money before their goods came. It is owed from the end of the return on until somebody decides that nothing is
 * charged. Who owes something is given nothing first, and it counts for how often they may return.
 */
public interface ReturnDebts {
    /**
     * Keeps what is owed for a return, and opens the case in which somebody decides about it, both once. {@code reckoning} is asked of the return as
     * it then stands; empty: nothing is.
     */
    void settle(ReturnId id, Function<Return, Optional<AdvanceDebt.Owed>> reckoning);

    /** Somebody has decided in the case of a debt; one that was decided before stays as it was. */
    void decide(ReturnId id, Outcome outcome, String by);

    Optional<Debt> find(ReturnId id);

    /** Empty {@code outcome}: nobody has decided yet. */
    record Debt(Money amount, Optional<Outcome> outcome) {}

    enum Outcome {
        /** The customer owes it. */
        KEPT,
        /** Nothing is charged. */
        WAIVED
    }
}
