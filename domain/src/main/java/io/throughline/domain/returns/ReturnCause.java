package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import java.util.List;

/** Why money is given back, which says by which rules of the policy that is done, and whether goods come back for it. */
public sealed interface ReturnCause {
    Kind kind();

    /** The customer gives goods back. */
    record ByChoice() implements ReturnCause {
        @Override
        public Kind kind() {
            return Kind.BY_CHOICE;
        }
    }

    /** Nobody has taken a parcel in, and its carrier brings it back. {@code parcel} is the carrier's number of it. */
    record ParcelRefused(String parcel) implements ReturnCause {
        @Override
        public Kind kind() {
            return Kind.PARCEL_REFUSED;
        }
    }

    /** A carrier will never bring a parcel, neither to the customer nor back. */
    record ParcelLost(String parcel) implements ReturnCause {
        @Override
        public Kind kind() {
            return Kind.PARCEL_LOST;
        }
    }

    /** Goods came damaged or wrong, or did not come, as the customer says. {@code photos} are references: where they are kept. */
    record Claim(List<String> photos) implements ReturnCause {
        public Claim {
            photos = List.copyOf(photos);
        }

        @Override
        public Kind kind() {
            return Kind.CLAIM;
        }
    }

    /** So much money for something that went wrong, in the shop's currency; the goods stay. */
    record Appeasement(Money amount, ReturnReason reason) implements ReturnCause {
        @Override
        public Kind kind() {
            return Kind.APPEASEMENT;
        }
    }

    enum Kind {
        BY_CHOICE,
        PARCEL_REFUSED,
        PARCEL_LOST,
        CLAIM,
        APPEASEMENT
    }
}
