package io.throughline.domain.fulfillment;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the people of a store say about their work by a device of theirs. Two reports about the same work are the same when their names
 * and contents are: words of somebody's own (who collects, why, where a car stands) are no part of that, for they are kept apart.
 */
public sealed interface StoreReport {
    /** What was reported, as traces and clients call it. */
    String name();

    /** All that was said but the words, in one form. */
    default String content() {
        return "";
    }

    /** The words that came with it. */
    default Optional<String> words() {
        return Optional.empty();
    }

    record Acknowledged() implements StoreReport {
        @Override
        public String name() {
            return "acknowledgement";
        }
    }

    record PickStarted() implements StoreReport {
        @Override
        public String name() {
            return "pick";
        }
    }

    /** So many units of these lines were found, and no more; of lines that are not named all were. */
    record Shortage(Map<String, Integer> found, Ground ground, Optional<String> words) implements StoreReport {
        public Shortage {
            found = Map.copyOf(found);
        }

        @Override
        public String name() {
            return "shortage";
        }

        @Override
        public String content() {
            return ground + " " + new TreeMap<>(found);
        }
    }

    /** The store does not do it. {@code lines} are named unless it is about the whole work. */
    record Rejection(Scope scope, Set<String> lines, Ground ground, Optional<String> words) implements StoreReport {
        public Rejection {
            lines = Set.copyOf(lines);
            if (lines.isEmpty() != (scope == Scope.GROUP)) {
                throw new IllegalArgumentException("lines are named unless all of the work is rejected");
            }
        }

        @Override
        public String name() {
            return "rejection";
        }

        @Override
        public String content() {
            return scope + " " + ground + " " + new TreeSet<>(lines);
        }
    }

    /** What is shipped lies in these parcels; empty for a pickup. */
    record Packing(List<PackedParcel> parcels) implements StoreReport {
        public Packing {
            parcels = List.copyOf(parcels);
        }

        /** Parcels that the store has labelled by itself, in which lies nobody says what. */
        public static Packing labelled(List<Tracking> numbers) {
            return new Packing(numbers.stream()
                    .map(number -> new PackedParcel(Optional.of(number), Map.of(), OptionalInt.empty()))
                    .toList());
        }

        @Override
        public String name() {
            return "packing";
        }

        @Override
        public String content() {
            return parcels.toString();
        }
    }

    /**
     * A parcel as it was packed. Without a number of its carrier its label is to be bought. {@code units} are those of each line that lie
     * in it; empty where nobody says.
     */
    record PackedParcel(Optional<Tracking> tracking, Map<String, Integer> units, OptionalInt weightGrams) {
        public PackedParcel {
            units = Map.copyOf(units);
        }

        @Override
        public String toString() {
            return tracking.map(Tracking::toString).orElse("to be labelled")
                    + (units.isEmpty() ? "" : " " + new TreeMap<>(units))
                    + (weightGrams.isPresent() ? " " + weightGrams.getAsInt() + " g" : "");
        }
    }

    record Ready() implements StoreReport {
        @Override
        public String name() {
            return "ready";
        }
    }

    /**
     * To the carrier, or to the customer; {@code words} is then who has collected it, {@code proof} how that was checked. Without a {@code part} all
     * of it has left.
     */
    record Handover(Optional<String> words, Optional<PickupProof> proof, Optional<HandedPart> part)
            implements StoreReport {
        /** Nobody was asked who he is. */
        public Handover(Optional<String> words) {
            this(words, Optional.empty());
        }

        /** All of it. */
        public Handover(Optional<String> words, Optional<PickupProof> proof) {
            this(words, proof, Optional.empty());
        }

        @Override
        public String name() {
            return "handover";
        }

        @Override
        public String content() {
            return part.map(HandedPart::toString).orElse("");
        }
    }

    /** So many units of these lines were handed over, none of those that are not named, and what becomes of the rest. */
    record HandedPart(Map<String, Integer> units, Rest rest) {
        public HandedPart {
            units = Map.copyOf(units);
        }

        @Override
        public String toString() {
            return rest + " " + new TreeMap<>(units);
        }
    }

    /** What becomes of goods that lay ready and were not handed over with the others. */
    enum Rest {
        /** The customer comes for them another time. */
        WAITS,
        /** The store has them not after all. */
        NOT_FOUND
    }

    /** The customer has come to collect; {@code words} is where he waits. */
    record Arrival(Optional<String> words) implements StoreReport {
        @Override
        public String name() {
            return "arrival";
        }
    }

    /** What a rejection is about. */
    enum Scope {
        /** The units of these lines. */
        ITEM,
        /** All of this work. */
        GROUP,
        /** The units of these lines, and whatever else the store should have of their SKUs. */
        SKU
    }

    /** Why units don't leave the store. */
    enum Ground {
        NOT_FOUND,
        DAMAGED,
        NO_CAPACITY,
        OTHER
    }
}
