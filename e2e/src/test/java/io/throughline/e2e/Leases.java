package io.throughline.e2e;

import io.throughline.local.Stack;

/** The leases of effects. */
final class Leases {
    private Leases() {}

    /** The dead can't wake up any more: that the time of their leases passes need not be waited for. */
    static void ofTheDeadEnd(Stack stack) {
        Facts.change(stack, "update effect set lease_until = clock_timestamp() where state = 'LEASED'");
    }
}
