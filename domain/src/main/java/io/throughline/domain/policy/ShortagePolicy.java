package io.throughline.domain.policy;

import io.throughline.domain.inventory.Terms.OnShortage;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of an order of which not everything can be had. REFUSE: nothing is reserved, and a person decides. BACKORDER: what there is
 * is kept, and the order waits for the supply of the rest and goes out whole. Supply that nobody expects is waited for by neither. An
 * order that still waits {@code cancelAfter} its arrival is cancelled; empty: it waits for as long as it takes. No order goes out in
 * parts before all of it can be had, so PARTIAL is none of its choices. It is one of a basket, whose client is told what is missing.
 */
public record ShortagePolicy(OnShortage onShortage, Optional<Duration> cancelAfter, OnShortage ofBaskets) {
    public ShortagePolicy {
        if (onShortage == OnShortage.PARTIAL) {
            throw new IllegalArgumentException("an order is not given out in parts");
        }
    }

    /** The same for baskets. */
    public ShortagePolicy(OnShortage onShortage, Optional<Duration> cancelAfter) {
        this(onShortage, cancelAfter, onShortage);
    }

    /** All lines or none. */
    public static ShortagePolicy refuse() {
        return new ShortagePolicy(OnShortage.REFUSE, Optional.empty());
    }
}
