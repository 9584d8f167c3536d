package io.throughline.domain.availability;

import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import io.throughline.domain.inventory.FreeStock;
import io.throughline.domain.inventory.IncomingSupply.Expected;
import io.throughline.domain.inventory.Promises;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The ledger as availability is computed from it. */
public interface StockReading {
    /** The balances of the SKUs at every facility, the virtual one included; one query, whose cost is that of the rows it gives. */
    List<Balance> balances(Collection<Sku> skus);

    /** The demand for the SKUs that has no facility yet, by SKU; those of which there is none may be left out. */
    Map<Sku, List<FreeStock.Demand>> unrouted(Collection<Sku> skus);

    /** What is to come of a SKU, and who waits for it already; what is late counts for nothing. */
    default Incoming incoming(Sku sku, Instant now) {
        return new Incoming(List.of(), List.of());
    }

    /** Of each demand that waits the smaller id is the older. */
    record Incoming(List<Expected> supplies, List<Promises.Demand> waiting) {
        public Incoming {
            supplies = List.copyOf(supplies);
            waiting = List.copyOf(waiting);
        }
    }

    /** When each facility and its systems last told anything, and who is paused. May lag behind by a second or so. */
    Heard heard();

    /**
     * The instants by facility and system, the last word of each facility itself, and until when those are paused that are; {@link Instant#MAX}: until
     * they are resumed.
     */
    record Heard(
            Map<FacilityId, Map<String, Instant>> instants,
            Map<FacilityId, Word> words,
            Map<FacilityId, Instant> pauses) {
        public Heard {
            instants = Map.copyOf(instants);
            words = Map.copyOf(words);
            pauses = Map.copyOf(pauses);
        }

        /** While nobody is paused. */
        public Heard(Map<FacilityId, Map<String, Instant>> instants, Map<FacilityId, Word> words) {
            this(instants, words, Map.of());
        }

        public boolean isPaused(FacilityId facility, Instant now) {
            Instant until = pauses.get(facility);
            return until != null && now.isBefore(until);
        }

        public Optional<Instant> of(FacilityId facility, String system) {
            return Optional.ofNullable(instants.getOrDefault(facility, Map.of()).get(system));
        }

        /** Empty: it has never been listened to. */
        public Optional<Word> lastWord(FacilityId facility) {
            return Optional.ofNullable(words.get(facility));
        }
    }

    /**
     * What a facility itself did: a sale, a change or count on its shelf, a report of its people. Until the first of them it is when it
     * was first listened to. {@code source} is the system that told it, or one of our own names.
     */
    record Word(String source, Instant saidAt) {}
}
