package io.throughline.domain.returns;

import io.throughline.domain.money.Money;
import java.util.List;
import java.util.Optional;

/** Why money is given back, which says by which rules of the policy that is done, and whether goods come back for it. */
public sealed interface ReturnCause {
    Kind kind();

    /** By which its carrier knows the parcel that it is about, if it is about one. */
    default Optional<String> carriersNumber() {
        return switch (this) {
            case ParcelRefused(String parcel) -> Optional.of(parcel);
            case ParcelLost(String parcel) -> Optional.of(parcel);
            case ByChoice choice -> Optional.empty();
            case Claim claim -> Optional.empty();
            case Appeasement appeasement -> Optional.empty();
            case GivenElsewhere elsewhere -> Optional.empty();
        };
    }

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

    /**
     * Goods came damaged or wrong, or did not come, as the customer says. {@code photos} are references: where they are kept. {@code percent}, from 1 to 99, is how much
     * of their price is given back where the goods stay and are worth something all the same; empty: all of it.
     */
    record Claim(List<String> photos, Optional<Integer> percent) implements ReturnCause {
        public Claim {
            photos = List.copyOf(photos);
            percent.ifPresent(part -> {
                if (part < 1 || part > 99) {
                    throw new IllegalArgumentException("a part of a price is 1 to 99 percent of it, not " + part);
                }
            });
        }

        /** For the whole price. */
        public Claim(List<String> photos) {
            this(photos, Optional.empty());
        }

        /** The same without what may show a person. */
        public Claim withPhotos(List<String> others) {
            return new Claim(others, percent);
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

    /** Its money was given back at the channel before it was a return of ours. Nobody asks for such a one. */
    record GivenElsewhere() implements ReturnCause {
        @Override
        public Kind kind() {
            return Kind.GIVEN_ELSEWHERE;
        }
    }

    enum Kind {
        BY_CHOICE,
        PARCEL_REFUSED,
        PARCEL_LOST,
        CLAIM,
        APPEASEMENT,
        GIVEN_ELSEWHERE
    }
}
