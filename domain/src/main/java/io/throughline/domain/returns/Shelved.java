package io.throughline.domain.returns;

import io.throughline.domain.fulfillment.FacilityId;

/**
 * Units of a return that lie on a shelf of ours again, put there by somebody at the channel. {@code counted}: whoever moves the stock of the place tells of
 * them, so that they are booked by that.
 */
public record Shelved(String lineId, int units, FacilityId facility, ConditionGrade grade, boolean counted) {
    public Shelved {
        if (units < 1) {
            throw new IllegalArgumentException("line " + lineId + ": units must be at least 1");
        }
    }
}
