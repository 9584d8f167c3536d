package io.throughline.domain.fulfillment;

import java.util.Optional;

/**
 * How a facility's own system has answered what was asked of it: {@code ground} is why it does not do the work, where it says so; {@code
 * keeps} that it was asked to give the work back, has said no, and goes on with it.
 */
public record FacilityAnswer(Optional<StoreReport.Ground> ground, boolean keeps) {
    /** It has said nothing of the kind. */
    public static final FacilityAnswer NONE = new FacilityAnswer(Optional.empty(), false);

    public static FacilityAnswer rejects(StoreReport.Ground ground) {
        return new FacilityAnswer(Optional.of(ground), false);
    }

    /** It does not give the work back. */
    public static FacilityAnswer keepsIt() {
        return new FacilityAnswer(Optional.empty(), true);
    }
}
