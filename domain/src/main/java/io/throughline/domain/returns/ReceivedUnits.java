package io.throughline.domain.returns;

import io.throughline.domain.fulfillment.FacilityId;

/** So many units of a line of the order, of those that were waited for, have come to a place, and of so many of them somebody has said what they are. */
public record ReceivedUnits(FacilityId facility, String lineId, int received, int inspected) {
    public int toInspect() {
        return received - inspected;
    }
}
