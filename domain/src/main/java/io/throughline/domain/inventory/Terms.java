package io.throughline.domain.inventory;

import io.throughline.domain.fulfillment.FacilityId;
import java.util.Set;

/** From whose stock a demand may be served, and what happens when that isn't enough. */
public record Terms(Set<FacilityId> among, OnShortage onShortage) {
    public Terms {
        among = Set.copyOf(among);
    }

    public enum OnShortage {
        /** All lines or none. */
        REFUSE,
        /** What can be had is reserved, the rest is told. */
        PARTIAL,
        /** What can be had is reserved, the rest waits for incoming supply that covers it; without such supply, none. */
        BACKORDER,
        /** The same, of an order that takes each part of it as soon as that can be had: it is told of each. */
        SPLIT;

        /** Whether what is short waits for its supply. */
        public boolean waits() {
            return this == BACKORDER || this == SPLIT;
        }
    }
}
