package io.throughline.domain.returns;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What facilities keep back: units of returns that are to be made good or go to their vendor, and what else is held there. It leaves that state when
 * somebody says what has become of it, the oldest first.
 */
public interface HeldGoods {
    /** The oldest first; what nobody knows the beginning of comes last. */
    List<Held> at(FacilityId facility);

    /** Stock, cost and the release are written in one transaction. The same again does nothing more. */
    Released release(ReturnIntake.Submission submission, FacilityId facility, Sku sku, int units, Outcome outcome);

    /** {@code source} is the return that brought them; empty, as {@code since} is: another system holds them, or somebody else did. */
    record Held(
            Sku sku, int units, Optional<Disposition> disposition, Optional<String> source, Optional<Instant> since) {}

    /** What has become of units that were held. */
    enum Outcome {
        /** They are sold again as they are. */
        MADE_GOOD,
        TO_VENDOR,
        SCRAPPED
    }

    /** What came of it. */
    sealed interface Released {
        record Done() implements Released {}

        /** It was told before. */
        record Replayed() implements Released {}

        record KeyReused() implements Released {}

        /** Only so many are held. */
        record TooMany(int held) implements Released {}
    }
}
