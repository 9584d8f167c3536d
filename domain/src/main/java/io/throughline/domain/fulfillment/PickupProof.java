package io.throughline.domain.fulfillment;

/** How a store has checked who collects. */
public sealed interface PickupProof {
    /** What traces call it. */
    String name();

    /** The code that the customer was told. */
    record Code(PickupCode code) implements PickupProof {
        @Override
        public String name() {
            return "CODE";
        }
    }

    /** A document that somebody of the store has looked at. Its number is nobody's business. */
    record Document(Kind kind) implements PickupProof {
        @Override
        public String name() {
            return kind.name();
        }
    }

    /** What people show. */
    enum Kind {
        IDENTITY_CARD,
        PASSPORT,
        DRIVING_LICENCE,
        OTHER_DOCUMENT
    }
}
