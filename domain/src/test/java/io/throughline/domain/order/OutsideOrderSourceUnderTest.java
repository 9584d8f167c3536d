package io.throughline.domain.order;

import io.throughline.domain.failure.TroubledSystem;

/** An order source whose channel is an outside system, which may be in trouble. */
public interface OutsideOrderSourceUnderTest extends OrderSourceUnderTest, TroubledSystem {
    /** The same source, when nobody listens at its channel's address. */
    OrderSource unreachable();
}
