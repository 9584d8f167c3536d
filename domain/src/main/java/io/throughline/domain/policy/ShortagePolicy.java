package io.throughline.domain.policy;

import io.throughline.domain.inventory.Terms.OnShortage;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of an order of which not everything can be had. REFUSE: nothing is reserved, and a person decides. BACKORDER: what there is
 * is kept, and the order waits for the supply of the rest and goes out whole. SPLIT: what there is goes out at once, and the rest follows
 * in parts as its supply comes. Supply that nobody expects is waited for by none of them. An order that still waits {@code cancelAfter} its
 * arrival is cancelled; empty: it waits for as long as it takes. A promise that has moved by more than {@code patience} beyond the first is a
 * person's to decide; empty: whatever becomes of it is waited for. PARTIAL is a choice of baskets only, whose client is told what is missing;
 * a basket is never split.
 */
public record ShortagePolicy(
        OnShortage onShortage, Optional<Duration> cancelAfter, OnShortage ofBaskets, Optional<Duration> patience) {
    public ShortagePolicy {
        if (onShortage == OnShortage.PARTIAL) {
            throw new IllegalArgumentException("what is missing to an order is never left out");
        }
        if (ofBaskets == OnShortage.SPLIT) {
            throw new IllegalArgumentException("a basket is not given out, so it has no parts");
        }
    }

    /** The same for baskets, however long what is promised takes. */
    public ShortagePolicy(OnShortage onShortage, Optional<Duration> cancelAfter) {
        this(
                onShortage,
                cancelAfter,
                onShortage == OnShortage.SPLIT ? OnShortage.BACKORDER : onShortage,
                Optional.empty());
    }

    /** All lines or none. */
    public static ShortagePolicy refuse() {
        return new ShortagePolicy(OnShortage.REFUSE, Optional.empty());
    }

    /** Whether what can be had goes out before the rest. */
    public boolean inParts() {
        return onShortage == OnShortage.SPLIT;
    }
}
