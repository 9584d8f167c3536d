package io.throughline.sandbox.tryton;

import io.throughline.sandbox.core.SandboxContext;
import io.throughline.sandbox.core.StandIn;
import io.throughline.sandbox.core.StandInFactory;

/** Registers the stand-in for Tryton. */
public final class TrytonFactory implements StandInFactory {
    @Override
    public StandIn create(SandboxContext context) {
        return new TrytonStandIn(context);
    }
}
