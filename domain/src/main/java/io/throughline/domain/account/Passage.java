package io.throughline.domain.account;

import java.util.function.Supplier;

/**
 * How a {@link SystemGate} is passed. An effect passes once, before it begins: its requests belong together, and to be held up between
 * two of them would leave half of it. Every other request passes by itself. Connectors ask just before they send.
 */
public final class Passage {
    private static final ScopedValue<AccountId> PASSED = ScopedValue.newInstance();

    private Passage() {}

    /** Passes for {@code work} and all that this thread asks of the account meanwhile. */
    public static <R> R once(SystemGate gate, AccountId account, Supplier<R> work) {
        ask(gate, account);
        return ScopedValue.where(PASSED, account).call(work::get);
    }

    /** Passes for one request, unless this thread has passed for all of them. */
    public static void ask(SystemGate gate, AccountId account) {
        if (!(PASSED.isBound() && PASSED.get().equals(account))) {
            gate.pass(account);
        }
    }
}
