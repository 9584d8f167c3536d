package io.throughline.domain.availability;

import io.throughline.domain.account.AccountId;
import io.throughline.domain.availability.StockReading.Word;
import io.throughline.domain.catalog.Sku;
import io.throughline.domain.fulfillment.FacilityId;
import io.throughline.domain.inventory.Balance;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** How many units of a SKU can be sold, where, at an instant and by a version of the policy. */
public record Availability(
        Sku sku, Instant asOf, String policy, List<AtFacility> facilities, List<InChannel> channels) {
    public Availability {
        facilities = List.copyOf(facilities);
        channels = List.copyOf(channels);
    }

    /**
     * One facility. {@code availableToPromise} is what the ledger says; {@code offered} is the part of it that other places may count
     * on, which is less when the facility's system is silent. A bundle has no balance of its own.
     */
    public record AtFacility(
            FacilityId facility,
            int availableToPromise,
            int offered,
            Optional<Balance> balance,
            boolean ships,
            Optional<Pickup> pickup,
            Source source,
            Optional<Double> kilometres) {
        /** Whether anything of it can be had there, in whatever way. */
        boolean offersAny() {
            return offered > 0 && (ships || pickup.isPresent());
        }
    }

    /**
     * When the customer could pick it up, and how many {@code units}: what the store offers, less what the demand that has no facility yet may
     * take of it. {@code from} is always the store itself: what others may send there is not promised.
     */
    public record Pickup(Instant promisedAt, LocalDate promisedOn, FacilityId from, int units) {}

    /** The system that moves the facility's stock, when it was last heard of, and what the facility itself said last. */
    public record Source(
            String system, Optional<Instant> heardAt, Optional<Word> lastWord, State state, int trustPercent) {}

    public enum State {
        LIVE,
        /** People have said that it gets no work for the time being: nothing of it is offered, whatever is believed. */
        PAUSED,
        /** Silent for longer than the policy trusts it. */
        SILENT,
        /** Its system answers, but the facility itself was open for longer than the policy trusts it, and said nothing. */
        QUIET,
        /** It has not told anything yet. */
        UNHEARD
    }

    /**
     * What a channel may offer online: the sum over its facilities, less its threshold and the demand that has no facility yet; and, of what can't
     * be had now, what could be promised for {@code later}.
     */
    public record InChannel(
            AccountId channel, int availableToPromise, int threshold, int unroutedDemand, Optional<Later> later) {
        public InChannel(AccountId channel, int availableToPromise, int threshold, int unroutedDemand) {
            this(channel, availableToPromise, threshold, unroutedDemand, Optional.empty());
        }
    }

    /** Units that whoever orders now would wait for, the first of them until {@code promisedAt}. */
    public record Later(Kind kind, int units, Instant promisedAt) {
        public enum Kind {
            /** It may not leave before its release. */
            PREORDER,
            /** It is sold out, and more is on order. */
            BACKORDER
        }
    }
}
